import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { openness, type Opening } from '#server/routing/hours.ts'
import { readPolicy } from './document.ts'
import { holidaysOfYear } from './holidays.ts'
import { hoursOf } from './hours.ts'
import { SMALL_POLICY, smallPolicyWith } from './test/small-policy.ts'

const ZONE = 'Europe/Copenhagen'
const DAY_MS = 24 * 60 * 60 * 1_000
const HOUR_MS = 60 * 60 * 1_000

const msOf = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).epochMilliseconds

function documentOf(text: string) {
  const result = readPolicy(text)
  if (!result.isValid) throw new Error(JSON.stringify(result.faults))
  return result.document
}

const WEEKDAYS_HOURS = `    weekdays:
      week:
        mon-fri: ['08:00-16:00']
      holidays: closed
`

/** The openings of a calendar of this text, for some days from a local time. */
function openingsOf(calendar: string, from: string, daysCount: number, more: [string, string] = ['', '']) {
  const text = smallPolicyWith(WEEKDAYS_HOURS, `    weekdays:\n${calendar}`).replace(...more)
  return hoursOf(documentOf(text), msOf(from), daysCount).calendars['weekdays'] ?? []
}

const local = (openings: readonly Opening[]) =>
  openings.map(({ from, until }) => [from, until].map(localText).join(' to '))
const localText = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(ZONE)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

const week = (text: string, holidays = 'open') => `      week:\n        ${text}\n      holidays: ${holidays}\n`

t.test('a week as it is written', async (t) => {
  t.same(local(openingsOf(week("mon-tue: ['08:00-12:00', '12:30-16:00']"), '2026-11-23T00:00', 7)), [
    '2026-11-23T08:00 to 2026-11-23T12:00',
    '2026-11-23T12:30 to 2026-11-23T16:00',
    '2026-11-24T08:00 to 2026-11-24T12:00',
    '2026-11-24T12:30 to 2026-11-24T16:00',
  ])
  const overWeekend = openingsOf(week("sat-mon: ['10:00-12:00']"), '2026-11-23T00:00', 7)
  t.same(local(overWeekend), [
    '2026-11-23T10:00 to 2026-11-23T12:00',
    '2026-11-28T10:00 to 2026-11-28T12:00',
    '2026-11-29T10:00 to 2026-11-29T12:00',
  ])
})

t.test('an opening that has begun is given whole, one that is over is not', async (t) => {
  const openings = openingsOf(week("mon-fri: ['08:00-12:00', '13:00-16:00']"), '2026-11-23T14:00', 1)
  t.same(local(openings), [
    '2026-11-23T13:00 to 2026-11-23T16:00',
    '2026-11-24T08:00 to 2026-11-24T12:00',
    '2026-11-24T13:00 to 2026-11-24T16:00',
  ])
})

t.test('summer time: the clock on the wall counts', async (t) => {
  const calendar = week("mon-sun: ['00:00-06:00']")
  const hoursOfDay = (from: string) => openingsOf(calendar, from, 1).map(({ from, until }) => (until - from) / HOUR_MS)
  t.same(hoursOfDay('2026-03-28T00:00'), [6])
  t.same(hoursOfDay('2026-03-29T00:00'), [5], 'an hour is skipped')
  t.same(hoursOfDay('2026-10-25T00:00'), [7], 'an hour is there twice')
  const byDay = openingsOf(week("sat-sun: ['08:00-16:00']"), '2026-03-28T00:00', 2)
  t.same(
    byDay.map(({ from }) => new Date(from).toISOString()),
    ['2026-03-28T07:00:00.000Z', '2026-03-29T06:00:00.000Z'],
  )
  const autumn = openingsOf(week("sat-sun: ['08:00-16:00']"), '2026-10-24T00:00', 2)
  t.same(
    autumn.map(({ from }) => new Date(from).toISOString()),
    ['2026-10-24T06:00:00.000Z', '2026-10-25T07:00:00.000Z'],
  )
  const skipped = openingsOf(week("sun: ['02:15-02:45']"), '2026-03-29T00:00', 1)
  t.same(local(skipped), ['2026-03-29T03:15 to 2026-03-29T03:45'])
  const twice = openingsOf(week("sun: ['02:15-02:45']"), '2026-10-25T00:00', 1)
  t.same(
    twice.map(({ from, until }) => (until - from) / HOUR_MS),
    [1.5],
    'open from the first to the second',
  )
})

t.test('midnight', async (t) => {
  const late = week("fri: ['20:00-02:00']")
  t.same(local(openingsOf(late, '2026-11-27T00:00', 1)), ['2026-11-27T20:00 to 2026-11-28T02:00'])
  t.same(
    local(openingsOf(late, '2026-11-28T00:30', 1)),
    ['2026-11-27T20:00 to 2026-11-28T02:00'],
    'asked for in the night',
  )
  t.same(local(openingsOf(late, '2026-11-28T02:00', 1)), [], 'it has just closed')
  const touching = week("fri: ['20:00-24:00']\n        sat: ['00:00-03:00', '02:00-04:00']")
  t.same(local(openingsOf(touching, '2026-11-27T00:00', 2)), ['2026-11-27T20:00 to 2026-11-28T04:00'], 'one opening')
  const nights = week("mon-sun: ['18:00-09:00']", 'open')
  t.same(local(openingsOf(nights, '2026-11-27T10:00', 1)), ['2026-11-27T18:00 to 2026-11-28T09:00'])
})

t.test('a calendar that never closes is left out, and so is always open', async (t) => {
  const whole = week("mon-fri: ['00:00-24:00']\n        sat-sun: ['00:00-24:00']")
  const document = documentOf(smallPolicyWith(WEEKDAYS_HOURS, `    weekdays:\n${whole}`))
  const hours = hoursOf(document, msOf('2026-11-27T00:00'), 1)
  t.same(hours, { calendars: {}, calendarIdsOfSite: { library: [] } })
  t.same(openness(hours, ['weekdays'], msOf('2030-01-01T03:00')), { isOpen: true, closesAt: null })
  const closed = openingsOf(`${whole}      closures: [{ date: 2026-11-28, name: Once }]\n`, '2026-11-27T00:00', 3)
  t.equal(closed.length, 2, 'a single day that is closed makes it a calendar again')
  t.match(local(closed)[0], / to 2026-11-28T00:00$/)
})

t.test('holidays of Denmark', async (t) => {
  const open = openingsOf(week("mon-sun: ['10:00-12:00']", 'closed'), '2027-03-24T00:00', 7)
  t.same(
    local(open).map((each) => each.slice(0, 10)),
    ['2027-03-24', '2027-03-27', '2027-03-30'],
    'Maundy Thursday, Good Friday, Easter Sunday and Monday',
  )
  const denmark = { country: 'DK', alsoClosed: { '06-05': 'Grundlovsdag', '12-31': 'Nytårsaften' } }
  const names = holidaysOfYear(denmark, 2027)
  t.equal(names.get('2027-03-28'), 'Påskedag')
  t.equal(names.get('2027-06-05'), 'Grundlovsdag')
  t.equal(names.get('2027-12-31'), 'Nytårsaften')
  t.notOk(names.has('2027-12-24'), 'a day is closed by the law or by the list, and by nothing else')
  t.notOk(names.has('2027-05-01'))
  t.equal(holidaysOfYear(denmark, 2023).get('2023-05-05'), 'Store Bededag')
  for (const [year, fourthFridayAfterEaster] of [
    [2024, '2024-04-26'],
    [2027, '2027-04-23'],
  ] as const) {
    t.notOk(holidaysOfYear(denmark, year).has(fourthFridayAfterEaster), 'Great Prayer Day was abolished')
  }
})

t.test('a holiday in a calendar that is open on holidays', async (t) => {
  t.equal(openingsOf(week("mon-sun: ['10:00-12:00']", 'open'), '2026-12-24T00:00', 3).length, 3)
  t.equal(openingsOf(week("mon-sun: ['10:00-12:00']", 'closed'), '2026-12-24T00:00', 3).length, 1)
  const more: [string, string] = ['country: DK', "country: DK\n    alsoClosed: { '12-24': Juleaften }"]
  t.equal(openingsOf(week("mon-sun: ['10:00-12:00']", 'closed'), '2026-12-24T00:00', 3, more).length, 0)
})

t.test('single days: an opening goes before a holiday, a closure before the weekday', async (t) => {
  const calendar = `${week("mon-sun: ['10:00-12:00', '20:00-01:00']", 'closed')}      closures:
        - { date: 2026-12-22, lastDate: 2026-12-23, name: Moving }
      openings:
        - { date: 2026-12-25, open: ['13:00-14:00'], name: Christmas for all }
`
  t.same(local(openingsOf(calendar, '2026-12-21T02:00', 5)), [
    '2026-12-21T10:00 to 2026-12-21T12:00',
    '2026-12-21T20:00 to 2026-12-22T01:00',
    '2026-12-24T10:00 to 2026-12-24T12:00',
    '2026-12-24T20:00 to 2026-12-25T01:00',
    '2026-12-25T13:00 to 2026-12-25T14:00',
  ])
})

t.test('openings are in order without overlap, and right at every moment', async () => {
  const clock = fc.nat(24 * 4 - 1).map((quarter) => `${pad(quarter / 4)}:${pad((quarter % 4) * 15)}`)
  const span = fc.tuple(clock, fc.oneof(clock, fc.constant('24:00'))).filter(([from, until]) => from !== until)
  const dayHours = fc.array(span, { maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(dayHours, { minLength: 7, maxLength: 7 }),
      fc.nat(365 * 24 * 4),
      fc.integer({ min: 1, max: 10 }),
      fc.nat(9 * 24 * 4),
      (days, startQuarter, daysCount, laterQuarter) => {
        const text = days.map(
          (spans, day) => `${NAMES[day]}: [${spans.map((each) => `'${each.join('-')}'`).join(', ')}]`,
        )
        const calendar = week(text.join('\n        '))
        const from = msOf('2026-01-01T00:00') + startQuarter * 15 * 60_000
        const document = documentOf(smallPolicyWith(WEEKDAYS_HOURS, `    weekdays:\n${calendar}`))
        const openings = hoursOf(document, from, daysCount).calendars['weekdays']
        if (openings === undefined) return days.every((spans) => spans.some((each) => each.join('-') === '00:00-24:00'))
        const isInOrder = openings.every((each, index) => index === 0 || (openings[index - 1]?.until ?? 0) < each.from)
        const at = from + ((laterQuarter * 15 * 60_000) % (daysCount * DAY_MS - HOUR_MS))
        const isOpen = openings.some((each) => each.from <= at && at < each.until)
        return isInOrder && (isOnTheChange(at) || isOpen === isOpenOnTheWall(days, at))
      },
    ),
    { numRuns: 500 },
  )
})

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const pad = (count: number) => String(Math.floor(count)).padStart(2, '0')

/** In the night of a change of the clock, the wall alone does not say. */
function isOnTheChange(at: number): boolean {
  const { hoursInDay, hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE)
  return hoursInDay !== 24 && hour <= 4
}

/** Whether the clock on the wall is in a span of today, or of yesterday across midnight. */
function isOpenOnTheWall(days: readonly (readonly [string, string][])[], at: number): boolean {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE)
  const time = now.toPlainTime().toString({ smallestUnit: 'minute' })
  const today = days[now.dayOfWeek - 1] ?? []
  const yesterday = days[(now.dayOfWeek + 5) % 7] ?? []
  return (
    today.some(([from, until]) => from <= time && (time < until || until <= from)) ||
    yesterday.some(([from, until]) => until <= from && time < until)
  )
}

t.test('the demo city is open round the clock, all year', async (t) => {
  const city = documentOf(readFileSync(new URL('./copenhagen.yaml', import.meta.url), 'utf8'))
  const hours = hoursOf(city, msOf('2026-12-24T03:00'), 14)
  t.match(openness(hours, ['round-the-clock'], msOf('2026-12-25T03:00')), { isOpen: true, closesAt: null })
})

t.test('how many days', async (t) => {
  t.throws(() => hoursOf(documentOf(SMALL_POLICY), msOf('2026-11-23T00:00'), 0), RangeError)
  const year = hoursOf(documentOf(SMALL_POLICY), msOf('2027-01-01T00:00'), 365).calendars['weekdays']
  t.equal(year?.length, 261 - 6, 'the weekdays of 2027 without the six holidays that fall on one')
})
