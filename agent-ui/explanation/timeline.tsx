/** Everything that happened to a call, oldest first. */
import type { JSX } from 'preact'
import type { CallExplanation, ExplainedOffer } from '#server/contract/explanation.ts'
import { clockSecondText } from '../model/copenhagen-time.ts'
import { timelineOf, type TimelineEntry } from '../model/timeline.ts'
import { momentText, offerEndText } from '../text/explanation-text.ts'
import { formatTag, t } from '../text/language.ts'
import { outcomeText } from '../text/wait-text.ts'
import { candidatesText, choiceText } from '../text/why-text.ts'
import type { Names } from './names.ts'
import { OfferReasons } from './offer-reasons.tsx'

/** Nobody else could have had it, or nobody chose ([R44]): how many there were says nothing. */
const ALONE: ReadonlySet<string> = new Set(['only-one', 'by-hand'])

export function Timeline({ explanation, names }: { explanation: CallExplanation; names: Names }): JSX.Element {
  return (
    <ol class="timeline">
      {timelineOf(explanation).map((entry, index) => (
        <li key={index} class={`moment moment-${entry.kind}`}>
          <time dateTime={new Date(entry.at).toISOString()}>{clockSecondText(entry.at, formatTag())}</time>
          <div>
            <Entry entry={entry} explanation={explanation} names={names} />
          </div>
        </li>
      ))}
    </ol>
  )
}

interface EntryProps {
  readonly entry: TimelineEntry
  readonly explanation: CallExplanation
  readonly names: Names
}

function Entry({ entry, explanation, names }: EntryProps): JSX.Element {
  switch (entry.kind) {
    case 'arrived':
      return <p>{explanation.origin === 'citizen' ? t('moment.arrived') : t('moment.arrivedTogether')}</p>
    case 'answered':
      return <p>{t('moment.answered')}</p>
    case 'ended':
      return <p>{t('moment.ended', { outcome: outcomeText(explanation.outcome).toLocaleLowerCase(formatTag()) })}</p>
    case 'moment':
      return <p>{momentText(entry.moment, names.queues)}</p>
    case 'offer':
      return <Offer offer={entry.offer} names={names} />
  }
}

function Offer({ offer, names }: { offer: ExplainedOffer; names: Names }): JSX.Element {
  const { reasons } = offer
  return (
    <>
      <p>
        {offer.isJoin ? t('explain.joinOffer') : t('explain.offer')} <strong>{offer.name}</strong>:{' '}
        {offerEndText(offer)}
        {offer.endedAt !== null && (
          <span class="quiet"> {t('explain.at', { time: clockSecondText(offer.endedAt, formatTag()) })}</span>
        )}
      </p>
      {offer.isLent && <p class="quiet">{t('explain.isLent')}</p>}
      {reasons === null ? (
        <p class="quiet">{t('explain.noReasons')}</p>
      ) : (
        <>
          <p class="quiet">
            {choiceText(reasons.choice)} {!ALONE.has(reasons.choice) && candidatesText(reasons.candidatesCount)}
          </p>
          <details>
            <summary>{t('explain.howChosen', { name: offer.name })}</summary>
            <OfferReasons offer={offer} reasons={reasons} names={names} />
          </details>
        </>
      )}
    </>
  )
}
