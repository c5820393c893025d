/** The agent's own calls: of today, or what was searched for. Kept while calls come between. */
import { signal } from '@preact/signals'
import type { MyCall, MyCallsReply } from '#server/contract/my-calls.ts'
import { instantRange, presetRange, type RangeFault } from '../model/range.ts'
import { isTicket, ticketOf } from '../model/ticket-text.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'
import { nowAt } from '../session/server-clock.ts'

export interface Search {
  readonly fromDay: string
  readonly toDay: string
  readonly ticket: string
  readonly place: string
  readonly outcome: string
}

export type MyCalls =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | {
      readonly kind: 'loaded'
      readonly calls: readonly MyCall[]
      readonly nextBefore: string | null
      /** Why there are no more on the screen than there are. */
      readonly more: { readonly kind: 'idle' | 'loading' } | { readonly kind: 'failed'; readonly code: string }
    }

export type SearchFault = RangeFault | 'not-a-ticket'

/** Today and nothing else. */
export function todaySearch(): Search {
  return { ...presetRange('today', nowAt.peek()), ticket: '', place: '', outcome: '' }
}

/** What is looked at; null: today, whichever day that is. */
export const search = signal<Search | null>(null)
export const searchFault = signal<SearchFault | null>(null)
export const myCalls = signal<MyCalls>({ kind: 'loading' })
/** Known from the first answer on. */
export const outcomeChoices = signal<MyCallsReply['outcomeChoices']>([])

/** Only the newest question's answer is shown, however late an older one comes. */
let newestQuestion = 0

/** Looks for something else, or, with null, at today again. */
export async function lookFor(wanted: Search | null): Promise<void> {
  searchFault.value = wanted === null ? null : faultOf(wanted)
  if (searchFault.value !== null) return
  search.value = wanted
  await loadMyCalls()
}

function faultOf(wanted: Search): SearchFault | null {
  const range = instantRange(wanted)
  if (!range.ok) return range.fault
  return wanted.ticket.trim() === '' || isTicket(ticketOf(wanted.ticket)) ? null : 'not-a-ticket'
}

/** Asks for the first page. What is shown stays until the answer is there, where it answers the same question. */
export async function loadMyCalls(): Promise<void> {
  if (myCalls.value.kind !== 'loaded' || search.value !== null) myCalls.value = { kind: 'loading' }
  const outcome = await ask(null)
  if (outcome === null) return
  if (!outcome.ok) myCalls.value = { kind: 'failed', code: outcome.code }
  else {
    const { calls, nextBefore } = outcome.reply
    outcomeChoices.value = outcome.reply.outcomeChoices
    myCalls.value = { kind: 'loaded', calls, nextBefore, more: { kind: 'idle' } }
  }
}

/** Asks for the page after what is shown. */
export async function loadMore(): Promise<void> {
  const { value: shown } = myCalls
  if (shown.kind !== 'loaded' || shown.nextBefore === null || shown.more.kind === 'loading') return
  myCalls.value = { ...shown, more: { kind: 'loading' } }
  const outcome = await ask(shown.nextBefore)
  if (outcome === null) return
  if (!outcome.ok) myCalls.value = { ...shown, more: { kind: 'failed', code: outcome.code } }
  else {
    const { calls, nextBefore } = outcome.reply
    myCalls.value = { kind: 'loaded', calls: [...shown.calls, ...calls], nextBefore, more: { kind: 'idle' } }
  }
}

/** Null where nobody waits for the answer any more. */
async function ask(before: string | null) {
  const { ticket, place, outcome: code, ...days } = search.peek() ?? todaySearch()
  const range = instantRange(days)
  if (!range.ok) return null
  newestQuestion += 1
  const question = newestQuestion
  const wanted = { ticket: ticketOf(ticket), place: place.trim(), outcome: code, before: before ?? '' }
  const query = new URLSearchParams({
    from: new Date(range.fromAt).toISOString(),
    to: new Date(range.toAt).toISOString(),
    ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '')),
  })
  const outcome = await callApi<MyCallsReply>('GET', `/my/calls?${query}`)
  if (question !== newestQuestion) return null
  if (outcome.ok || outcome.code !== 'not-signed-in') return outcome
  becomeSignedOut()
  return null
}
