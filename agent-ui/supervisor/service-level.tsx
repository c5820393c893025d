/** A service level with how sure it is. */
import type { JSX } from 'preact'
import { wilsonInterval } from '#server/figures/wilson.ts'
import { percentRangeText, percentText } from '../model/share-text.ts'
import { formatTag, t } from '../text/language.ts'

type Level = { readonly answeredInTime: number; readonly counted: number; readonly serviceLevel: number | null }

/** `83 %`, and below it `49–94 %`. */
export function ServiceLevel({ answeredInTime, counted, serviceLevel }: Level): JSX.Element {
  const interval = wilsonInterval(answeredInTime, counted)
  return (
    <span class="level">
      {percentText(serviceLevel, formatTag())}
      {interval !== null && (
        <small class="quiet" title={t('formula.interval')}>
          <span class="visually-hidden">{t('wall.intervalSpoken')} </span>
          {percentRangeText(interval.low, interval.high, formatTag())}
        </small>
      )}
    </span>
  )
}
