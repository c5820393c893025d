/** What the charts of a day have in common: which quarter-hours they show, and the clock below them. */
import type { JSX } from 'preact'
import type { ForecastQuarter } from '#server/contract/forecast.ts'
import type { Box } from '../model/chart-geometry.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag } from '../text/language.ts'

export const HEIGHT_PX = 240
/** The place of the bars in a picture of that width: numbers at its left, the clock below. */
export const boxIn = (widthPx: number): Box => ({ x: 46, y: 10, width: widthPx - 46 - 12, height: HEIGHT_PX - 40 })
/** Narrower than this, bars of a whole day cannot be told apart. */
export const leastWidthPx = (quarters: readonly unknown[]): number => Math.max(240, 60 + quarters.length * 6)
/** What a time takes, with a gap. */
const MARK_PX = 56
const HOUR_MS = 3_600_000

/** From the first quarter-hour that is open to the last one. */
export function openSpan(quarters: readonly ForecastQuarter[]): readonly ForecastQuarter[] {
  const first = quarters.findIndex(({ isOpen }) => isOpen)
  return first < 0 ? [] : quarters.slice(first, quarters.findLastIndex(({ isOpen }) => isOpen) + 1)
}

export const quarterText = (at: number): string => clockTimeText(at, formatTag())

/** Whole hours below a chart, never so many that they touch. */
export function Clock({ box, quarters }: { box: Box; quarters: readonly ForecastQuarter[] }): JSX.Element {
  const slot = box.width / Math.max(1, quarters.length)
  const every = Math.max(1, Math.ceil(MARK_PX / (slot * 4)))
  const hours = quarters.flatMap(({ at }, i) => (at % HOUR_MS === 0 ? [{ at, i }] : []))
  return (
    <g>
      {hours
        .filter((_, place) => place % every === 0)
        .map(({ at, i }) => (
          <text key={at} class="axis" x={Math.max(box.x, box.x + i * slot)} y={HEIGHT_PX - 8}>
            {quarterText(at)}
          </text>
        ))}
    </g>
  )
}
