/** Between two people: a secret is planted everywhere it could go, and found nowhere. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, isAccessible, openKiosks, until, words } from './kiosk-page.ts'
import { KEY_DATABASE } from '#server/client/kiosk-key.ts'

const SECRET = 'Hemmelighed'

/** Everything that is kept in the page, its origin and its address, as text. */
const everywhere = (page: Page) =>
  page.evaluate(async () => {
    const kept: unknown[] = [
      document.documentElement.outerHTML,
      document.title,
      document.cookie,
      window.name,
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
      String(getSelection()),
      await navigator.clipboard.readText().catch(() => ''),
      (await indexedDB.databases()).map(({ name }) => name),
    ]
    for (const input of document.querySelectorAll<HTMLInputElement>('input, textarea')) kept.push(input.value)
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) kept.push(name, url)
    }
    return kept.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')
  })

async function plant(page: Page): Promise<void> {
  await page.evaluate(async (secret) => {
    localStorage.setItem(secret, secret)
    sessionStorage.setItem('text', secret)
    document.cookie = `place=${secret}; Path=/`
    document.cookie = `matter=${secret}`
    document.title = secret
    window.name = secret
    history.replaceState({ secret }, '', `?${secret}`)
    document.documentElement.dataset['text'] = secret
    document.body.dataset['text'] = secret
    document.body.append(Object.assign(document.createElement('p'), { textContent: secret }))
    await navigator.clipboard.writeText(secret)
    await (await caches.open('shared')).put(`/kiosk/${secret}`, new Response(secret))
    await new Promise((resolve, reject) => {
      const asked = indexedDB.open(secret)
      asked.onsuccess = () => resolve(asked.result.close())
      asked.onerror = reject
    })
  }, SECRET)
}

const look = (page: Page) =>
  page.evaluate(() => {
    const { lang, dir, dataset } = document.documentElement
    return { lang, dir, ...dataset, scroll: scrollY, focused: document.activeElement?.localName }
  })

const USUAL = { lang: 'da', dir: 'ltr', textSize: 'A', contrast: 'usual', reach: 'usual', scroll: 0, focused: 'h1' }

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('nothing of the last person is left, wherever it was', async (t) => {
    const { server, page } = await kiosk(t)
    await page
      .browserContext()
      .overridePermissions(server.origin, ['clipboard-read', 'clipboard-sanitized-write', 'camera', 'microphone'])
    await untilHeading(page, 'Brug for hjælp?')
    const historyLength = await page.evaluate(() => history.length)
    const kioskKey = await page.evaluate(() => localStorage.getItem('skranke.kiosk'))
    await page.evaluate(async (name) => {
      const asked = indexedDB.open(name)
      await new Promise((resolve) => (asked.onsuccess = resolve))
      asked.result.close()
    }, KEY_DATABASE)
    await press(page, 'Jeg har et nummer')
    await untilHeading(page, 'Tast dit nummer')
    await page.keyboard.type('234')
    await press(page, 'Tilbage')
    await getInLine(page)
    await press(page, 'A++, størst tekst')
    await press(page, 'Kontrast')
    await press(page, 'Flyt ned')
    await speak(page, 'Dansk', 'العربية')
    await page.waitForFunction(() => document.documentElement.dir === 'rtl')
    const ticket = server.call?.status === 'waiting' ? server.call.ticket : ''
    server.connectTo(SECRET)
    await page.waitForFunction((secret) => document.querySelector('h1')?.textContent?.includes(secret), {}, SECRET)
    await plant(page)
    t.match(await everywhere(page), new RegExp(`(${SECRET}[^]*){12}`), 'it is there to be found')
    await page.evaluate(() => scrollTo(0, 200))

    server.end('answered', 'agent-hung-up')
    await page.waitForFunction((secret) => !document.querySelector('h1')?.textContent?.includes(secret), {}, SECRET)
    await page.locator('.goodbye .actions .button:last-of-type').click()
    await untilHeading(page, 'Brug for hjælp?')
    t.match(await words(page), 'Skærmen er slettet til den næste')
    await isAccessible(t, page, 'idle, cleared for the next')
    await page.waitForFunction(() => !document.body.innerText.includes('Skærmen er slettet'))
    const left = await everywhere(page)
    t.notMatch(left, SECRET, 'the secret is nowhere')
    t.ok(ticket.length > 0 && !left.includes(ticket), 'nor is the ticket')
    t.same(await look(page), USUAL, 'the screen is as everybody finds it')
    t.equal(await page.evaluate(() => history.length), historyLength, 'there is no way back')
    t.equal(await page.evaluate(() => localStorage.getItem('skranke.kiosk')), kioskKey, 'the machine knows who it is')
    t.same(
      await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
      [KEY_DATABASE],
      'and can prove it',
    )
  })

  t.test('«Slet» on the welcome screen, in line after one question, and what was open', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(await page.$('::-p-aria([name="Slet og start forfra"])'), null, 'there is nothing to clear')
    await press(page, 'Kontrast')
    await press(page, 'Slet og start forfra')
    await page.waitForFunction(() => document.documentElement.dataset['contrast'] === 'usual')
    await getInLine(page)
    await press(page, 'Slet og start forfra')
    await page.waitForFunction(() => document.body.innerText.includes('Så mister du din plads i køen.'))
    await isAccessible(t, page, 'clear and start over, in line')
    await press(page, 'Nej, fortsæt')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.equal(server.asked['call.hang-up'].length, 0, 'the place is still theirs')
    await press(page, 'Slet og start forfra')
    await press(page, 'Slet og start forfra', 'dialog[open]')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(server.asked['call.hang-up'].length, 1)
    t.equal(await page.$('dialog'), null)
  })

  t.test('chosen and walked away from: the next finds the usual', async (t) => {
    // Sixty seconds are a moment here.
    const { page } = await kiosk(t, {
      before: () => {
        const later = globalThis.setTimeout
        Object.assign(globalThis, { setTimeout: (work: () => void, ms = 0) => later(work, ms === 60_000 ? 700 : ms) })
      },
    })
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'A+, stor tekst')
    await until(page, ':root[data-text-size="A+"]')
    await until(page, ':root[data-text-size="A"]')
    t.equal(await page.$('::-p-aria([name="Slet og start forfra"])'), null)
  })
})
