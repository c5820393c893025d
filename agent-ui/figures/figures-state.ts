/** Which span is looked at and what came back for it. */
import { signal } from '@preact/signals'
import type { MetricsReply } from '#server/contract/http.ts'
import { instantRange, presetRange, type DayRange, type RangeFault } from '../model/range.ts'
import { account, becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export type Figures =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly reply: MetricsReply; readonly range: DayRange }

export const range = signal<DayRange>(presetRange('today', Date.now()))
export const rangeFault = signal<RangeFault | null>(null)
export const figures = signal<Figures>({ kind: 'loading' })

/** Only the newest question's answer is shown, however late an older one comes. */
let newestQuestion = 0

/** Loads the figures as soon as a supervisor is signed in. */
export function followAccount(): void {
  account.subscribe((value) => {
    if (value.kind === 'signed-in' && value.person.role === 'supervisor') void load()
  })
}

/** Looks at another span. A span that cannot be is said to be so, and what is shown stays. */
export async function choose(chosen: DayRange): Promise<void> {
  range.value = chosen
  await load()
}

/** Asks for the figures of the chosen span. */
export async function load(): Promise<void> {
  const asked = range.peek()
  const instants = instantRange(asked)
  rangeFault.value = instants.ok ? null : instants.fault
  if (!instants.ok) return
  newestQuestion += 1
  const question = newestQuestion
  figures.value = { kind: 'loading' }
  const query = new URLSearchParams({
    from: new Date(instants.fromAt).toISOString(),
    to: new Date(instants.toAt).toISOString(),
  })
  const outcome = await callApi<MetricsReply>('GET', `/metrics/queues?${query}`)
  if (question !== newestQuestion) return
  if (outcome.ok) figures.value = { kind: 'loaded', reply: outcome.reply, range: asked }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else figures.value = { kind: 'failed', code: outcome.code }
}
