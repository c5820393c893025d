/** Reports without a page: periods of the city, what an address says, what charts show, and where their marks stand. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { CALL_FIGURES } from '#server/figures/definitions.ts'
import { barsIn, flowIn, heatStep, linePath, placeAmongBuckets, scaleSteps } from '../model/chart-geometry.ts'
import { comparedRowOf, flowOf, heatMapOf, lineOf } from '../model/report-charts.ts'
import { movedBy, periodAround, periodFault, periodOf, weekOf } from '../model/report-period.ts'
import {
  comparedRange,
  lineInterval,
  questionFault,
  questionIn,
  searchOf,
  serverWords,
} from '../model/report-question.ts'
import { columnSets, figureIn } from '../reports/report-columns.ts'
import { reportReply, reportRow } from './made-up-reports.ts'

const NOW = Date.parse('2026-11-27T10:30:00Z')
const at = (search: string) => questionIn(search, NOW)

t.test('periods are the city’s whole days, weeks from Monday, months and years', async (t) => {
  t.same(periodAround('week', '2026-11-29'), { fromDay: '2026-11-23', toDay: '2026-11-29' })
  t.same(periodAround('month', '2028-02-10'), { fromDay: '2028-02-01', toDay: '2028-02-29' })
  t.same(periodAround('month', '2026-12-31'), { fromDay: '2026-12-01', toDay: '2026-12-31' })
  t.same(movedBy(-1, { fromDay: '2026-03-01', toDay: '2026-03-31' }), { fromDay: '2026-02-01', toDay: '2026-02-28' })
  t.same(movedBy(1, { fromDay: '2026-11-23', toDay: '2026-11-29' }), { fromDay: '2026-11-30', toDay: '2026-12-06' })
  t.same(movedBy(-1, { fromDay: '2026-11-10', toDay: '2026-11-12' }), { fromDay: '2026-11-07', toDay: '2026-11-09' })
  t.equal(periodOf({ fromDay: '2026-01-01', toDay: '2026-12-31' }), 'year')
  t.equal(periodOf({ fromDay: '2026-01-01', toDay: '2026-12-30' }), null)
  t.same(weekOf('2026-11-27'), { week: 48, year: 2026 })
  t.same(weekOf('2027-01-01'), { week: 53, year: 2026 }, 'the week belongs to the year before')
  t.same(weekOf('2024-12-30'), { week: 1, year: 2025 })
  t.equal(periodFault({ fromDay: '2028-01-01', toDay: '2028-12-31' }), null, 'a leap year')
  t.equal(periodFault({ fromDay: '2026-01-01', toDay: '2027-01-02' }), 'too-long')
  t.equal(periodFault({ fromDay: '2026-02-30', toDay: '2026-03-01' }), 'not-a-day')
  t.equal(periodFault({ fromDay: '2026-03-02', toDay: '2026-03-01' }), 'backwards')
})

t.test('an address opens the same report, and what is wrong in it is as at first', async (t) => {
  for (const search of [
    '?from=2026-11-23&to=2026-11-29&group=site,language&interval=day&site=a,b&compare=before&set=levels&heat=p90',
    '?from=2026-01-01&to=2026-12-31&group=none',
  ])
    t.equal(searchOf(at(search)), search)
  t.match(at(''), { fromDay: '2026-11-23', toDay: '2026-11-29', groups: ['queue'], interval: 'whole', set: 'overview' })
  t.match(at("?from=x&to=2026-01-01&group=agent,site,site&interval=minute&queue=',citizen.da&set=all"), {
    ...{
      fromDay: '2026-11-23',
      groups: ['site'],
      interval: 'whole',
      filters: { queue: ['citizen.da'] },
      set: 'overview',
    },
  })
})

t.test('the server is asked for days with the last not included, and for the period compared with', async (t) => {
  const part = { interval: 'day', groups: ['site'], isCompared: true } as const
  const week = at('?from=2026-11-23&to=2026-11-29&compare=before&language=ar')
  t.equal(
    serverWords(week, part),
    'from=2026-11-23&to=2026-11-30&interval=day&group=site&language=ar&compareFrom=2026-11-16',
  )
  t.same(comparedRange({ ...week, comparison: 'year-before' }), { fromDay: '2025-11-24', toDay: '2025-11-30' })
  const month = at('?from=2026-03-01&to=2026-03-31&compare=year-before')
  t.same(comparedRange(month), { fromDay: '2025-03-01', toDay: '2025-03-31' })
  t.equal(questionFault({ ...week, interval: 'quarter-hour' }), null)
  t.equal(questionFault({ ...at('?from=2026-01-01&to=2026-12-31'), interval: 'hour' }), 'too-many-rows')
  t.equal(lineInterval({ fromDay: '2026-11-23', toDay: '2026-11-23' }), 'quarter-hour')
  t.equal(lineInterval({ fromDay: '2026-01-01', toDay: '2026-12-31' }), 'week')
})

t.test('every figure of the server is in a set, and the English words of its formula are the server’s', async (t) => {
  const columns = new Map(
    Object.values(columnSets).flatMap((set) => set.map((column) => [column.key, column] as const)),
  )
  const english = readFileSync(new URL('../text/en.po', import.meta.url), 'utf8')
  for (const { name, formula, kind } of CALL_FIGURES) {
    const column = columns.get(name)
    t.match(column, { kind }, name)
    const id = column?.formula ?? null
    if (id !== null) t.ok(english.includes(`msgid "${id}"\nmsgstr "`) && englishOf(english, id).includes(formula), name)
  }
  const row = reportRow({ offered: 12 })
  for (const column of columns.values()) t.not(figureIn(row, column).value, undefined, column.key)
  t.equal(figureIn(row, columns.get('offered') ?? { key: '', kind: 'count', words: '', formula: '' }).value, 12)
})

const englishOf = (po: string, id: string): string => new RegExp(`msgid "${id}"\nmsgstr "(.*)"`).exec(po)?.[1] ?? ''

t.test('a heat map has every hour between the first and the last, and tells nothing from nobody', async (t) => {
  const rows = [reportRow({ offered: 4 }, { at: '1 08' }), reportRow({ offered: 9 }, { at: '5 11' })]
  const map = heatMapOf(reportReply({ rows, interval: 'weekday-hour' }), 'offered')
  t.same(map.hours, [8, 9, 10, 11])
  t.equal(map.max, 9)
  t.same(
    map.days[0]?.cells.map(({ value }) => value),
    [4, null, null, null],
  )
  t.equal(map.days[4]?.cells[3]?.value, 9)
  t.same([heatStep(null, 9, 6), heatStep(0, 9, 6), heatStep(1, 9, 6), heatStep(9, 9, 6)], [0, 0, 1, 6])
})

t.test(
  'a line has quiet intervals, stops where time has not come, and meets the other period place by place',
  async (t) => {
    const from = Date.parse('2026-11-22T23:00:00Z')
    const days = reportReply({
      interval: 'day',
      from,
      to: from + 7 * 86_400_000,
      asOf: Date.parse('2026-11-27T10:30:00Z'),
      rows: [reportRow({ offered: 5, answered: 4 }, { at: '2026-11-24' })],
      compared: [reportRow({ offered: 8 }, { at: '2026-11-17' })],
    })
    const line = lineOf(days, 'day')
    t.equal(line.length, 7)
    t.same(line[0], { at: '2026-11-23', offered: 0, answered: 0, compared: 0 })
    t.same(line[1], { at: '2026-11-24', offered: 5, answered: 4, compared: 8 })
    t.equal(line[6]?.offered, null)
    const [row = reportRow({})] = days.rows
    t.equal(comparedRowOf(days)(row)?.sums['offered'], 8, 'Tuesday is compared with Tuesday')
    t.equal(comparedRowOf(days)({ ...row, at: '2026-11-25' }), undefined)
    const night = Date.parse('2026-10-24T22:00:00Z')
    const change = reportReply({ interval: 'hour', from: night, to: night + 25 * 3_600_000, rows: [] })
    t.equal(lineOf(change, 'hour').length, 25, 'a day of 25 hours')
  },
)

t.test('in a flow nobody appears or is lost', async (t) => {
  const rows = Array.from({ length: 10 }, (_, i) =>
    reportRow(
      { offered: 10 + i, answered: 7, abandoned: 2, flowedOut: 1 + i, solvedFirst: 4, notSolvedFirst: 1 },
      { group: { matter: `m${i}` } },
    ),
  )
  const { nodes, links } = flowOf(rows)
  const sum = (those: typeof links) => those.reduce((total, { count }) => total + count, 0)
  t.equal(sum(links.filter(({ from }) => from.startsWith('from/'))), 145)
  t.equal(sum(links.filter(({ to }) => to === 'answered')), sum(links.filter(({ from }) => from === 'answered')))
  t.equal(nodes.filter(({ column }) => column === 0).length, 8, 'seven matters, and the others together')

  const box = { x: 0, y: 0, width: 900, height: 400 }
  const placed = flowIn(box, nodes, links)
  t.notOk(
    placed.nodes.some(({ id }) => id === 'stillWaiting'),
    'what nobody is in is not drawn',
  )
  for (const node of placed.nodes) {
    const out = placed.links.filter(({ from }) => from === node.id).reduce((total, { width }) => total + width, 0)
    const into = placed.links.filter(({ to }) => to === node.id).reduce((total, { width }) => total + width, 0)
    t.ok(Math.abs(Math.max(out, into) - node.height) < 0.01, `${node.id} is as tall as its bands`)
    t.ok(node.y >= 0 && node.y + node.height <= 400.01, `${node.id} is in the picture`)
    const below = placed.nodes.find((other) => other.column === node.column && other.y > node.y)
    t.ok(below === undefined || below.y >= node.y + node.height, `${node.id} touches no other`)
  }
  t.match(placed.links[0]?.path, /^M12 0C/)
})

t.test('what citizens came for is asked for a whole year', async (t) => {
  t.equal(questionFault(at('?from=2026-01-01&to=2026-12-31&group=site&matter=pas')), null)
  const rows = ['pas', ''].map((matter, i) => reportRow({ offered: 9 - i, answered: 9 - i }, { group: { matter } }))
  t.match(flowOf(rows), { links: [{ from: 'from/pas', to: 'answered', count: 9 }] })
})

t.test('scales are round and hold the greatest value; marks stand where their values are', async (t) => {
  t.same(scaleSteps(0), [0, 1])
  t.same(scaleSteps(3), [0, 1, 2, 3])
  t.same(scaleSteps(97), [0, 50, 100])
  for (const max of [1, 7, 13, 250, 1_001, 123_456]) t.ok((scaleSteps(max).at(-1) ?? 0) >= max, `${max}`)
  const box = { x: 10, y: 0, width: 100, height: 50 }
  const bars = barsIn(box, [5, 10], 10, 0.2)
  t.same(bars[1], { x: 65, y: 0, width: 40, height: 50 })
  t.same(bars[0]?.height, 25)
  t.equal(linePath(box, [0, 10, null, 5, 5], 10), 'M10 50L35 0M85 25L110 25')
  t.equal(linePath(box, [10], 10), 'M60 0', 'one alone stands in the middle')
  const ends = [10_000, 20_000, 60_000, null]
  t.equal(placeAmongBuckets(box, ends, 5_000), 22.5)
  t.equal(placeAmongBuckets(box, ends, 40_000), 72.5)
  t.equal(placeAmongBuckets(box, ends, 999_000), 97.5)
})
