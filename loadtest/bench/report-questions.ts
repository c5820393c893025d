/** What is asked of a year's figures: everything that the pages and their files offer, each with filters by chance. */
import type { seededRandom } from '#server/routing/simulation/random.ts'
import type { MadeUpYear } from '#server/test/figures/made-up-year.ts'

export type Draw = ReturnType<typeof seededRandom>

/** An address below `/api/v1`. */
export type Question = (draw: Draw, year: MadeUpYear) => string

const YEAR = 'from=2026-01-01&to=2027-01-01'
/** A year that begins and ends within a month. */
const ROLLING = 'from=2026-01-15&to=2026-12-20'
const two = (value: number) => String(value).padStart(2, '0')
const upTo = ({ next }: Draw, count: number) => 1 + Math.floor(next() * count)

function month(draw: Draw): string {
  const first = upTo(draw, 11)
  return `from=2026-${two(first)}-01&to=2026-${two(first + 1)}-01`
}
function day(draw: Draw): string {
  const [date, of] = [upTo(draw, 27), two(upTo(draw, 12))]
  return `from=2026-${of}-${two(date)}&to=2026-${of}-${two(date + 1)}`
}
function week(draw: Draw): string {
  const [date, of] = [upTo(draw, 20), two(upTo(draw, 12))]
  return `from=2026-${of}-${two(date)}&to=2026-${of}-${two(date + 7)}`
}

const FILTERS = ['queue', 'service', 'matter', 'site', 'district', 'language', 'centre'] as const
/** No filter, one, or two at once; mostly of one thing, else of some of them. */
const FILTER_COUNTS = [0, 1, 1, 2] as const
const IDS_COUNTS = [1, 1, 1, 4] as const

function filters({ next, pick }: Draw, year: MadeUpYear): string {
  const left = FILTERS.filter((name) => year[name].length > 0).toSorted(() => next() - 0.5)
  return left
    .slice(0, pick(FILTER_COUNTS) ?? 0)
    .map((name) => {
      const ids = new Set(Array.from({ length: pick(IDS_COUNTS) ?? 1 }, () => pick(year[name])))
      return `&${name}=${[...ids].join(',')}`
    })
    .join('')
}

const report =
  (words: string | ((draw: Draw) => string)): Question =>
  (draw, year) =>
    `/reports?${typeof words === 'string' ? words : words(draw)}${filters(draw, year)}`

/** Each kind of question by its name. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  'year by queue': report(`${YEAR}&interval=whole&group=queue`),
  'year by matter': report(`${YEAR}&interval=whole&group=matter`),
  'year by site': report(`${YEAR}&interval=whole&group=site`),
  'year by district and service': report(`${YEAR}&interval=whole&group=district,service`),
  'year by centre and language': report(`${YEAR}&interval=whole&group=centre,language`),
  'year by month': report(`${YEAR}&interval=month`),
  'year by month and service': report(`${YEAR}&interval=month&group=service`),
  'year by month and site': report(`${YEAR}&interval=month&group=site`),
  'year by month and matter': report(`${YEAR}&interval=month&group=matter`),
  'year by week': report(`${YEAR}&interval=week`),
  'year by day': report(`${YEAR}&interval=day`),
  'year by weekday and hour': report(`${YEAR}&interval=weekday-hour`),
  'begun year by weekday and hour': report(`${ROLLING}&interval=weekday-hour`),
  'begun year by matter': report(`${ROLLING}&interval=whole&group=matter`),
  'half-years compared by service': report(`from=2026-07-01&to=2027-01-01&compareFrom=2026-01-01&group=service`),
  'half-years compared by week': report(`from=2026-07-01&to=2027-01-01&compareFrom=2026-01-01&interval=week`),
  'month by day and language': report((draw) => `${month(draw)}&interval=day&group=language`),
  'month by weekday and hour': report((draw) => `${month(draw)}&interval=weekday-hour`),
  'month by matter': report((draw) => `${month(draw)}&group=matter`),
  'week by hour': report((draw) => `${week(draw)}&interval=hour`),
  'day by quarter-hour': report((draw) => `${day(draw)}&interval=quarter-hour`),
  'callbacks of a year': (draw, year) => `/reports/callbacks?${YEAR}&group=queue${filters(draw, year)}`,
  'agents of a centre, year': () => `/reports/agents?${YEAR}&interval=whole`,
  'agents of a centre, year by month': () => `/reports/agents?${YEAR}&interval=month`,
  names: () => '/reports/names',
  'year by month and service, CSV': report(`${YEAR}&interval=month&group=service&format=csv`),
  'year by day, XLSX': report(`${YEAR}&interval=day&format=xlsx`),
  'open data of a month': (draw) => `/open-data/sites?${month(draw)}`,
  'open data of a month, CSV': (draw) => `/open-data/sites?${month(draw)}&format=csv`,
  forecast: ({ pick }, { queue }) =>
    `/forecast?queue=${pick(queue)}&date=2026-12-${two(pick([1, 2, 3, 4, 7, 8]) ?? 1)}&level=${pick(['70', '80', '90', '95'])}`,
}
