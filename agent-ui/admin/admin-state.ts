/** The city as the server has it, and what became of what was asked of it. */
import { signal } from '@preact/signals'
import type { ChangesReply, CityFault, CityOutcome, CityReply, Wish } from '#server/contract/admin.ts'
import type { CityContent } from '#server/contract/city-document.ts'
import { account, becomeSignedOut } from '../session/account.ts'
import { callApi, type ApiOutcome } from '../session/api.ts'
import { isDirty } from './place.ts'

/** What the page looks at of the policy; everything else of it is text here. */
export type PolicyPart = {
  readonly attributes: Readonly<Record<string, string>>
  readonly hours?: { readonly calendars: Readonly<Record<string, Calendar>> }
  readonly sites?: Readonly<Record<string, SiteHours>>
}
export type Calendar = {
  readonly week: Readonly<Record<string, readonly string[]>>
  readonly holidays: 'closed' | 'open'
  readonly closures?: readonly Closure[]
}
export type Closure = { readonly date: string; readonly lastDate?: string; readonly name: string }
export type SiteHours = { readonly hours: readonly string[]; readonly staffed?: readonly string[] }

export type City = Omit<CityReply, 'document'> & {
  readonly document: CityContent & { readonly policy?: PolicyPart }
}

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly reply: T }

export const city = signal<Loaded<City>>({ kind: 'loading' })
export const changes = signal<Loaded<ChangesReply>>({ kind: 'loading' })
/** What was done last, to be said until something else is. */
export const lastDone = signal<{ readonly changeId: number; readonly isTakenBack: boolean } | null>(null)

/** Loads as soon as an administrator is signed in. */
export function followAccount(): void {
  account.subscribe((value) => {
    if (value.kind === 'signed-in' && value.person.role === 'administrator') void loadCity()
  })
}

const loadedOf = <T>(outcome: ApiOutcome<T>): Loaded<T> => {
  if (outcome.ok) return { kind: 'loaded', reply: outcome.reply }
  if (outcome.code === 'not-signed-in') becomeSignedOut()
  return { kind: 'failed', code: outcome.code }
}

/** Asks for the city anew; what was written and not saved is let go of. */
export async function loadCity(): Promise<void> {
  city.value = { kind: 'loading' }
  isDirty.value = false
  await refreshCity()
}

async function refreshCity(): Promise<void> {
  city.value = loadedOf(await callApi<City>('GET', '/admin/city'))
}

/** Asks who changed what; `before` a change adds the older ones. */
export async function loadChanges(before?: number): Promise<void> {
  const known = before === undefined || changes.peek().kind !== 'loaded' ? null : changes.peek()
  if (known === null) changes.value = { kind: 'loading' }
  const next = loadedOf(
    await callApi<ChangesReply>('GET', `/admin/changes${before === undefined ? '' : `?before=${before}`}`),
  )
  if (known?.kind === 'loaded' && next.kind === 'loaded') {
    changes.value = {
      kind: 'loaded',
      reply: { ...next.reply, changes: [...known.reply.changes, ...next.reply.changes] },
    }
  } else changes.value = next
}

/** What came of a wish: what would be other, what is wrong, or why it was not taken. */
export type Result =
  | { readonly kind: 'done'; readonly outcome: CityOutcome }
  | { readonly kind: 'faults'; readonly faults: readonly CityFault[] }
  | { readonly kind: 'refused'; readonly code: string }

/** What a wish would change. */
export async function checkWish(wish: Wish): Promise<Result> {
  return resultOf(await callApi<CityOutcome>('POST', '/admin/city/check', { wish }))
}

/** Does it, from the configuration that is on the page, which is then the new one. */
export async function change(wish: Wish, version: string): Promise<Result> {
  const body = { version, wish, isForWaiting: true }
  const result = resultOf(await callApi<CityOutcome>('POST', '/admin/city/change', body))
  if (result.kind === 'done') await afterChange(result.outcome, false)
  return result
}

/** Takes a change back; resolves with the code of the refusal where it is refused, or what would be wrong. */
export async function takeBack(changeId: number): Promise<Result> {
  const result = resultOf(await callApi<CityOutcome>('POST', `/admin/changes/${changeId}/take-back`, {}))
  if (result.kind === 'done') {
    await afterChange(result.outcome, true)
    await loadChanges()
  }
  return result
}

async function afterChange({ changeId }: CityOutcome, isTakenBack: boolean): Promise<void> {
  isDirty.value = false
  await refreshCity()
  if (changeId !== null) lastDone.value = { changeId, isTakenBack }
}

function resultOf(outcome: ApiOutcome<CityOutcome>): Result {
  if (!outcome.ok) {
    if (outcome.code === 'not-signed-in') becomeSignedOut()
    return { kind: 'refused', code: outcome.code }
  }
  const { reply } = outcome
  return reply.faults.length > 0 ? { kind: 'faults', faults: reply.faults } : { kind: 'done', outcome: reply }
}
