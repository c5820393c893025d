/** The prepared guides, fetched once when the first call needs them. */
import { signal } from '@preact/signals'
import type { Guide, GuidesReply } from '#server/contract/guides.ts'
import type { Language } from '#server/contract/ids.ts'
import type { GuideId } from '#server/contract/shown.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'
import type { ToShow } from './show-state.ts'

export type FetchedGuides =
  { readonly kind: 'none-yet' | 'loading' | 'failed' } | { readonly kind: 'there'; readonly guides: readonly Guide[] }

export const fetchedGuides = signal<FetchedGuides>({ kind: 'none-yet' })

/** Fetches them, unless they are there or on their way. */
export async function fetchGuides(): Promise<void> {
  const { kind } = fetchedGuides.peek()
  if (kind === 'there' || kind === 'loading') return
  fetchedGuides.value = { kind: 'loading' }
  const outcome = await callApi<GuidesReply>('GET', '/guides')
  if (outcome.ok) fetchedGuides.value = { kind: 'there', guides: outcome.reply.guides }
  else {
    fetchedGuides.value = { kind: 'failed' }
    if (outcome.code === 'not-signed-in') becomeSignedOut()
  }
}

/** One of each guide: in the citizen's language, where there is none in English, and else in whatever there is. */
export function guidesFor(guides: readonly Guide[], language: Language): readonly Guide[] {
  const byId = new Map<GuideId, Guide>()
  const rank = (guide: Guide) => [language, 'en', 'da'].indexOf(guide.language) >>> 0
  for (const guide of guides) {
    const best = byId.get(guide.guideId)
    if (best === undefined || rank(guide) < rank(best)) byId.set(guide.guideId, guide)
  }
  return [...byId.values()]
}

/** A step as it is shown, 1 the first; null where the guide has no such step. */
export function stepToShow({ guideId, language, title, steps }: Guide, step: number): ToShow | null {
  const found = steps[step - 1]
  if (found === undefined) return null
  return { kind: 'guide-step', guideId, guideTitle: title, language, step, stepsCount: steps.length, ...found }
}
