/** Why the offer came to this agent: one sentence for everybody, and the numbers for whoever wants them. */
import type { JSX } from 'preact'
import type { WhyMe as Why } from '#server/contract/views.ts'
import { clockText } from '../model/duration.ts'
import { t } from '../text/language.ts'
import { whyChosenText, whyMeText, whyNumbersText } from '../text/why-text.ts'

/** Null for an offer from before the server began anew: it is then known no more. */
export function WhyMe({ why }: { why: Why | null }): JSX.Element | null {
  if (why === null) return null
  return (
    <div class="why-me">
      <p class="why-sentence">{whyMeText(why)}</p>
      <p class="quiet">{whyNumbersText(why)}</p>
      <details>
        <summary>{t('why.title')}</summary>
        <dl class="why-numbers">
          <Figure name={t('why.chosenBy')} value={whyChosenText(why.choice)} />
          <Figure name={t('why.candidatesName')} value={why.candidatesCount} />
          <Figure name={t('why.idle')} value={clockText(why.idleMs)} />
          <Figure name={t('why.waitedName')} value={clockText(why.waitedMs)} />
          <Figure name={t('why.steps')} value={why.stepsOpenedCount} />
          <Figure name={t('why.isLent')} value={why.isLent ? t('page.yes') : t('page.no')} />
        </dl>
      </details>
    </div>
  )
}

function Figure({ name, value }: { name: string; value: string | number }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
