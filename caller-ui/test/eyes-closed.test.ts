/** From the idle screen to the goodbye and the next person, by what is heard: F8, Tab and Enter, and no look at the page. */
import t from 'tap'
import { press, speak, untilHeading } from './browser.ts'
import { bringVoice, Listener, spokenIn } from './fake-voice.ts'
import { isAccessible, openKiosks } from './kiosk-page.ts'
import { clockAhead, putForward } from './page-clock.ts'
import { wordsOf } from './states/words.ts'

t.test('the kiosk page, heard', async (t) => {
  const open = await openKiosks(t)
  const say = await wordsOf('da')
  const offered = `::-p-aria([name="${say('comfort.hear')}"][role="button"])`

  t.test('from idle to goodbye and the next person with F8, Tab and Enter', async (t) => {
    const { page, server } = await open(t, { before: [bringVoice, clockAhead] })
    const ear = new Listener(page)
    await page.locator(offered).wait()
    t.same(await spokenIn(page), [], 'nothing is said unasked')

    await page.keyboard.press('F8')
    await ear.hear(say('comfort.hear-how'))
    await ear.hear(say('idle.title'))
    await ear.hear(say('idle.what'))
    await ear.choose(say('idle.call'))

    await ear.hear(say('waiting.position', { position: 2 }))
    await ear.hear(say('waiting.ask-language'))
    await ear.choose(say('waiting.skip'))
    await ear.hear(say('waiting.ask-matter'))
    await ear.choose(say('waiting.dont-know'))
    await ear.hear(say('waiting.ask-time'))
    await ear.choose(say('waiting.more-time'))
    await ear.hear(say('waiting.ask-mode'))
    await ear.choose(say('waiting.keep-mode'))
    await ear.hear(say('waiting.noted'))
    await putForward(page, 60_000)
    server.moveTo(1)
    await ear.hear(say('waiting.position', { position: 1 }))
    server.moveTo(3)
    await untilHeading(page, say('waiting.position', { position: 3 }))

    server.connectTo('Amal')
    const until = await ear.hear(say('conversation.with', { name: 'Amal' }))
    t.ok(until.length > 0)
    t.notOk(
      until.includes(say('waiting.position', { position: 3 })),
      'of another place one hears once a minute at most',
    )
    await ear.choosesLast(say('conversation.hang-up'))

    await ear.hear(say('goodbye.thanks'))
    await ear.hear(say('goodbye.thanks-what'))
    await ear.choose(say('goodbye.again'))
    await untilHeading(page, say('idle.title'))
    await page.locator(offered).wait()
    await page.keyboard.press('Tab')
    t.notOk((await ear.rest()).includes(say('idle.title')), 'the next person is not read to unasked')

    await page.keyboard.press('F8')
    await ear.hear(say('idle.title'))
    t.same(server.asked['call.start'].length, 1)
    t.match(server.asked['call.refine'], [{ classId: 'more-time' }])
    t.same(server.asked['call.hang-up'].length, 1)
  })

  t.test('the button does the same, and what is read follows the screen into another language', async (t) => {
    const { page } = await open(t, { before: bringVoice })
    const english = await wordsOf('en')
    const ear = new Listener(page)
    await press(page, say('comfort.hear'))
    await ear.hear(say('idle.title'))
    await isAccessible(t, page, 'read aloud')
    await speak(page, 'Dansk', 'English')
    await ear.hear(english('idle.title'))
    t.equal((await spokenIn(page)).at(-1)?.lang, 'en_GB')
    await press(page, english('comfort.hear'))
    await ear.rest()
    await press(page, english('idle.have-ticket'))
    await untilHeading(page, english('number.type'))
    t.same(await ear.rest(), [], 'stopped is stopped')
  })

  t.test('without a voice there is no button, and its key does nothing', async (t) => {
    const { page } = await open(t)
    await untilHeading(page, say('idle.title'))
    await page.waitForResponse((answer) => answer.url().endsWith('/prompts/manifest.json'))
    await page.keyboard.press('F8')
    await press(page, say('idle.have-ticket'))
    await untilHeading(page, say('number.type'))
    t.equal(await page.$(offered), null)
  })

  t.test('what is recorded is played, and what is not is left out where the browser has no voice', async (t) => {
    const { page } = await open(t, { before: bringRecordings, lost: /prompts\/da\// })
    const played = () => page.evaluate(() => (globalThis as unknown as { played: string[] }).played)
    await press(page, say('comfort.hear'))
    await page.waitForFunction(() => (globalThis as unknown as { played: string[] }).played.length === 3)
    t.same(
      await played(),
      ['idle.title.opus', 'idle.call.wav', 'idle.have-ticket.opus'].map((file) => `/kiosk/prompts/da/${file}`),
    )
  })
})

/** Before the page: three recordings, which have been played as soon as they begin. */
function bringRecordings(): void {
  const played: string[] = []
  Object.assign(globalThis, { played })
  const { fetch } = globalThis
  const manifest = { da: ['idle.title.opus', 'idle.call.wav', 'idle.have-ticket.opus'] }
  globalThis.fetch = async (what, how) =>
    String(what).endsWith('/prompts/manifest.json') ? Response.json(manifest) : fetch(what, how)
  HTMLMediaElement.prototype.play = async function play(this: HTMLMediaElement) {
    if (this.src.includes('/prompts/')) played.push(new URL(this.src).pathname)
    queueMicrotask(() => this.dispatchEvent(new Event('ended')))
  }
}
