/** The words for the rules of a class of calls. */
import type { RuleClass } from '../model/policy.ts'
import { durationText } from './duration-text.ts'
import { formatTag, t } from './language.ts'

/** `får 2 min forspring og haster dobbelt`, `går før alle andre`, or that nothing sets it apart. */
export function classRuleText({ isFirst, headStartMs, slope }: RuleClass): string {
  const rules = [
    isFirst ? t('rules.first') : null,
    headStartMs > 0 ? t('rules.headStart', { time: durationText(headStartMs) }) : null,
    slope === 1 ? null : slopeText(slope),
  ].filter((rule) => rule !== null)
  if (rules.length === 0) return t('rules.inTurn')
  return new Intl.ListFormat(formatTag(), { type: 'conjunction' }).format(rules)
}

function slopeText(slope: number): string {
  if (slope === 2) return t('rules.double')
  if (slope === 0.5) return t('rules.half')
  const factor = new Intl.NumberFormat(formatTag(), { maximumSignificantDigits: 3 }).format(slope)
  return t('rules.factor', { factor })
}
