/** «mandag kl. 8»: when something opens, in the language of the screen. */
import type { Instant } from '#server/contract/ids.ts'
import { openingTime } from '../model/opening-time.ts'
import { language, t } from './language.ts'

export function openingWords(opensAt: Instant, now: Instant): string {
  const time = openingTime(opensAt, now, language.value)
  switch (time.kind) {
    case 'today':
      return t('opening.today', { clock: time.clock })
    case 'tomorrow':
      return t('opening.tomorrow', { clock: time.clock })
    case 'weekday':
    case 'date':
      return t('opening.day', { day: time.day, clock: time.clock })
  }
}
