/** The roster as it is being written: numbers in their fields until they are saved, and what came of saving them. */
import { signal } from '@preact/signals'
import type { ForecastReply, RosterBody, RosterReply } from '#server/contract/forecast.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'
import { load } from './tomorrow-state.ts'

/** What is in the fields, by the beginning of the quarter-hour; empty: nothing is planned. */
export const draft = signal<ReadonlyMap<number, string>>(new Map())
/** Of which queue and day the fields are. */
let draftOf = ''

export type RosterOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly count: number }
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'refused'; readonly reply: RosterReply }
  | { readonly kind: 'failed'; readonly code: string }

export const outcome = signal<RosterOutcome>({ kind: 'none' })

/** Takes over what is planned: when another day or queue is shown, and after it was written. */
export function showRoster({ queueId, date, quarters }: ForecastReply): void {
  if (draftOf === `${queueId} ${date}`) return
  if (draftOf !== '') outcome.value = { kind: 'none' }
  draftOf = `${queueId} ${date}`
  draft.value = new Map(quarters.map(({ at, plannedCount }) => [at, plannedCount === null ? '' : String(plannedCount)]))
}

/** Puts a number into a field, or into several. */
export function plan(changes: Iterable<readonly [number, string]>): void {
  draft.value = new Map([...draft.peek(), ...changes])
}

/** Saves the fields of that day. */
export async function save(reply: ForecastReply): Promise<void> {
  const written = [...draft.peek()].filter(([, text]) => text.trim() !== '')
  if (written.some(([, text]) => !/^\d{1,3}$/.test(text.trim()))) {
    outcome.value = { kind: 'not-a-number' }
    return
  }
  const counts = written.map(([at, text]) => ({ at, agentsCount: Number(text) }))
  const body: RosterBody = { queueId: reply.queueId, date: reply.date, counts }
  await send('/roster', body)
}

/** Sends a file from a spreadsheet. */
export async function sendFile(file: File): Promise<void> {
  await send('/roster/csv', { csv: await file.text() })
}

async function send(path: string, body: object): Promise<void> {
  outcome.value = { kind: 'saving' }
  const answer = await callApi<RosterReply>('POST', path, body)
  if (!answer.ok) {
    outcome.value = { kind: 'failed', code: answer.code }
    if (answer.code === 'not-signed-in') becomeSignedOut()
    return
  }
  if (answer.reply.faultsCount > 0) {
    outcome.value = { kind: 'refused', reply: answer.reply }
    return
  }
  draftOf = ''
  await load()
  outcome.value = { kind: 'saved', count: answer.reply.writtenCount }
}
