/** [R43] A supervisor in a call, in three real browsers: who hears whom, by the energy of the sound, and that both sides see it. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { heard } from '#loadtest/browser/heard-of-each.ts'
import { openPage, press, says, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

const READY = 'Alt er i orden – jeg er klar'
const LONE = 'supervisor-lone'

const soundOf = async (page: Page, who: string) =>
  (await heard(page))[who] ?? { framesDecoded: 0, packets: 0, energy: 0 }

/** Waits until a page hears more of somebody than it did. The made-up microphones beep once a second. */
async function hears(page: Page, who: string): Promise<void> {
  const before = await soundOf(page, who)
  let now = before
  await eventually(
    () => `${who} to be heard: ${JSON.stringify({ before, now })}`,
    async () => {
      now = await soundOf(page, who)
      return now.packets > before.packets + 10 && now.energy > before.energy
    },
  )
}

async function saysNoMore(page: Page, words: string): Promise<void> {
  await page.waitForFunction((each) => !document.body.innerText.includes(each), {}, words)
}

/** Chooses the agent of that name, once they are in a call by what the floor shows. */
async function choose(floor: Page, name: string): Promise<void> {
  const select = 'form[aria-labelledby=supervision-title] select'
  const found = await floor.waitForFunction(
    (options, text) =>
      [...document.querySelectorAll<HTMLOptionElement>(options)].find((each) => each.textContent.includes(text))?.value,
    {},
    `${select} option`,
    name,
  )
  await floor.select(select, String(await found.jsonValue()))
}

t.test('a supervisor listens, whispers and joins', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 5 })
  t.teardown(() => browser.close())
  const password = system.access.accounts[0]?.password ?? ''
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  const staff = async (path: string, username: string): Promise<Page> => {
    const page = await openPage(browser, { width: 1280, height: 720 })
    await page.goto(`${system.url}/agent/${path}`)
    await signIn(page, { username, password })
    return page
  }
  const [bo, lone] = await Promise.all([staff('', 'bo'), staff('supervisor.html', 'lone')])
  const journal = () =>
    system.db.selectFrom('journal').select('event').where('type', 'like', 'call.supervis%').orderBy('seq').execute()
  await press(kiosk, 'Ring efter hjælp')
  await press(bo, READY)
  await press(bo, 'Svar')
  await Promise.all([hears(kiosk, 'agent-bo'), hears(bo, 'caller')])

  await t.test('listening: they hear both, neither hears them, and both see it', async (t) => {
    await choose(lone, 'Bo Lindholm')
    await press(lone, 'Lyt med')
    await Promise.all([hears(lone, 'agent-bo'), hears(lone, 'caller')])
    await says(kiosk, 'Lone er leder her og ser og hører med.')
    await says(bo, 'Lone Bruun ser og lytter med. Borgeren kan se det.')
    for (const page of [kiosk, bo]) t.equal((await soundOf(page, LONE)).packets, 0)
  })

  await t.test('whispering: the agent hears them, and the citizen nothing', async (t) => {
    await press(lone, 'Tal til medarbejderen')
    await Promise.all([hears(bo, LONE), hears(lone, 'caller')])
    await says(bo, 'Borgeren hører det ikke')
    await says(kiosk, 'Lone er leder her og ser og hører med.')
    await hears(bo, LONE)
    t.same(await soundOf(kiosk, LONE), { framesDecoded: 0, packets: 0, energy: 0 })
  })

  await t.test('joining: all hear them; and listening again nobody does', async (t) => {
    await press(lone, 'Vær med')
    await Promise.all([hears(kiosk, LONE), hears(bo, LONE)])
    await says(kiosk, 'Lone er leder her og er med i samtalen.')
    await press(lone, 'Lyt med')
    await says(kiosk, 'Lone er leder her og ser og hører med.')
    await untilButton(lone, 'Gå ud')
    const before = await Promise.all([kiosk, bo].map((page) => soundOf(page, LONE)))
    await Promise.all([hears(lone, 'caller'), hears(lone, 'agent-bo'), hears(kiosk, 'agent-bo')])
    const after = await Promise.all([kiosk, bo].map((page) => soundOf(page, LONE)))
    for (const [at, { packets }] of after.entries()) t.ok(packets <= (before[at]?.packets ?? 0), `${packets} packets`)
  })

  await t.test('out, and gone with the page: nobody is said to be there who is not; all of it is kept', async (t) => {
    await press(lone, 'Gå ud')
    await Promise.all([saysNoMore(kiosk, 'Lone'), saysNoMore(bo, 'Lone')])
    await choose(lone, 'Bo Lindholm')
    await press(lone, 'Lyt med')
    await says(kiosk, 'Lone er leder her')
    await lone.close()
    await Promise.all([saysNoMore(kiosk, 'Lone'), saysNoMore(bo, 'Lone')])
    const events = (await journal()).map(({ event }) => event as { type: string; kind?: string; byId: string })
    t.same(
      events.map(({ type, kind }) => kind ?? type),
      ['listen', 'whisper', 'join', 'listen', 'call.supervision-ended', 'listen', 'call.supervision-ended'],
    )
    t.ok(events.every(({ byId }) => byId === 'lone'))
    await press(kiosk, 'Læg på')
    await says(kiosk, 'Tak for i dag')
    await eventually('no room to be left', async () => (await system.mediaRoomCount()) === 0)
  })
})
