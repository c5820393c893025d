/** What the citizen is shown, from the desk: every state of the panel, and the ways through it. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import type { Body } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { GuidesReply } from '#server/contract/guides.ts'
import type { Shown, ShownId, ShownMove } from '#server/contract/shown.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { openBrowser, Screen } from './browser.ts'
import { branded, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const shownId = '00000000-0000-4000-8000-000000000001' as ShownId
const page: Shown = { kind: 'page', shownId, language: 'da', title: 'Bestil tid', url: 'https://www.borger.dk/pas' }
const long: Shown = {
  kind: 'text',
  shownId,
  language: 'ar',
  title: 'جواز سفر',
  body: Array.from({ length: 30 }, (_, i) => `${i + 1}. احجز موعداً على borger.dk`).join('\n'),
}
const standing = (shown: Shown, isClosedByCitizen = false): CallForAgent['shown'] => ({
  shown,
  byName: 'Sara Holm',
  isClosedByCitizen,
})

const looks = [
  { name: 'light, desk size', isDark: false, width: 1280, height: 720 },
  { name: 'dark, narrow', isDark: true, width: 320, height: 640 },
] as const

async function openDesk(t: Test, look: (typeof looks)[number], guides?: ScriptedServer['shown']['guides']) {
  const server = await ScriptedServer.start()
  if (guides !== undefined) server.shown.guides = guides
  server.converse({ language: 'ar' })
  const screen = await Screen.open(browser, server.url, { ...look, cookie: server.cookieOf(sara) })
  t.teardown(async () => {
    await screen.close()
    await server.stop()
    if (screen.complaints.length > 0) throw new Error(screen.complaints.join('; '))
  })
  await screen.press('Vis', 'tab')
  return { server, screen }
}

const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function check(t: Test, screen: Screen, name: string, selector: string): Promise<void> {
  await screen.page.waitForSelector(selector)
  if (shotsDir !== undefined) {
    mkdirSync(shotsDir, { recursive: true })
    const file = `show-${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${screen.page.viewport()?.width}.png`
    await screen.page.screenshot({ path: resolve(shotsDir, file) as `${string}.png` })
  }
  t.same(await screen.violations(), [], `${name}: axe finds nothing`)
  const overflowPx = await screen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  t.equal(overflowPx, 0, `${name}: nothing is wider than the window`)
  t.notMatch(await screen.text(), /\b(show|side|error|page)\.[a-z]/i, `${name}: no bare ids`)
}

type Asked = Body<typeof agentRequests, 'shown.show'>['shown']
const shownAsked = (server: ScriptedServer) =>
  server.asked.flatMap(({ name, body }) => (name === 'shown.show' ? [(body as { shown: Asked }).shown] : []))
const movesAsked = (server: ScriptedServer) =>
  server.asked.flatMap(({ name, body }) => (name === 'shown.move' ? [body as ShownMove] : []))

async function until(what: string, is: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!is()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((wake) => setTimeout(wake, 10))
  }
}

for (const look of looks) {
  t.test(`the states of the panel, ${look.name}`, async (t) => {
    const { server, screen } = await openDesk(t, look)
    await check(t, screen, 'nothing is shown', '.show-guides li')
    server.converse({ language: 'ar', shown: standing(long) })
    await check(t, screen, 'a text', '.shown-copy [lang=ar]')
    server.converse({ language: 'ar', shown: standing(page) })
    await check(t, screen, 'a page', '.shown-qr')
    await screen.page.click('.show-guides li button')
    await screen.page.waitForSelector('.shown-picture')
    await screen.page.focus('.shown-copy')
    await screen.page.keyboard.press('ArrowDown')
    await screen.page.keyboard.press('ArrowDown')
    await screen.page.waitForFunction(() => document.querySelector<HTMLImageElement>('.shown-picture')?.naturalWidth)
    await check(t, screen, 'a step of a guide, pointed at', '.shown-hand')
    server.converse({ language: 'ar', shown: standing(long, true) })
    await check(t, screen, 'closed by the citizen', '.show-now [lang=ar]')
    await screen.page.$$eval('.show-form', (all) => all.forEach((form) => ((form as HTMLDetailsElement).open = true)))
    await check(t, screen, 'the forms', '.show-form[open] input')
    server.doorCode = 'not-ready'
    server.dropConnections()
    await check(t, screen, 'the server away', '.show-guides li button:disabled')
  })
}

t.test('guides that do not come, are on their way, or are none', async (t) => {
  const { promise, resolve: answer } = Promise.withResolvers<GuidesReply>()
  const answers: ScriptedServer['shown']['guides'][] = [() => 'not-ready', () => promise]
  const { server, screen } = await openDesk(t, looks[0], () => answers.shift()?.() ?? 'internal')
  await check(t, screen, 'guides that do not come', '.show-guides [role=alert]')
  await screen.press('Prøv igen')
  await check(t, screen, 'guides under way', '.show-guides [role=status]')
  answer({ guides: [] })
  await check(t, screen, 'no guides', '.show-guides .quiet')
  t.same(server.bugs, [])
})

t.test('a guide in the citizen’s language, forward, back, pointed at, and taken down', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  await screen.press('Nyt pas Arabisk')
  await screen.says('Trin 1 af 3')
  await screen.press('Næste trin')
  await screen.says('Trin 2 af 3')
  await screen.press('Forrige trin')
  await screen.says('Trin 1 af 3')
  const steps = shownAsked(server).flatMap((shown) => (shown.kind === 'guide-step' ? [shown] : []))
  t.same(
    steps.map(({ guideId, language, step, stepsCount }) => [guideId, language, step, stepsCount]),
    [1, 2, 1].map((step) => ['passport', 'ar', step, 3]),
  )
  t.equal(new Set(steps.map(({ shownId }) => shownId)).size, 3, 'each has an id of its own')
  const { shownId } = steps[2] as Asked
  await screen.page.focus('.shown-copy')
  await screen.page.keyboard.press('ArrowDown')
  await screen.page.keyboard.press('ArrowDown')
  await until('the keyboard’s hand', () => movesAsked(server).at(-1)?.pointer?.block === 1)
  await screen.page.click('.shown-copy [data-block="2"]')
  await until('the mouse’s hand', () => movesAsked(server).at(-1)?.pointer?.block === 2)
  t.match(movesAsked(server).at(-1), { shownId, pointer: { x: /0\.[45]/ } })
  await screen.page.focus('.shown-copy')
  await screen.page.keyboard.press('Escape')
  await until('no hand', () => movesAsked(server).at(-1)?.pointer === null)
  t.equal(await screen.page.$('.shown-hand'), null)
  await screen.press('Tag det ned')
  await screen.says('Borgeren ser kun dig')
})

t.test('scrolled together, and pointed at by a colleague', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  server.converse({ language: 'ar', shown: standing(long) })
  await screen.page.waitForSelector('.shown-copy')
  const callId = branded<ShownMove['callId']>(server.view.work.kind === 'in-call' ? server.view.work.call.callId : '')
  server.shown.move({ callId, shownId, pointer: { block: 3, x: 0.5, y: 0.5 } })
  await screen.page.waitForSelector('.shown-hand')
  server.shown.move({ callId, shownId, top: { block: 20, x: 0, y: 0 } })
  const top = () => screen.page.$eval('.shown-copy', ({ scrollTop }) => scrollTop)
  await screen.page.waitForFunction(() => (document.querySelector('.shown-copy')?.scrollTop ?? 0) > 200)
  t.same(movesAsked(server), [], 'what is followed is not told back')
  const before = await top()
  await screen.page.$eval('.shown-copy', (box) => void (box.scrollTop -= 200))
  await until('the scroll to be told', () => movesAsked(server).length > 0)
  t.ok((movesAsked(server).at(-1)?.top?.block ?? 99) < 20)
  t.ok((await top()) < before)
})

const windowOf = (byName: string, byParticipantId: string): CallForAgent['shown'] => ({
  shown: { kind: 'window', shownId, language: 'ar' },
  byName,
  byParticipantId,
  isClosedByCitizen: false,
})

/** Who else is in the call, where somebody is. */
const bo: CallForAgent['others'] = branded([
  { agentId: 'bo', name: 'Bo Lindholm', participantId: 'agent-bo', askedIn: null },
])

/** The page says so at once; what a test says before the server was asked would be overtaken by its answer. */
async function shareWindow(server: ScriptedServer, screen: Screen): Promise<void> {
  const before = shownAsked(server).length
  await screen.press('Del et vindue')
  await screen.says('Stop deling')
  await until('it to be shown', () => shownAsked(server).length > before)
}

for (const look of looks) {
  t.test(`a window is shared, ${look.name}`, async (t) => {
    const { server, screen } = await openDesk(t, look)
    await shareWindow(server, screen)
    const [asked] = shownAsked(server)
    t.match(asked, { kind: 'window', language: 'ar' })
    await screen.page.waitForFunction(() => document.querySelector<HTMLVideoElement>('.shown-copy video')?.videoWidth)
    await screen.page.focus('.shown-copy')
    await screen.page.keyboard.press('ArrowRight')
    await screen.page.keyboard.press('ArrowUp')
    await until('the keyboard’s hand', () => movesAsked(server).at(-1)?.pointer?.y === 0.45)
    t.match(movesAsked(server).at(-1)?.pointer, { block: 0, x: 0.55, y: 0.45 })
    await check(t, screen, 'a window, pointed at', '.shown-copy.window .shown-hand')
    const shown = { ...windowOf('Sara Holm', 'agent-sara'), shown: asked } as CallForAgent['shown']
    server.converse({ language: 'ar', shown, others: bo })
    await screen.find('button', 'Forlad samtalen')
    await check(t, screen, 'a window, and a colleague', '.controls .hang-up')
    const tops = await screen.page.$$eval('.controls button', (all) => all.map((each) => each.offsetTop))
    if (look.width > 900) t.equal(new Set(tops).size, 1, `${tops.length} buttons, all of them in one row`)
    server.converse({ language: 'ar', shown: shown === null ? null : { ...shown, isClosedByCitizen: true } })
    await screen.says('Borgeren har lukket visningen')
    await check(t, screen, 'a window, closed by the citizen', '.show-window button')
    t.equal(await screen.page.$('.shown-copy'), null)
    t.same(server.bugs, [])
  })
}

t.test('a window that ends: by hold, by the browser, by a page that is loaded anew; and a colleague’s', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  const stops = () => server.asked.filter(({ name }) => name === 'shown.stop').length
  const share = () => shareWindow(server, screen)
  await share()
  const hold = { since: Date.now(), endsAt: Date.now() + 300_000, byName: 'Sara Holm' }
  server.converse({ language: 'ar', hold })
  await screen.says('Delingen stoppede, da borgeren blev sat på vent.')
  t.equal(await screen.page.$('.show-window button'), null, 'none can be shared on hold')
  await check(t, screen, 'a window ended by a hold', '.show-window-end')
  server.converse({ language: 'ar' })
  await share()
  await screen.page.waitForSelector('.shown-copy video')
  await screen.page.$eval('.shown-copy video', (video) => {
    const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()
    track?.dispatchEvent(new Event('ended'))
  })
  await screen.says('Delingen stoppede: vinduet blev lukket')
  await until('it to be taken off', () => stops() === 1)
  await share()
  await screen.press('Stop deling')
  await until('it to be taken off', () => stops() === 2)
  await screen.says('Borgeren ser kun dig')
  server.converse({ language: 'ar', shown: windowOf('Sara Holm', 'agent-sara') })
  await until('a window that nobody sends any more to be taken off', () => stops() === 3)
  server.converse({ language: 'ar', others: bo, shown: windowOf('Bo Lindholm', 'agent-bo') })
  await check(t, screen, 'a window of a colleague, on its way', '.shown-copy.window [role=status]')
  await screen.says('Vist af Bo Lindholm')
  t.equal(stops(), 3, 'theirs is theirs')
  server.converse({ language: 'ar', mode: 'text' })
  await screen.page.waitForFunction(() => document.querySelector('.show-window button') === null)
  t.same(server.bugs, [])
})

t.test('a browser that cannot share, and one in which nothing is chosen', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  await screen.page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('none', 'NotAllowedError'))
  })
  await screen.press('Del et vindue')
  await screen.page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('none', 'NotReadableError'))
  })
  t.equal(await screen.page.$('.show-window-end'), null, 'whoever chooses none knows it')
  await screen.press('Del et vindue')
  await screen.says('Browseren kunne ikke dele et vindue.')
  await screen.page.evaluate(() => Object.assign(navigator.mediaDevices, { getDisplayMedia: undefined }))
  server.converse({ language: 'ar', hasTroubleHearing: true })
  await screen.page.waitForFunction(() => document.querySelector('.show-window button') === null)
  t.same(shownAsked(server), [])
})

t.test('a page and a number are sent, or refused in words', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  await screen.page.$$eval('.show-form', (all) => all.forEach((form) => ((form as HTMLDetailsElement).open = true)))
  await screen.fill('Hvad det er', 'Pas')
  await screen.fill('Adresse', 'http://borger.dk')
  await screen.page.click('.show-form:nth-of-type(1) button')
  await screen.says('Adressen skal begynde med https://')
  await screen.fill('Adresse', 'example.com/pas')
  server.refusals.set('shown.show', 'page-not-allowed')
  server.refusalDetail = { hosts: 'borger.dk, kk.dk' }
  await screen.page.click('.show-form:nth-of-type(1) button')
  await screen.says('Borgere kan kun få vist sider fra: borger.dk, kk.dk.')
  await screen.fill('Adresse', 'borger.dk/pas')
  await screen.page.click('.show-form:nth-of-type(1) button')
  await screen.page.waitForSelector('.shown-qr')
  t.match(shownAsked(server).at(-1), { kind: 'page', title: 'Pas', url: 'https://borger.dk/pas', language: 'ar' })
  await screen.fill('Hvem der svarer', 'Borgerservice')
  await screen.fill('Nummer', '33-66 33 66')
  await screen.page.click('.show-form:nth-of-type(2) button')
  await screen.says('33 66 33 66')
  t.match(shownAsked(server).at(-1), { kind: 'phone', label: 'Borgerservice', number: '33 66 33 66' })
  t.same(server.bugs, [])
})

t.test('the citizen closes it; a server that forgot it is told again', async (t) => {
  const { server, screen } = await openDesk(t, looks[0])
  server.converse({ language: 'ar', shown: standing(page) })
  await screen.page.waitForSelector('.shown-copy')
  const comeBack = () => {
    server.converse({ language: 'ar' })
    server.doorCode = null
  }
  const goAway = async () => {
    server.doorCode = 'not-ready'
    server.dropConnections()
    await screen.page.waitForSelector('.notice-alarm')
  }
  await goAway()
  comeBack()
  await until('it to be shown again', () => shownAsked(server).length === 1)
  t.equal(shownAsked(server)[0]?.shownId, shownId, 'under the id that the screen knows')
  server.converse({ language: 'ar', shown: standing(page, true) })
  await screen.says('Borgeren har lukket visningen')
  await goAway()
  comeBack()
  await screen.says('Borgeren ser kun dig')
  t.equal(shownAsked(server).length, 1, 'what they closed is not shown again by itself')
  await screen.press('Del et vindue')
  await screen.page.waitForSelector('.shown-copy.window video')
  await goAway()
  comeBack()
  await until('the window to be shown again', () => shownAsked(server).length === 3)
  t.same(shownAsked(server)[2], shownAsked(server)[1])
  await screen.page.waitForFunction(() => document.querySelector('.notice-alarm') === null)
  await screen.says('Stop deling')
})
