/** Two windows, a reload, a computer that slept: the work is right afterwards, and the agent is told in words. */
import t from 'tap'
import type { AgentView } from '#server/contract/views.ts'
import { absenceOf } from '../model/absence.ts'
import { LastAlive } from '../session/last-alive.ts'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { agentView, branded, call } from './people.ts'
import { wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)
/** Resolves once `look` holds: of the server, which no page can be asked about. */
const until = async (look: () => boolean): Promise<void> => {
  while (!look()) await new Promise((wake) => setTimeout(wake, 20))
}
const LOST = { availability: 'away', awayReason: 'connection-lost' } as const

deskTest(
  'another window is told of the first, and takes over when it is asked to',
  {},
  async (t, { server, screen }) => {
    const since = String(Date.now() - 600_000)
    server.windows.occupied = { since, where: 'elsewhere', work: 'in-call', siteName: 'Nørrebro Bibliotek' }
    server.dropConnections()
    await screen.heading('Du arbejder et andet sted')
    await screen.saysLike(
      /en anden browser eller på en anden computer, siden kl\. \d\d\.\d\d\. Du er i et opkald med Nørrebro/,
    )
    t.match(await screen.page.title(), /Skranke/)
    server.windows.occupied = { since, where: 'here', work: 'wrap-up' }
    await screen.press('Se efter igen')
    await screen.heading('Du arbejder i et andet vindue')
    await screen.says('Du er i gang med efterbehandling.')
    t.same(
      server.windows.claims.map(({ takesOver }) => takesOver),
      [false, false, false],
      'nothing was taken over',
    )
    server.converse()
    await screen.press('Tag over her')
    await screen.find('button', 'Læg på')
    server.dropConnections()
    await screen.says('Forbindelsen er tilbage')
    t.same(server.windows.claims.map(({ takesOver }) => takesOver).slice(-2), [true, false], 'once, and not for ever')
  },
)

deskTest(
  'a tab keeps its name through a reload; one that was duplicated gets another',
  {},
  async (t, { server, screen }) => {
    const deskIds = () => server.windows.claims.map(({ deskId }) => deskId)
    server.converse()
    await screen.find('button', 'Læg på')
    screen.page.on('dialog', (dialog) => void dialog.accept())
    await screen.page.reload()
    await screen.find('button', 'Læg på')
    const [first, second] = deskIds()
    t.match(first, /^[0-9a-f]{32}$/)
    t.equal(second, first)
    // The window that a page opens has a copy of everything that the tab remembers.
    const opened = new Promise((resolve) => screen.page.once('popup', resolve))
    await screen.page.evaluate(() => void window.open(location.href))
    await opened
    await until(() => deskIds().length >= 3)
    t.match(deskIds()[2], /^[0-9a-f]{32}$/)
    t.not(deskIds()[2], first)
  },
)

deskTest('a window that was replaced neither rings nor holds anybody', {}, async (t, { server, screen }) => {
  server.offer(600_000)
  await screen.heading('Nørrebro Bibliotek')
  server.replaceDesk()
  await screen.heading('Du er i gang i et andet vindue')
  t.notMatch(await screen.page.title(), /Nørrebro/)
})

deskTest('a connection that died in a sleep is not waited for', {}, async (_t, { server, screen }) => {
  const { windows } = server
  server.offer(600_000)
  await screen.heading('Nørrebro Bibliotek')
  server.view = { ...server.view, ...LOST, work: { kind: 'idle', since: server.now(), restsUntil: null } }
  await screen.page.evaluate(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 3_600_000
    // Somebody looks at the page again.
    document.dispatchEvent(new Event('visibilitychange'))
  })
  // Whatever is said on it shows that no sign of life came for an hour.
  await until(() => windows.claims.length > 1)
  await screen.says('men var uden forbindelse i 1 t')
  await screen.says('Forbundet')
  // Now nothing comes back on it.
  const { helloCount } = windows
  const connectedCount = windows.claims.length
  windows.isSilent = true
  await screen.page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
  await until(() => windows.helloCount > helloCount)
  windows.isSilent = false
  await until(() => windows.claims.length > connectedCount)
  await screen.says('Forbundet')
})

deskTest('what became of the work while the connection was gone', {}, async (_t, { server, screen }) => {
  const sleep = async (after: Partial<AgentView>) => {
    server.doorCode = 'not-ready'
    server.dropConnections()
    await screen.says('Ingen forbindelse')
    server.view = { ...server.view, ...after }
    server.doorCode = null
    await screen.says('Forbundet')
  }
  const idle = () => ({ work: { kind: 'idle', since: server.now(), restsUntil: null } }) as const
  const ready = { availability: 'available', awayReason: null } as const
  server.offer(600_000)
  await screen.heading('Nørrebro Bibliotek')
  await sleep({ ...idle(), ...LOST })
  await screen.says('Du blev tilbudt et opkald fra Nørrebro Bibliotek')
  await screen.press('Skjul')
  await screen.saysNoMore('Du blev tilbudt')
  server.show(ready)
  server.converse()
  await screen.find('button', 'Læg på')
  await sleep({})
  await screen.says('Samtalen med Nørrebro Bibliotek fortsætter.')
  await sleep({ ...idle(), ...LOST })
  await screen.says('borgeren fik sin gamle plads i køen tilbage')
  server.show(ready)
  server.offer(600_000)
  await screen.heading('Nørrebro Bibliotek')
  await screen.saysNoMore('borgeren fik sin gamle plads')
})

t.test('each kind of absence', async (t) => {
  const at = Date.now()
  const view = (changes: Partial<AgentView>) =>
    agentView(at, { availability: 'available', awayReason: null, ...changes })
  const idle = view({})
  const ringing = view({
    work: { kind: 'offered', offerId: branded('o/1'), madeAt: at, expiresAt: at + 1, call: call(at), why: null },
  })
  const talking = view({ work: { kind: 'in-call', since: at, call: call(at) } })
  const finishing = view({ work: wrapUp(at, 60_000) })
  const kindOf = (before: AgentView, after: AgentView) => absenceOf(before, after)?.kind ?? null
  t.equal(kindOf(idle, idle), null)
  t.equal(kindOf(idle, view(LOST)), 'set-away')
  t.equal(kindOf(view(LOST), view(LOST)), null, 'it was told before')
  t.equal(kindOf(ringing, ringing), null)
  t.equal(kindOf(ringing, idle), 'offer-gone')
  t.equal(kindOf(talking, talking), 'call-goes-on')
  t.equal(kindOf(talking, finishing), 'call-over')
  t.equal(kindOf(talking, view(LOST)), 'call-back-in-line')
  t.equal(kindOf(finishing, finishing), null)
  t.equal(kindOf(finishing, idle), 'wrap-up-over')
})

t.test('how long the connection was gone, also over a sleep', async (t) => {
  const minuteMs = 60_000
  const alive = new LastAlive(0)
  for (let now = 0; now <= minuteMs; now += 1_000) alive.note(now, true)
  t.equal(alive.goneMs(minuteMs + 3_000), 3_000, 'a short loss')
  // It sleeps for an hour; the first note comes before the loss is noticed.
  alive.note(61 * minuteMs, true)
  alive.note(61 * minuteMs + 1_000, true)
  alive.note(61 * minuteMs + 2_000, false)
  t.equal(alive.goneMs(61 * minuteMs + 3_000), 60 * minuteMs + 3_000)
  alive.confirm(61 * minuteMs + 3_000)
  t.equal(alive.goneMs(61 * minuteMs + 3_500), 1_000, 'nothing shorter is told')
  // A hidden page is called once a minute, with its connection all right.
  for (let now = 62 * minuteMs; now <= 65 * minuteMs; now += minuteMs) alive.note(now, true)
  t.equal(alive.goneMs(65 * minuteMs + 2_000), 2_000)
})
