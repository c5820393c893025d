/** Which day is asked about, which the address says, and what came of it. */
import { signal } from '@preact/signals'
import type { ForecastReply } from '#server/contract/forecast.ts'
import { startOfDay } from '../model/copenhagen-time.ts'
import { dayQuestionIn, dayWords, type DayQuestion } from '../model/day-question.ts'
import { account, becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export type Forecast =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly reply: ForecastReply }

export const question = signal<DayQuestion>(dayQuestionIn(location.search, Date.now()))
export const forecast = signal<Forecast>({ kind: 'loading' })
/** The queues to choose from: they stay while another day is on its way. */
export const queues = signal<ForecastReply['queues']>([])

/** The policy's own target for the queue: it stays too. Null before anything came. */
export const policyPercent = signal<number | null>(null)

/** Only the newest question's answer is shown, however late an older one comes. */
let newest = 0

/** Loads as soon as a supervisor is signed in. */
export function followAccount(): void {
  account.subscribe((value) => {
    if (value.kind === 'signed-in' && value.person.role === 'supervisor') void load()
  })
}

/** The way back of the browser leads to the day before. */
export function followAddress(): void {
  addEventListener('popstate', () => {
    question.value = dayQuestionIn(location.search, Date.now())
    void load()
  })
}

/** Asks about another day, queue or target. What is no day is not asked about. */
export async function ask(changes: Partial<DayQuestion>): Promise<void> {
  const next = { ...question.peek(), ...changes }
  if (startOfDay(next.date) === null) return
  question.value = next
  history.pushState(null, '', `?${dayWords(next)}`)
  await load()
}

/** Asks for the forecast anew. */
export async function load(): Promise<void> {
  newest += 1
  const mine = newest
  forecast.value = { kind: 'loading' }
  const outcome = await callApi<ForecastReply>('GET', `/forecast?${dayWords(question.peek())}`)
  if (mine !== newest) return
  if (outcome.ok) {
    queues.value = outcome.reply.queues
    policyPercent.value = outcome.reply.target.ofPolicyPercent
    forecast.value = { kind: 'loaded', reply: outcome.reply }
  } else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else forecast.value = { kind: 'failed', code: outcome.code }
}
