/** Three things that are kept apart: what somebody reads, what they speak, and whether an interpreter is to come. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks } from './kiosk-page.ts'
import { wordsOf } from './states/words.ts'

/** What the page says of itself, to browsers and to those who listen. */
const written = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])

/** Through the other questions, to what was said. */
async function passTheOthers(page: Page, say: Awaited<ReturnType<typeof wordsOf>>): Promise<void> {
  for (const id of ['waiting.dont-know', 'waiting.no-more-time', 'waiting.keep-mode']) await press(page, say(id))
}

t.test('the languages of a kiosk', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('reading Arabic while speaking Danish', async (t) => {
    const { server, page } = await kiosk(t)
    const arabic = await wordsOf('ar')
    await getInLine(page)
    await press(page, 'Dansk', '.question')
    await hears(server, 'call.refine', 1)
    await speak(page, 'Dansk', 'العربية')
    await untilHeading(page, arabic('waiting.position', { position: 2 }))
    t.same(await written(page), ['ar', 'rtl'])
    t.match(server.asked['call.refine'], [{ language: 'da' }], 'the call is not told what is read')
    await isAccessible(t, page, 'in line, read in Arabic, spoken in Danish')
    await passTheOthers(page, arabic)
    await press(page, arabic('waiting.change-language'))
    await press(page, 'English', '.question')
    await hears(server, 'call.refine', 2)
    t.match(server.asked['call.refine'][1], { language: 'en' })
    t.same(await written(page), ['ar', 'rtl'], 'whoever reads one and speaks another has said so')
    server.connectTo('Amal')
    await untilHeading(page, arabic('conversation.with', { name: 'Amal' }))
    t.equal(server.call?.status === 'connected' && server.call.language, 'en')
  })

  t.test('Somali, with an interpreter, and without one in another language', async (t) => {
    const { server, page } = await kiosk(t)
    const somali = await wordsOf('so')
    await getInLine(page)
    await press(page, 'Soomaali', '.question')
    await untilHeading(page, somali('waiting.position', { position: 2 }))
    t.same(await written(page), ['so', 'ltr'], 'who says nothing of the screen reads what they speak')
    await press(page, somali('waiting.with-interpreter'))
    await hears(server, 'call.refine', 2)
    t.match(server.asked['call.refine'], [{ language: 'so' }, { isInterpreterWanted: true }])
    await passTheOthers(page, somali)
    await page.waitForFunction(
      (words) => document.body.innerText.includes(words),
      {},
      somali('waiting.interpreter-yes'),
    )
    await isAccessible(t, page, 'in line, in Somali')
    await press(page, somali('waiting.change-language'))
    await press(page, 'Dansk', '.question')
    await hears(server, 'call.refine', 3)
    const { callId = '' } = server.asked['call.start'][0] ?? {}
    const wish = { callId, language: 'da', isInterpreterWanted: false }
    t.match(server.asked['call.refine'][2], wish, 'the interpreter was for the other language')
    await untilHeading(page, 'Du er nummer 2 i køen')
  })

  t.test('the next person finds the kiosk’s own language', async (t) => {
    const { server, page } = await kiosk(t, { server: (server) => (server.defaultLanguage = 'uk') })
    const [ukrainian, urdu] = [await wordsOf('uk'), await wordsOf('ur')]
    await untilHeading(page, ukrainian('idle.title'))
    await press(page, `${ukrainian('idle.language')}: Українська`)
    await press(page, 'اردو', 'dialog[open]')
    await untilHeading(page, urdu('idle.title'))
    t.same(await written(page), ['ur', 'rtl'])
    await press(page, urdu('idle.call'))
    await untilHeading(page, urdu('waiting.position', { position: 2 }))
    await press(page, urdu('conversation.hang-up'))
    await press(page, urdu('goodbye.again'))
    await untilHeading(page, ukrainian('idle.title'))
    t.same(await written(page), ['uk', 'ltr'])
    await press(page, ukrainian('idle.call'))
    await hears(server, 'call.start', 2)
    t.match(server.asked['call.start'][0], { language: 'ur' })
    t.equal(server.asked['call.start'][1]?.language, undefined, 'what they speak is asked anew')
  })

  t.test('words that cannot be fetched: the screen stays in one that has them, and help is to be had', async (t) => {
    const lost = /\/ar-[^/]*\.js/
    const { server, page } = await kiosk(t, {
      lost,
      server: (server) => (server.heldFiles = { pattern: lost, until: Promise.resolve(), areLost: true }),
    })
    await untilHeading(page, 'Brug for hjælp?')
    await speak(page, 'Dansk', 'العربية')
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.same(await written(page), ['da', 'ltr'], 'Danish words, and said to be Danish')
    t.match(server.asked['call.start'], [{ language: 'ar' }], 'what they speak was understood')
    const polish = await wordsOf('pl')
    await press(page, 'Skærmens sprog: العربية')
    await press(page, 'Polski', 'dialog[open]')
    await untilHeading(page, polish('waiting.position', { position: 2 }))
    t.same(await written(page), ['pl', 'ltr'], 'the other languages are there')
  })
})
