/** An employee at the kiosk: in by PIN or badge, in the call together with the citizen, and gone without a trace. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { hears, isAccessible, openKiosks, words } from './kiosk-page.ts'
import type { KioskServer } from './kiosk-server.ts'
import { MAJA } from './scripted-call.ts'

const BADGE = 'aB3'.repeat(8)
const BESIDE = 'Medarbejder: Maja, Borgerservice Kvik + borger'

async function key(page: Page, digits: string): Promise<void> {
  await page.waitForFunction(() => performance.now() - ((globalThis as { tapAt?: number }).tapAt ?? -1e4) > 450)
  for (const digit of digits) await page.locator(`::-p-aria([name="${digit}"][role="button"])`).click()
}

async function signIn(page: Page): Promise<void> {
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'For medarbejdere')
  await untilHeading(page, 'Dit medarbejdernummer')
  await page.keyboard.type('1001')
  await press(page, 'Næste')
  await untilHeading(page, 'Din PIN-kode')
  await page.keyboard.type('246810')
  await press(page, 'Log ind')
  await untilHeading(page, 'Hej Maja')
}

/** As a reader does it: all at once, and Enter. */
const readBadge = (page: Page, badge: string) =>
  page.evaluate((code) => {
    const target = document.activeElement ?? document.body
    for (const character of [...code, 'Enter']) {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: character, bubbles: true, cancelable: true }))
    }
  }, badge)

const includes = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text)
const everything = (page: Page) =>
  page.evaluate(() => document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage]))

t.test('an employee at the kiosk', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('PIN, note, call: both are named; the employee goes and the call goes on', async (t) => {
    const { server, page } = await kiosk(t, { server: (s) => s.classIds.push('staff' as (typeof s.classIds)[number]) })
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'For medarbejdere')
    await untilHeading(page, 'Dit medarbejdernummer')
    await isAccessible(t, page, 'staff, number')
    await key(page, '10012')
    await page.locator('::-p-aria([name="Slet"][role="button"])').click()
    await press(page, 'Næste')
    await untilHeading(page, 'Din PIN-kode')
    await key(page, '246810')
    t.notMatch(await everything(page), '246810', 'the PIN stands nowhere')
    await isAccessible(t, page, 'staff, PIN')
    server.staffCode = 'wrong-credentials'
    await press(page, 'Log ind')
    await includes(page, 'Det passede ikke sammen')
    await isAccessible(t, page, 'staff, wrong PIN')
    server.staffCode = null
    await page.keyboard.type('246810')
    await press(page, 'Log ind')
    await untilHeading(page, 'Hej Maja')
    t.same(server.asked['staff.sign-in'].at(-1), { way: { kind: 'pin', number: '1001', pin: '246810' } })
    await press(page, 'Vi har papirerne her')
    await press(page, 'Borgeren hører dårligt')
    await press(page, 'Vi har papirerne her')
    await isAccessible(t, page, 'staff, signed in')
    await press(page, 'Ring sammen med borgeren')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.match(server.asked['call.start'], [{ withStaff: { note: { words: ['hears-badly'], text: '' } } }])
    t.match(await words(page), BESIDE)
    await isAccessible(t, page, 'staff, in line')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    t.match(await words(page), BESIDE)
    await isAccessible(t, page, 'staff, in the conversation')
    await press(page, 'Jeg går nu')
    await page.waitForFunction((beside) => !document.body.innerText.includes(beside), {}, BESIDE)
    await untilHeading(page, 'Du taler med Amal')
    t.equal(server.asked['staff.leave-call'].length, 1)
    t.equal(server.asked['call.hang-up'].length, 0, 'nobody hung up')
  })

  t.test('reset: the next person finds nobody signed in, and calls as a citizen', async (t) => {
    const { server, page } = await kiosk(t)
    await signIn(page)
    await press(page, 'Borgeren er urolig lige nu')
    await press(page, 'Ring sammen med borgeren')
    await includes(page, BESIDE)
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    await hears(server, 'staff.sign-out', 1)
    t.notMatch(await everything(page), /Maja|urolig|1001/)
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.equal(server.asked['call.start'][1]?.withStaff, undefined)
    t.notMatch(await words(page), 'Medarbejder: Maja')
  })

  t.test('a badge on the idle screen; the Enter of the reader presses nothing', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    await page.$eval('.button.call', (button) => (button as HTMLElement).focus())
    await readBadge(page, BADGE)
    await untilHeading(page, 'Hej Maja')
    t.same(server.asked['staff.sign-in'], [{ way: { kind: 'badge', badge: BADGE } }])
    t.equal(server.asked['call.start'].length, 0)
    await press(page, 'Log ud')
    await untilHeading(page, 'Brug for hjælp?')
    await hears(server, 'staff.sign-out', 1)
    await readBadge(page, 'tooShort123')
    t.equal(server.asked['staff.sign-in'].length, 1, 'a few letters are no badge')
  })

  t.test('over on the server: the note and the name are gone; a lost connection asks anew', async (t) => {
    const { server, page } = await kiosk(t)
    await signIn(page)
    await press(page, 'Borgeren er urolig lige nu')
    server.staff = null
    server.show(null)
    await untilHeading(page, 'Brug for hjælp?')
    await signIn(page)
    t.equal(await page.$('.note-words [aria-pressed="true"]'), null, 'nothing is chosen')
    server.goAway()
    await includes(page, 'Vi har ikke forbindelse lige nu')
    server.comeBack()
    // The scripted server remembers; the page must not.
    await page.waitForFunction(() => !document.body.innerText.includes('Vi har ikke forbindelse lige nu'))
    await untilHeading(page, 'Brug for hjælp?')
    t.same(server.staff, MAJA)
  })

  t.test('loaded again in the middle: the call is there, the employee is named and not signed in', async (t) => {
    const { server, page } = await kiosk(t)
    await signIn(page)
    await press(page, 'Ring sammen med borgeren')
    await includes(page, BESIDE)
    server.staff = null
    await page.reload()
    await untilHeading(page, 'Er du der stadig?')
    await press(page, 'Ja, fortsæt')
    await includes(page, BESIDE)
    await press(page, 'Læg på')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Ring efter hjælp')
    await hears(server, 'call.start', 2)
    t.equal(server.asked['call.start'][1]?.withStaff, undefined)
  })

  t.test('small, lying, dark and from right to left', async (t) => {
    const sizes: readonly { width: number; height: number; isDark?: boolean; server?: (s: KioskServer) => void }[] = [
      { width: 320, height: 640 },
      { width: 1920, height: 1080, isDark: true },
      { width: 1080, height: 1920, server: (s) => (s.defaultLanguage = 'ar') },
    ]
    for (const size of sizes) {
      const { server, page } = await kiosk(t, size)
      const name = `staff, ${size.width}${size.server === undefined ? '' : ', Arabic'}`
      await page.waitForSelector('.welcome')
      await page.waitForSelector('.welcome .foot .button')
      await isAccessible(t, page, `${name}, idle`)
      await readBadge(page, BADGE)
      await page.waitForSelector('.staff-ready')
      await isAccessible(t, page, `${name}, ready`)
      await page.locator('.staff-ready .call').click()
      await page.waitForSelector('.staff-banner')
      await isAccessible(t, page, `${name}, in line`)
      server.connectTo('Amal')
      await page.waitForSelector('.conversation .staff-banner')
      await isAccessible(t, page, `${name}, conversation`)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      t.equal(over, 0, `${name}: nothing is wider than the screen`)
    }
  })
})
