/** Every state of every screen, in both languages and both lights: nothing that axe knows to be wrong, nothing cut off. */
import t, { type Test } from 'tap'
import { openBrowser, Screen, type ScreenOptions } from './browser.ts'
import { agentView, call, niels, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const looks = [
  { name: 'Danish, light, desk size', language: 'da', isDark: false, width: 1280, height: 720 },
  { name: 'English, dark, narrow', language: 'en', isDark: true, width: 320, height: 640 },
] as const
type Look = (typeof looks)[number]

const speakEnglish = (): void => localStorage.setItem('skranke.language', 'en')
const allowNothing = (): void => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
}

function open(server: ScriptedServer, look: Look, options: ScreenOptions): Promise<Screen> {
  const { language, isDark, width, height } = look
  const before = language === 'en' ? { before: speakEnglish } : {}
  return Screen.open(browser, server.url, { isDark, width, height, ...before, ...options })
}

/** Waits for `selector`, then looks for what is wrong. */
async function check(t: Test, screen: Screen, name: string, selector: string): Promise<void> {
  await screen.page.waitForSelector(selector)
  t.same(await screen.violations(), [], `${name}: axe finds nothing`)
  const overflowPx = await screen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  t.equal(overflowPx, 0, `${name}: nothing is wider than the window`)
  t.notMatch(
    await screen.text(),
    /\b(page|idle|queues|call|ring|devices|figures?|formula)\.[a-z]/i,
    `${name}: no bare ids`,
  )
}

/** States the server can put a desk in that is signed in and ready, one after the other. */
const deskStates: readonly { name: string; selector: string; play: (server: ScriptedServer) => void }[] = [
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
  { name: 'an offer about to end', selector: '.is-ending', play: (server) => server.offer(4_000) },
  {
    name: 'a call',
    selector: '.call .spinner',
    play: (server) => server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now()) } }),
  },
  {
    name: 'a caller who is lost',
    selector: '.call .cover',
    play: (server) =>
      server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now(), { isCallerLost: true }) } }),
  },
  {
    name: 'wrap-up',
    selector: '.wrap-up',
    play: (server) =>
      server.show({
        availability: 'available',
        awayReason: null,
        work: { kind: 'wrap-up', since: server.now(), endsAt: server.now() + 60_000, call: null },
      }),
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
      for (const { name, selector, play } of deskStates) {
        await screen.page.waitForSelector('.desk')
        play(server)
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

  t.test(`the supervisor's pages: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const cookie = server.cookieOf(niels)
    try {
      const floor = await open(server, look, { cookie, path: '/agent/supervisor.html' })
      await check(t, floor, 'the floor', '.tiles')
      server.showFloor({ agents: [], queues: [] })
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
