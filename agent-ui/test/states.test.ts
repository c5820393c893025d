/** Every state of every screen, in both languages and both lights: nothing that axe knows to be wrong, nothing cut off. */
import t, { type Test } from 'tap'
import type { ClassId } from '#server/contract/ids.ts'
import { openBrowser, type Screen, type ScreenOptions } from './browser.ts'
import { explanation } from './explained-calls.ts'
import { someWarnings } from './floor-places.ts'
import { judge, looks, openLook, type Look } from './looks.ts'
import {
  CALL_ID,
  agentView,
  amal,
  branded,
  call,
  interpreterJoin,
  join,
  maja,
  niels,
  sara,
  whyMe,
  troubledKiosks,
} from './people.ts'
import { policyReply } from './rules-in-force.ts'
import { ScriptedServer, wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

/** Everything that can be special about a call at once: the fullest screen there is. */
const inDanger = { classId: branded<ClassId>('unsafe'), isFirst: true, mode: 'signing', branch: 'interpreter' } as const
const allowNothing = (): void => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
}

const open = (server: ScriptedServer, look: Look, options: ScreenOptions) => openLook(browser, server, look, options)
const ROOTS =
  'page|idle|warnings|wall|sites|queues|call|ring|devices|figures?|formula|why|rules|board|agents|status|choice|decline|join|explain|moment|rule|level|staff|staffNote'
const check = (t: Test, screen: Screen, name: string, selector: string) => judge(t, screen, name, selector, ROOTS)

interface DeskState {
  readonly name: string
  readonly selector: string
  readonly play: (server: ScriptedServer) => void
  /** What is pressed before the page is looked at. */
  readonly press?: string
}

/** States the server can put a desk in that is signed in and ready, one after the other. */
const deskStates: readonly DeskState[] = [
  { name: 'ready', selector: '.is-ready', play: () => undefined },
  { name: 'no queues', selector: '.empty', play: (server) => server.show({ queues: [] }) },
  {
    name: 'nobody waits',
    selector: '.queues tbody tr:not(.has-waiting)',
    play: (server) => {
      const empty = { waitingCount: 0, oldestQueuedAt: null }
      server.show({ queues: agentView(server.now()).queues.map((queue) => ({ ...queue, ...empty })) })
    },
  },
  {
    name: 'away on a break',
    selector: '.is-away',
    play: (server) => server.show({ ...agentView(server.now()), availability: 'away', awayReason: 'break' }),
  },
  { name: 'did not answer', selector: '.is-imposed', play: (server) => server.expireOffer() },
  { name: 'an offer', selector: '.offer', play: (server) => server.offer(600_000) },
  { name: 'why the offer came', selector: '.why-me details[open]', play: () => undefined, press: '.why-me summary' },
  {
    name: 'an offer about to be declined',
    selector: '.decline-reasons',
    play: () => undefined,
    press: '.accept + .huge',
  },
  {
    name: 'an offer from somebody in danger',
    selector: '.offer .danger',
    play: (server) => server.offer(600_000, inDanger, whyMe({ askedInByName: 'Amal' })),
  },
  {
    name: 'a rest',
    selector: '.is-resting',
    play: (server) =>
      server.show({
        availability: 'available',
        awayReason: null,
        work: { kind: 'idle', since: server.now(), restsUntil: server.now() + 95_000 },
      }),
  },
  { name: 'an offer about to end', selector: '.is-ending', play: (server) => server.offer(4_000) },
  {
    name: 'a call',
    selector: '.call .spinner',
    play: (server) => server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now()) } }),
  },
  { name: 'asking a colleague in', selector: '.join select', play: () => undefined, press: '#side-tab-people' },
  { name: 'waiting for a colleague', selector: '.join-waiting', play: () => undefined, press: '.join form button' },
  {
    name: 'a call with an employee beside the citizen, who said something beforehand',
    selector: '.call .staff-note',
    press: '#side-tab-call',
    play: (server) => server.converse({ classId: branded<ClassId>('staff'), staff: maja }),
  },
  {
    name: 'a call that the employee has left',
    selector: '.call .staff-beside.is-gone',
    play: (server) => server.converse({ classId: branded<ClassId>('staff'), staff: { ...maja, hasLeft: true } }),
  },
  {
    name: 'a call with a colleague and somebody in danger',
    selector: '.call .danger',
    play: (server) => {
      const now = server.now()
      server.converse({ ...inDanger, others: [amal], joins: [interpreterJoin(now, { isOffered: true }), join(now)] })
    },
  },
  {
    name: 'a caller who is lost',
    selector: '.call .cover',
    play: (server) =>
      server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now(), { isCallerLost: true }) } }),
  },
  {
    name: 'a call, the citizen cannot hear',
    selector: '.trouble-hearing',
    play: (server) =>
      server.show({
        work: { kind: 'in-call', since: server.now(), call: call(server.now(), { hasTroubleHearing: true }) },
      }),
  },
  {
    name: 'wrap-up',
    selector: '.wrap-up',
    play: (server) =>
      server.show({
        availability: 'available',
        awayReason: null,
        work: wrapUp(server.now(), 60_000),
      }),
  },
  {
    name: 'why the call came',
    selector: '.why-this-call .timeline',
    play: () => undefined,
    press: '.why-this-call > summary',
  },
  {
    name: 'the server away',
    selector: '.notice',
    play: (server) => {
      server.doorCode = 'not-ready'
      server.dropConnections()
    },
  },
]

for (const look of looks) {
  t.test(`before the desk: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    try {
      const form = await open(server, look, {})
      await check(t, form, 'sign-in', '.sign-in')
      await form.page.keyboard.press('Enter')
      await check(t, form, 'sign-in with a fault', '.fault')
      await form.close()
      const checking = await open(server, look, { cookie: server.cookieOf(sara) })
      await check(t, checking, 'the check of the devices', '.device-check video')
      await checking.close()
      const denied = await open(server, look, { cookie: server.cookieOf(sara), before: allowNothing })
      await check(t, denied, 'devices that may not be used', '.device-check .fault')
      await denied.close()
      const other = await open(server, look, { cookie: server.cookieOf(niels) })
      await check(t, other, 'somebody else’s page', '.whole-page-card .button')
      await other.close()
    } finally {
      await server.stop()
    }
  })

  t.test(`the desk: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    server.view = { ...server.view, availability: 'available', awayReason: null }
    const screen = await open(server, look, { cookie: server.cookieOf(sara) })
    try {
      for (const { name, selector, play, press } of deskStates) {
        await screen.page.waitForSelector('.desk')
        play(server)
        if (press !== undefined) await screen.page.locator(press).click()
        await check(t, screen, name, selector)
      }
      server.doorCode = null
      await screen.page.waitForSelector('.notice', { hidden: true })
      await screen.page.click('.menu-button')
      await check(t, screen, 'the menu', '.menu:popover-open')
      await screen.page.click('.menu .menu-item:nth-of-type(2)')
      await check(t, screen, 'the keys', '#shortcuts-dialog[open]')
      await screen.page.keyboard.press('Escape')
      server.replaceDesk()
      await check(t, screen, 'replaced', '.whole-page-card .primary')
      t.same(screen.complaints, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })

  t.test(`the page of one call: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const cookie = server.cookieOf(niels)
    try {
      const page = await open(server, look, { cookie, path: '/agent/supervisor.html#call' })
      await check(t, page, 'no call yet', '.call-search')
      await page.page.type('.call-search input', '12345')
      await page.page.keyboard.press('Enter')
      await check(t, page, 'not an id', '.call-search .fault')
      server.explain = () => new Promise(() => undefined)
      await page.page.evaluate((id) => (location.hash = `#call=${id}`), CALL_ID)
      await check(t, page, 'an explanation under way', '.explanation-head[aria-busy=true]')
      server.explain = () => 'unknown-call'
      await page.page.reload()
      await check(t, page, 'a call nobody knows', '.explanation-head + p button')
      server.explain = () => 'not-ready'
      await page.page.reload()
      await check(t, page, 'an explanation that does not come', '.explanation-fault')
      server.explain = () => explanation()
      await page.page.reload()
      await page.page.waitForSelector('.timeline')
      await page.page.$$eval('.timeline details', (all) => all.forEach((details) => (details.open = true)))
      await check(t, page, 'a call in full', '.reasons')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await check(t, page, 'a call, the server away', '.connection.tone-alarm')
      t.same(page.complaints, [])
      await page.close()
    } finally {
      await server.stop()
    }
  })

  t.test(`the rules: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const cookie = server.cookieOf(niels)
    try {
      server.policy = () => new Promise(() => undefined)
      const page = await open(server, look, { cookie, path: '/agent/supervisor.html#rules' })
      await check(t, page, 'rules under way', '.rules-state[aria-busy=true]')
      server.policy = policyReply
      await page.page.reload()
      await check(t, page, 'rules in full', '.bounds-card tbody tr')
      server.policy = () => 'not-ready'
      await page.page.click('.rules-head button')
      await check(t, page, 'rules that do not come again', '.rules-state .fault')
      await page.page.reload()
      await check(t, page, 'rules that do not come', '.rules-state .fault')
      server.policy = () => policyReply({ classes: [], bounds: [], loadedAt: null })
      await page.page.click('.rules-head button')
      await check(t, page, 'no rules', '.bounds-card .empty')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await check(t, page, 'rules, the server away', '.connection.tone-alarm')
      server.policy = () => 'not-signed-in'
      await page.page.click('.rules-head button')
      await check(t, page, 'signed out', '.sign-in')
      t.same(page.complaints, [])
      await page.close()
    } finally {
      await server.stop()
    }
  })

  t.test(`the supervisor's pages: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const cookie = server.cookieOf(niels)
    try {
      const floor = await open(server, look, { cookie, path: '/agent/supervisor.html' })
      await check(t, floor, 'the floor', '.tiles')
      server.showFloor({ kiosks: troubledKiosks(Date.now()) })
      await check(t, floor, 'screens with faults', '.notices-list')
      server.showFloor({ warnings: someWarnings(Date.now()) })
      await check(t, floor, 'warnings', '.warnings-card li button')
      server.showFloor({ agents: [], queues: [], days: [], sites: [], warnings: [] })
      await check(t, floor, 'an empty floor', '.empty')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await check(t, floor, 'a floor from before', '.is-stale')
      await floor.close()
      const figures = await open(server, look, { cookie, path: '/agent/figures.html' })
      await check(t, figures, 'figures', '.uplot')
      await figures.page.click('summary')
      await check(t, figures, 'how they are counted', 'details[open]')
      server.figures = () => 'not-ready'
      await figures.page.click('.range-days .primary')
      await check(t, figures, 'figures that could not be loaded', '.figures-state[role=alert]')
      t.same([...floor.complaints, ...figures.complaints], [])
      await figures.close()
    } finally {
      await server.stop()
    }
  })
}
