/** The definitions against what is written in research/routing.md §3, and the ways numbers are found. Erlang: `server/routing/queueing`. */
import fc from 'fast-check'
import t from 'tap'
import { sumsOfCall } from './call-sums.ts'
import { cityDateOf, quarterOf, startOfCityDate } from './calendar.ts'
import { AGENT_FIGURES, CALL_FIGURES, figureOf, figuresOf, HEADLINE, SERVICE_LEVELS } from './definitions.ts'
import { nearestRank, unpackWaits } from './quantiles.ts'
import { AGENT_SUMS, SUMS, type AgentSums, type Sums, type SumName } from './sums.ts'
import { Trails } from './trails.ts'
import { wilsonInterval } from './wilson.ts'

const sums = (some: Partial<Record<SumName, number>>): Sums =>
  ({ ...Object.fromEntries(SUMS.map((name) => [name, 0])), ...some }) as Sums
const percent = (share: number | null | undefined) => (share == null ? null : `${(100 * share).toFixed(1)} %`)

t.test('Cisco’s worked counts: 70 answered in time, 10 abandoned in time, 20 late', async (t) => {
  const late = { answered: 90, answeredInTime: 70, abandoned: 10, abandonedInTime: 10, offered: 100 }
  const figures = figuresOf(SERVICE_LEVELS, sums({ ...late, serviceLevelEvents: 100 }))
  t.equal(percent(figures['SL_ign']?.value), '77.8 %')
  t.equal(percent(figures['SL_neg']?.value), '70.0 %')
  t.equal(percent(figures['SL_pos']?.value), '80.0 %')
})

t.test('the eight differ as their formulas do', async (t) => {
  const day = sums({
    offered: 120,
    answered: 80,
    answeredInTime: 60,
    abandoned: 25,
    abandonedInTime: 15,
    abandonedShort: 5,
    flowedOut: 10,
    stillWaiting: 5,
    serviceLevelEvents: 112,
    callbacksInTime: 6,
  })
  const expected = {
    SL_ans: 60 / 80,
    SL_neg: 60 / 105,
    SL_flow: 60 / 115,
    SL_ign: 60 / 97,
    SL_pos: 75 / 105,
    SL_short: 60 / 100,
    SL_late: 60 / 90,
    SL_out: 81 / 120,
  }
  const found = figuresOf(SERVICE_LEVELS, day)
  t.same(Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value])), expected)
  t.ok(HEADLINE in found)
  const rates = figuresOf(CALL_FIGURES, day)
  t.equal(rates['abandonmentRate']?.value, 25 / 120)
  t.equal(rates['abandonmentRateWithoutShort']?.value, 20 / 115)
})

t.test('small counts are shown as unsure as they are', async (t) => {
  const known = [
    [8, 10, '49', '94'],
    [80, 100, '71', '87'],
    [400, 500, '76', '83'],
  ] as const
  for (const [hits, of, low, high] of known) {
    const interval = wilsonInterval(hits, of)
    t.equal((100 * (interval?.low ?? 0)).toFixed(0), low)
    t.equal((100 * (interval?.high ?? 0)).toFixed(0), high)
  }
})

t.test('nothing counted is no figure, not 0 or 100 per cent', async (t) => {
  const nothing = sums({})
  for (const definition of CALL_FIGURES) t.same(figureOf(definition, nothing), { value: null, of: 0, interval: null })
  const noTime = Object.fromEntries(AGENT_SUMS.map((name) => [name, 0])) as AgentSums
  for (const definition of AGENT_FIGURES) t.same(figureOf(definition, noTime), { value: null, of: 0, interval: null })
  const names = CALL_FIGURES.map(({ name }) => name)
  t.equal(new Set(names).size, names.length, 'a name has one meaning')
})

t.test('occupancy is of time at work or idle: ringing and away are in neither', async (t) => {
  const time = { inCallMs: 50, wrapUpMs: 10, idleMs: 20, offeredMs: 7, awayMs: 100 }
  const agent = { ...Object.fromEntries(AGENT_SUMS.map((name) => [name, 0])), ...time } as AgentSums
  const occupancy = figuresOf(AGENT_FIGURES, agent)['occupancy']
  t.same(occupancy, { value: 60 / 80, of: 80, interval: null })
})

t.test('a quantile is the wait of its rank, however the waits are packed', async (t) => {
  t.equal(nearestRank(new Int32Array(), 0.5), null)
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(2 ** 31 - 1))), fc.constantFrom(0.01, 0.5, 0.9, 1), (sets, share) => {
      const packed = sets.map((waits) => {
        const buffer = Buffer.alloc(4 * waits.length)
        waits.forEach((wait, i) => buffer.writeInt32BE(wait, 4 * i))
        return buffer
      })
      const sorted = sets.flat().sort((a, b) => a - b)
      const expected = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
      return nearestRank(unpackWaits(packed), share) === expected
    }),
  )
})

t.test('a day has the hours that the city has, and a quarter-hour is an instant', async (t) => {
  const hours = (date: string, next: string) => (startOfCityDate(next) - startOfCityDate(date)) / 3_600_000
  t.equal(hours('2026-03-29', '2026-03-30'), 23)
  t.equal(hours('2026-10-25', '2026-10-26'), 25)
  t.equal(hours('2026-11-27', '2026-11-28'), 24)
  const [first, second] = [Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:30:00Z')]
  t.equal(cityDateOf(first), cityDateOf(second), 'half past two comes twice on that day')
  t.not(quarterOf(first), quarterOf(second), 'and is two quarter-hours')
  t.equal(quarterOf(first + 899_999), first)
  t.equal(cityDateOf(Date.parse('2026-06-30T22:00:00Z')), '2026-07-01')
  t.throws(() => startOfCityDate('2026-02-30'), RangeError)
})

const press = {
  type: 'call.arrived',
  callId: 'call',
  kioskId: 'k',
  siteId: 's',
  queueId: 'q',
  language: 'da',
  ticket: 'T',
  classId: null,
  mode: 'video',
  preferredAgentId: null,
} as const

t.test('a call is of the centre where whoever answered it was signed in when they did', async (t) => {
  let centreId = 'sundby'
  const trails = new Trails(() => centreId)
  const rung = { type: 'offer.made', callId: 'call', offerId: 'call/1', agentId: 'amal', joinId: null } as const
  const why = { expiresAt: 16_000, policyVersion: 'v', waitedMs: 0, isLent: false, reasons: null } as const
  trails.take({ seq: 1, event: { at: 1_000, ...press }, facts: [{ ...rung, ...why }] })
  trails.take({ seq: 2, event: { at: 2_000, type: 'offer.accepted', offerId: 'call/1', agentId: 'amal' }, facts: [] })
  centreId = 'laerkevej'
  trails.take({ seq: 3, event: { at: 3_000, type: 'media.flowed', callId: 'call' }, facts: [] })
  centreId = 'hans-nansens-gaard'
  trails.take({ seq: 4, event: { at: 4_000, type: 'media.flowed', callId: 'call' }, facts: [] })
  t.equal(trails.open.get('call')?.answeredCentreId, 'laerkevej')
})

t.test('a line that closes for good turns away at the door, and turns out whoever was inside', async (t) => {
  const trails = new Trails(() => '')
  trails.take({ seq: 1, event: { at: 1_000, ...press }, facts: [] })
  const trail = trails.open.get('call')
  if (trail === undefined) throw new Error('a call that came is followed')
  const thresholds = { answerWithinMs: 60_000, shortAbandonMs: 5_000 }
  const ended = (endedAt: number) => {
    const call = {
      enteredAt: 1_000,
      answeredAt: null,
      endedAt,
      outcome: 'closed',
      isWithStaff: false,
      hasMatter: false,
    }
    return sumsOfCall({ trail, call, handlings: [], thresholds, asOf: 900_000 })
  }
  t.match(ended(1_000), { offered: 0, turnedAwayClosed: 1, flowedOut: 0, turnedOut: 0, serviceLevelEvents: 0 })
  t.match(ended(61_001), { offered: 1, turnedAwayClosed: 0, flowedOut: 1, turnedOut: 1, serviceLevelEvents: 1 })
  t.match(ended(61_000), { offered: 1, turnedOut: 1, serviceLevelEvents: 0 }, 'T itself is in time')
})
