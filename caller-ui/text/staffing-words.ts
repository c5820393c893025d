/** When somebody is there across a desk, and how far it is, in the language of the screen. */
import type { Instant } from '#server/contract/ids.ts'
import type { Staffing } from '#server/contract/views.ts'
import { openingTime } from '../model/opening-time.ts'
import { saidWalk } from '../model/walk.ts'
import { language, t } from './language.ts'
import { openingWords } from './opening-words.ts'

/** A sentence, or nothing where it is not known when somebody comes. */
export function staffingWords({ isStaffed, until, from }: Staffing, now: Instant): string {
  if (!isStaffed) return from === null ? '' : t('place.staffed-from', { when: openingWords(from, now) })
  const time = until === null ? null : openingTime(until, now, language.value)
  return time?.kind === 'today' ? t('place.staffed-until', { clock: time.clock }) : t('place.staffed')
}

/** The way to a place, for somebody on foot. */
export function walkWords(walkM: number): string {
  const walk = saidWalk(walkM)
  return walk.kind === 'minutes' ? t('place.walk', { minutes: walk.minutes }) : t('place.far', { km: walk.km })
}
