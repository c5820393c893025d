/** Calls for each quarter-hour, as steps: offered, answered, and not let in where there were such. Decoration to those who cannot see it: the table says the same. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockTimeText, dayTimeText } from '../model/copenhagen-time.ts'
import type { QuarterHour } from '../model/figures.ts'
import { QUARTER_HOUR_MS } from '#server/contract/http.ts'
import { formatTag, language, t } from '../text/language.ts'

const HEIGHT_PX = 220
const DAY_S = 86_400
/** Whole quarter-hours, hours and days, in seconds: what the marks of the time axis may be apart. */
const TICKS_S = [900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY_S, 2 * DAY_S, 7 * DAY_S]

export function QuarterChart({ series }: { series: readonly QuarterHour[] }): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const spoken = language.value
  useEffect(() => {
    const { current } = place
    if (current === null || series.length === 0) return undefined
    const darkness = window.matchMedia('(prefers-color-scheme: dark)')
    let chart = draw(current, series)
    const redraw = (): void => {
      chart.destroy()
      chart = draw(current, series)
    }
    const resizing = new ResizeObserver(() => chart.setSize({ width: current.clientWidth, height: HEIGHT_PX }))
    resizing.observe(current)
    darkness.addEventListener('change', redraw)
    return () => {
      resizing.disconnect()
      darkness.removeEventListener('change', redraw)
      chart.destroy()
    }
  }, [series, spoken])
  return (
    <figure class="chart" aria-label={t('figures.chart')}>
      <div ref={place} class="chart-place" aria-hidden="true" />
      <figcaption class="legend">
        <span class="legend-offered">{t('figure.offered')}</span>
        <span class="legend-answered">{t('figure.answered')}</span>
        {hasNotLetIn(series) && <span class="legend-not-let-in">{t('figure.notLetIn')}</span>}
      </figcaption>
    </figure>
  )
}

/** Most days nobody is turned away: a line along the bottom would only be in the way. */
const hasNotLetIn = (series: readonly QuarterHour[]): boolean => series.some(({ notLetIn }) => notLetIn > 0)

/** The last quarter-hour is drawn to its end, so that a single one is wide enough to see. */
function chartData(series: readonly QuarterHour[]): uPlot.AlignedData {
  const last = series.at(-1)
  const closed = last === undefined ? series : [...series, { ...last, startsAt: last.startsAt + QUARTER_HOUR_MS }]
  return [
    closed.map(({ startsAt }) => startsAt / 1000),
    closed.map(({ offered }) => offered),
    closed.map(({ answered }) => answered),
    ...(hasNotLetIn(series) ? [closed.map(({ notLetIn }) => notLetIn)] : []),
  ]
}

function draw(place: HTMLElement, series: readonly QuarterHour[]): uPlot {
  const colour = (css: string): string => computedColour(place, css)
  const steps = uPlot.paths.stepped?.({ align: 1 })
  const shape = steps === undefined ? {} : { paths: steps }
  const axis = {
    stroke: colour('var(--text-quiet)'),
    font: `12px ${getComputedStyle(place).fontFamily}`,
    grid: { stroke: colour('var(--line)'), width: 1 },
    ticks: { stroke: colour('var(--line)'), width: 1 },
  }
  const offered = colour('var(--chart-offered)')
  const answered = colour('var(--chart-answered)')
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT_PX,
    tzDate: (atS) => uPlot.tzDate(new Date(atS * 1000), 'Europe/Copenhagen'),
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(2, Math.ceil(high * 1.1))] } },
    axes: [
      {
        ...axis,
        incrs: TICKS_S,
        values: (_chart, ticks, _axis, _space, stepS) => ticks.map((at) => tickText(at * 1000, stepS)),
      },
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
    ],
    series: [
      {},
      { stroke: offered, width: 2, points: { show: false }, ...shape },
      {
        stroke: answered,
        fill: colour('color-mix(in srgb, var(--chart-answered) 20%, transparent)'),
        width: 2,
        dash: [6, 3],
        points: { show: false },
        ...shape,
      },
      ...(hasNotLetIn(series)
        ? [{ stroke: colour('var(--chart-not-let-in)'), width: 2, dash: [2, 3], points: { show: false }, ...shape }]
        : []),
    ],
  }
  return new uPlot(options, chartData(series), place)
}

/** What a colour of the style sheet comes to at `place`: the canvas of the chart knows no custom properties. */
function computedColour(place: HTMLElement, css: string): string {
  const probe = document.createElement('span')
  probe.style.color = css
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function tickText(at: number, stepS: number): string {
  const text = stepS >= DAY_S ? dayTimeText(at, formatTag()) : clockTimeText(at, formatTag())
  return stepS >= DAY_S ? text.replace(/ (kl\. )?\d\d[.:]\d\d$/, '') : text
}
