/** Why an offer came to whom it came: one plain sentence. */
import type { WhyMe } from '#server/contract/views.ts'
import { durationText } from './duration-text.ts'
import { t } from './language.ts'

/** Who is answered so soon has hardly waited, and seconds would only be read for nothing. */
const JUST_CAME_MS = 5_000

const mineWords = {
  'asked-for': 'why.askedFor',
  'only-one': 'why.onlyOne',
  'home-before-lent': 'why.homeBeforeLent',
  'least-skill-wasted': 'why.leastSkillWasted',
  'idle-longest': 'why.idleLongest',
  'signed-in-first': 'why.signedInFirst',
  'by-hand': 'why.byHand',
} as const satisfies Record<WhyMe['choice'], string>

const theirWords = {
  'asked-for': 'choice.askedFor',
  'only-one': 'choice.onlyOne',
  'home-before-lent': 'choice.homeBeforeLent',
  'least-skill-wasted': 'choice.leastSkillWasted',
  'idle-longest': 'choice.idleLongest',
  'signed-in-first': 'choice.signedInFirst',
  'by-hand': 'choice.byHand',
} as const satisfies Record<WhyMe['choice'], string>

/** The reason an agent would give a colleague: who asked comes first, then for whom it is, then how the choice fell. */
export function whyMeText(why: WhyMe): string {
  if (why.askedInByName !== null) return t('why.askedIn', { name: why.askedInByName })
  if (why.isLent && why.choice !== 'asked-for' && why.choice !== 'by-hand') return t('why.lent')
  return whyChosenText(why.choice)
}

/** How the choice among those who were free fell, said to the one it fell on. */
export function whyChosenText(choice: WhyMe['choice']): string {
  return t(mineWords[choice])
}

/** When the call rang: how long the citizen had waited, and how many could have had the call, where that is not said yet. */
export function whyNumbersText(why: WhyMe): string {
  const waited = why.waitedMs < JUST_CAME_MS ? t('why.justCame') : t('why.waited', { wait: durationText(why.waitedMs) })
  const isSaid = why.choice === 'by-hand' || whyMeText(why) === whyChosenText('only-one')
  return isSaid ? waited : `${waited} ${candidatesText(why.candidatesCount)}`
}

export function candidatesText(count: number): string {
  return t('why.candidates', { count })
}

/** How the choice fell, said about somebody. */
export function choiceText(choice: WhyMe['choice']): string {
  return t(theirWords[choice])
}
