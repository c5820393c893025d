/** How the line stands before anybody presses, where else there is help, and whom news of it reaches. */
import t from 'tap'
import { Desk, never, policyOf, queueOf } from '../routing/test/desk.ts'
import type { Hours } from '../routing/hours.ts'
import type { Directory, Point, Site } from '../store/directory.ts'
import { IdleNews } from './idle-news.ts'
import { freshUntil, helpView, lineView, staffingOf, waitingStep, walkBetween } from './line-view.ts'
import { StateIndex } from './state-index.ts'

const HOUR_MS = 3_600_000
const START = 1_000_000
const queues = [
  queueOf('citizen.da', [never('da')], { calendarIds: ['citizen'] }),
  queueOf('library.da', [never('da')]),
]

function deskAt(hours: Partial<Hours>): Desk {
  const desk = new Desk(policyOf({ queues }))
  desk.take({ type: 'hours.loaded', hours: { calendars: {}, calendarIdsOfSite: {}, ...hours } })
  return desk
}

t.test('[R27] the line is open while the queue’s and the site’s calendars are', async (t) => {
  const citizen = [
    { from: START + HOUR_MS, until: START + 9 * HOUR_MS },
    { from: START + 24 * HOUR_MS, until: START + 33 * HOUR_MS },
  ]
  const airport = [{ from: START + 2 * HOUR_MS, until: START + 40 * HOUR_MS }]
  const { state } = deskAt({ calendars: { citizen, airport }, calendarIdsOfSite: { airport: ['airport'] } })
  const at = (hours: number, siteId: string) => lineView(state, 'citizen.da', siteId, START + hours * HOUR_MS, 4)
  t.match(at(0, 'library'), { isOpen: false, opensAt: START + HOUR_MS, closesAt: null, waitingAboutCount: null })
  t.match(at(1, 'library'), { isOpen: true, opensAt: null, closesAt: START + 9 * HOUR_MS, waitingAboutCount: 5 })
  t.match(at(1, 'airport'), { isOpen: false, opensAt: START + 2 * HOUR_MS })
  t.match(at(9, 'airport'), { isOpen: false, opensAt: START + 24 * HOUR_MS }, 'just closed')
  t.match(at(40, 'library'), { isOpen: false, opensAt: null }, 'not known')
  t.match(lineView(state, 'library.da', 'library', START, null), {
    isOpen: true,
    closesAt: null,
    waitingAboutCount: null,
  })
  t.match(lineView(state, undefined, 'library', START, 0), { isOpen: false, opensAt: null }, 'no such queue')
})

t.test('a paused line says so, and not how many wait', async (t) => {
  const desk = deskAt({})
  desk.take({ type: 'queue.paused', queueId: 'library.da' })
  t.match(lineView(desk.state, 'library.da', 'library', START, 3), { isPaused: true, waitingAboutCount: null })
})

t.test('how many wait goes in steps, upwards', async (t) => {
  t.same([0, 1, 4, 5, 6, 21, 100, 900].map(waitingStep), [0, 1, 5, 5, 8, 30, 100, 100])
})

const site = (siteId: string, point: Point | null, phone: string | null = null): Site => {
  return {
    siteId,
    name: siteId,
    siteType: 'library',
    address: 'A 1',
    districtName: 'D',
    isWaitTold: true,
    point,
    phone,
  }
}
const CENTRE = { latitude: 55.6761, longitude: 12.5683 }
const north = (metres: number) => ({ ...CENTRE, latitude: CENTRE.latitude + metres / 111_195 })

function cityOf(...sites: Site[]): Directory {
  return {
    showQueues: () => undefined,
    kiosks: new Map(),
    people: new Map(),
    queues: new Map(),
    serviceIds: new Set(),
    centreIds: new Set(),
    matters: [],
    sites: new Map(sites.map((each) => [each.siteId, each])),
    owners: [],
    phones: { contact: '33 66 33 66', emergency: [{ labels: { da: 'Alarm', en: 'Alarm' }, number: '112' }] },
  }
}

t.test('the way on foot is a little longer than a bird’s, in whole hundreds of metres', async (t) => {
  t.equal(walkBetween(CENTRE, north(1_040)), 1_400)
  t.equal(walkBetween(north(1_040), CENTRE), 1_400)
  t.equal(walkBetween(CENTRE, CENTRE), 100, 'never nothing')
})

t.test('staffed places: those at hand where somebody is now, then the nearest; at most three', async (t) => {
  const day = [{ from: START + HOUR_MS, until: START + 9 * HOUR_MS }]
  const now = [{ from: START, until: START + HOUR_MS }]
  const over = [{ from: START - HOUR_MS, until: START }]
  const { state } = deskAt({
    calendars: { day, now, over },
    staffedCalendarIdsOfSite: {
      here: ['now'],
      near: ['day'],
      open: ['now'],
      farOpen: ['now'],
      far: ['day'],
      nowhere: ['now'],
      past: ['over'],
    },
  })
  const city = cityOf(
    site('here', CENTRE, '11 22 33 44'),
    site('near', north(500)),
    site('open', north(2_000)),
    site('farOpen', north(9_000)),
    site('far', north(4_000)),
    site('nowhere', null),
    site('past', north(100)),
    site('never', north(200)),
  )
  const help = helpView(city, state, city.sites.get('here') as Site, START)
  t.same(
    help.places.map(({ siteId }) => siteId),
    ['open', 'near', 'far'],
  )
  t.match(help.places[0]?.staffing, { isStaffed: true, until: START + HOUR_MS, from: null })
  t.match(help.places[1]?.staffing, { isStaffed: false, until: null, from: START + HOUR_MS })
  t.equal(help.phone, '11 22 33 44', 'the site’s own before the city’s')
  t.equal(helpView(city, state, city.sites.get('near') as Site, START).phone, '33 66 33 66')
  t.match(help.staffing, { isStaffed: true })
  t.equal(staffingOf(state, 'never', START), null)
  t.same(helpView(city, state, city.sites.get('nowhere') as Site, START).places, [], 'no way from nowhere')

  const line = lineView(state, 'library.da', 'here', START, 0)
  t.equal(freshUntil(line, help), START + HOUR_MS, 'the first of all moments')
  t.equal(freshUntil(line, { ...help, staffing: null, places: [] }), null, 'nothing that time would change')
})

t.test('idle screens hear of a step, a pause and new hours, and of nothing else', async (t) => {
  const desk = deskAt({})
  const news = new IdleNews()
  const hear = () => {
    const told = news.take(desk.state, new StateIndex().of(desk.state))
    return told === 'everyone' ? told : [...told]
  }
  t.equal(hear(), 'everyone', 'the hours may have changed before anything else happened')
  t.same(hear(), [])
  desk.call('a', { queueId: 'library.da' })
  t.same(hear(), ['library.da'])
  for (const callId of ['b', 'c', 'd']) desk.call(callId, { queueId: 'library.da' })
  t.same(hear(), ['library.da'])
  desk.call('e', { queueId: 'library.da' })
  t.same(hear(), [], 'four and five are the same step')
  desk.take({ type: 'queue.paused', queueId: 'citizen.da' })
  t.same(hear(), ['citizen.da'])
  desk.take({ type: 'hours.loaded', hours: { calendars: { citizen: [] }, calendarIdsOfSite: {} } })
  t.equal(hear(), 'everyone')
  t.same(hear(), [])
})
