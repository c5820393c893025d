/** A supervisor steps in: moves who waits, sets an agent away or signs them out, pauses a queue; each state in both looks. */
import t from 'tap'
import { openBrowser, Screen } from './browser.ts'
import { explanation } from './explained-calls.ts'
import { judge, looks, openLook } from './looks.ts'
import { branded, CALL_ID, niels, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS =
  'stepIn|daySkill|siteClose|sites|supervis|supervision|supervised|messages|moveReason|moment|notices|queues|figures|agents|error|class|explain|away'
const words = {
  listen: 'Niels Krogh ser og lytter med. Borgeren kan se det.',
  whisper: 'kan tale til dig. Borgeren hører det ikke',
  join: 'Niels Krogh er med i samtalen.',
}
const PATH = '/agent/supervisor.html'

/** Picks an option of the field with that name, within a form. */
const pick = async ({ page }: Screen, form: string, field: number, value: string) => {
  const selects = await page.$$(`form[aria-labelledby=${form}] select`)
  await selects[field]?.select(value)
}
/** What is above it may still move: the press is made at the button, wherever it is. */
const submit = async ({ page }: Screen, form: string) => {
  const button = await page.waitForSelector(`form[aria-labelledby=${form}] [type=submit]:not(:disabled)`)
  await button?.evaluate((element) => (element as HTMLButtonElement).click())
}

for (const look of looks) {
  t.test(`stepping in: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(niels), path: PATH })
      const { page } = screen
      const check = (name: string, selector: string) => judge(t, screen, `step in: ${name}`, selector, ROOTS)
      await check('nothing asked yet', '.waiting-head button[aria-expanded=false]')
      await page.locator('.waiting-head button').click()
      await check('who waits', '.waiting-list li button')
      const takeButton = '.waiting-list li:nth-child(2) button:not([aria-pressed])'
      server.refusals.set('call.take', 'unknown-agent')
      await page.locator(takeButton).click()
      await check('no desk of their own yet', '.notices-card > .fault[role=alert] a')
      server.refusals.set('call.take', 'not-able')
      await page.locator(takeButton).click()
      await check('they cannot talk with the citizen', '.notices-card > .fault:not(:has(a))')
      await page.locator('.waiting-list li:nth-child(2) button[aria-pressed]').click()
      await check('the form, without a reason yet', 'form[aria-labelledby=move-title] [type=submit]:disabled')
      await pick(screen, 'move-title', 1, 'needs-help-now')
      server.refusals.set('call.move', 'wrong-state')
      await submit(screen, 'move-title')
      await check('too late', '.notices-card > .fault')
      await pick(screen, 'of-agent', 0, 'bent-lund')
      await pick(screen, 'of-agent', 1, 'sign-out')
      await submit(screen, 'of-agent')
      await check('signing out is asked twice', 'form[aria-labelledby=of-agent] [type=submit]')
      server.refusals.set('agent.sign-out', 'agent-busy')
      await submit(screen, 'of-agent')
      await check('in a call', 'form[aria-labelledby=of-agent] .fault')
      server.refusals.set('message.send', 'unknown-agent')
      await page.locator('form[aria-labelledby=message-title] button[type=button]').click()
      await submit(screen, 'message-title')
      await check('a message that went nowhere', 'form[aria-labelledby=message-title] .fault')
      await submit(screen, 'message-title')
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=message]')?.value === '')
      await check('a message that was sent', 'form[aria-labelledby=message-title] [type=submit]:disabled')
      await pick(screen, 'of-queue', 0, 'citizen.da')
      await submit(screen, 'of-queue')
      await page.waitForFunction(() =>
        document.querySelector('form[aria-labelledby=of-queue] option:checked')?.textContent?.includes('('),
      )
      await check('a queue that is paused', 'form[aria-labelledby=of-queue]')
      server.floorActions.waiting = { calls: [], totalCount: 0 }
      server.showFloor({
        queues: server.floor.queues.map((queue) => ({ ...queue, waitingCount: 0, oldestQueuedAt: null })),
      })
      await page.waitForFunction(() => document.querySelector('.waiting-list') === null)
      await check('nobody waits', '.waiting-head button[aria-expanded=true]')
      await pick(screen, 'skills-title', 0, 'bent-lund')
      await page.waitForSelector('form[aria-labelledby=skills-title] option[value=library]')
      await pick(screen, 'skills-title', 1, 'library')
      server.refusals.set('agent.set-skill', 'not-allowed')
      await submit(screen, 'skills-title')
      await check('no skill that can be given', 'form[aria-labelledby=skills-title] .fault')
      await submit(screen, 'skills-title')
      await check('given for the day', '.day-skills li')
      const { siteId } = server.floor.sites[0] ?? { siteId: '' }
      await pick(screen, 'of-site', 0, siteId)
      await pick(screen, 'of-site', 1, 'building')
      server.refusals.set('site.close', 'too-many-notices')
      await submit(screen, 'of-site')
      await check('too many messages stand', 'form[aria-labelledby=of-site] .fault')
      await submit(screen, 'of-site')
      await check('a place that is closed', '.site-mark.is-closed')
      await submit(screen, 'of-site')
      await pick(screen, 'supervision-title', 0, 'amal-yusuf')
      server.refusals.set('call.supervise', 'not-allowed')
      const supervise = (number: number) =>
        page.locator(`form[aria-labelledby=supervision-title] button:nth-of-type(${number})`).click()
      await supervise(1)
      await check('listening is not switched on', 'form[aria-labelledby=supervision-title] .fault')
      for (const [at, kind] of ['listening', 'whispering', 'in the call'].entries()) {
        await supervise(at + 1)
        await check(kind, `form[aria-labelledby=supervision-title] button:nth-of-type(${at + 1})[aria-pressed=true]`)
      }
      await supervise(4)
      await page.waitForSelector('form[aria-labelledby=supervision-title] select')
      const detail = { byName: 'Lone Bruun', reason: 'needs-help-now', isToFront: 'true' }
      const at = explanation().arrivedAt + 60_000
      server.explain = () =>
        explanation({
          moments: [
            { at, type: 'call.supervised', detail: { byName: 'Lone Bruun', kind: 'listen' } },
            { at, type: 'call.supervision-ended', detail: { byName: 'Lone Bruun' } },
            { at, type: 'call.taken', detail: { byName: 'Lone Bruun' } },
            { at, type: 'call.moved', detail },
            { at: at + 1, type: 'call.moved', detail: { ...detail, queueId: 'library.da', isToFront: 'false' } },
            { at: at + 2, type: 'call.moved', detail: { ...detail, queueId: 'library.da' } },
          ],
        })
      await page.evaluate((id) => (location.hash = `#call=${id}`), CALL_ID)
      await check('a call that was moved', '.timeline')
      if (look.language === 'da') {
        await screen.says('Lone Bruun flyttede opkaldet forrest i køen: har brug for hjælp nu.')
        await screen.says('Lone Bruun flyttede opkaldet til Bibliotek · Dansk:')
        await screen.says('Lone Bruun flyttede opkaldet forrest i Bibliotek · Dansk:')
        await screen.says('Lone Bruun tog selv opkaldet.')
        await screen.says('Lone Bruun begyndte at lytte med')
        await screen.says('Lone Bruun gik ud af samtalen')
        await screen.says('Kvaliteten af billede og lyd bliver ikke gemt.')
      }
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}

for (const look of looks) {
  t.test(`as the desk has a message: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    try {
      const messages = [1, 2].map((number) => ({
        messageId: branded<never>(`7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a0${number}`),
        words: 'Kom tilbage, så snart du kan. Der er borgere, der venter.',
        byName: 'Niels Krogh',
        sentAt: server.now(),
      }))
      const until = server.now() + 3_600_000
      const daySkills = [
        { attribute: branded<never>('library'), level: 3, until, byName: 'Niels Krogh' },
        { attribute: branded<never>('citizen'), level: 0, until, byName: 'Niels Krogh' },
      ]
      server.view = { ...server.view, availability: 'available', awayReason: null, messages, daySkills }
      server.desk.onMessageRead = (read) =>
        server.show({ messages: messages.filter(({ messageId }) => messageId !== read) })
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const { page } = screen
      await judge(t, screen, 'messages at the desk', '.staff-messages .notice', ROOTS)
      if (look.language === 'da') await screen.says('Bibliotek, trin 3, til midnat. Givet af Niels Krogh.')
      await page.locator('.staff-messages button').click()
      await page.waitForFunction(() => document.querySelectorAll('.staff-messages .notice').length === 1)
      t.same(server.desk.messagesRead, [messages[0]?.messageId])
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}

for (const look of looks) {
  t.test(`a supervisor in the call, as the desk has it: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
    try {
      for (const kind of ['listen', 'whisper', 'join'] as const) {
        server.converse({ supervisor: { name: 'Niels Krogh', participantId: 'supervisor-niels', kind } })
        await screen.says({ da: words[kind], en: 'Niels Krogh' }[look.language])
        if (kind === 'whisper') await judge(t, screen, 'a supervisor whispers', '.supervised', ROOTS)
      }
      server.converse()
      await screen.page.waitForSelector('.supervised', { hidden: true })
      t.same(screen.complaints, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })
}

t.test('what is asked of the server', async (t) => {
  const server = await ScriptedServer.start()
  const screen = await Screen.open(browser, server.url, { cookie: server.cookieOf(niels), path: PATH })
  const { page } = screen
  const last = () => server.asked.at(-1)
  try {
    await screen.heading('Grib ind')
    t.notOk(
      server.asked.some(({ name }) => name === 'calls.waiting'),
      'nobody has looked',
    )
    await screen.press('Vis dem, der venter')
    await screen.says('Ringer hos en medarbejder')
    await screen.press('Tag selv opkaldet fra Sundby Bibliotek')
    await screen.says('Opkaldet ringer på dit eget skrivebord.')
    t.match(last(), { name: 'call.take', body: { callId: '5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9b02' } })
    await screen.press('Flyt opkaldet fra Københavns Lufthavn')
    await pick(screen, 'move-title', 0, 'library.da')
    await pick(screen, 'move-title', 1, 'wrong-queue')
    await submit(screen, 'move-title')
    await page.waitForFunction(
      () => document.querySelector('.waiting-list li strong')?.textContent === 'Københavns Lufthavn',
    )
    const moved = { queueId: 'library.da', isToFront: true, reason: 'wrong-queue' }
    t.match(last(), { name: 'call.move', body: moved })
    t.equal(await page.$('form[aria-labelledby=move-title]'), null, 'the form is done')

    await pick(screen, 'of-agent', 0, 'bent-lund')
    await pick(screen, 'of-agent', 1, 'meeting')
    await submit(screen, 'of-agent')
    await screen.says('Væk: møde')
    t.match(last(), { name: 'agent.set-away', body: { agentId: 'bent-lund', reason: 'meeting' } })
    await pick(screen, 'of-agent', 0, 'bent-lund')
    await pick(screen, 'of-agent', 1, 'sign-out')
    await submit(screen, 'of-agent')
    await screen.press('Ja, log Bent Lund ud')
    await page.waitForFunction(
      () => ![...document.querySelectorAll('option')].some((o) => o.textContent === 'Bent Lund'),
    )
    t.equal(server.asked.filter(({ name }) => name === 'agent.sign-out').length, 1)

    await pick(screen, 'skills-title', 0, 'dorte-skov')
    await page.waitForSelector('form[aria-labelledby=skills-title] option[value=library]')
    await pick(screen, 'skills-title', 1, 'library')
    await pick(screen, 'skills-title', 2, '0')
    await submit(screen, 'skills-title')
    await screen.says('Ingen opkald om Bibliotek til midnat. Taget af Niels Krogh.')
    const order = { agentId: 'dorte-skov', attribute: 'library' }
    const orders = () => server.asked.filter(({ name }) => name === 'agent.set-skill').map(({ body }) => body)
    t.same(orders(), [{ ...order, level: 0 }])
    await screen.press('Tag tilbage: Bibliotek hos Dorte Skov')
    await page.waitForSelector('.day-skills[hidden]', { hidden: true })
    t.same(orders()[1], { ...order, level: null })

    await pick(screen, 'message-title', 0, 'dorte-skov')
    await screen.press('Bed dem komme tilbage')
    await submit(screen, 'message-title')
    await screen.says('Sendt til 1 medarbejder.')
    const words = 'Kom tilbage, så snart du kan. Der er borgere, der venter.'
    t.match(last(), { name: 'message.send', body: { toAgentId: 'dorte-skov', words } })

    await pick(screen, 'supervision-title', 0, 'amal-yusuf')
    await screen.press('Lyt med')
    await screen.says('Du ser og lytter med hos Amal Yusuf. Ingen hører dig.')
    t.match(last(), { name: 'call.supervise', body: { callId: CALL_ID, kind: 'listen' } })
    await screen.press('Tal til medarbejderen')
    await screen.says('Kun Amal Yusuf hører dig.')
    await screen.press('Gå ud')
    await page.waitForSelector('form[aria-labelledby=supervision-title] select')
    t.match(last(), { name: 'call.end-supervision', body: { callId: CALL_ID } })

    const { siteId } = server.floor.sites[0] ?? { siteId: '' }
    await pick(screen, 'of-site', 0, siteId)
    await pick(screen, 'of-site', 1, 'technical')
    await pick(screen, 'of-site', 2, '60')
    await submit(screen, 'of-site')
    await screen.press('Åbn stedet igen')
    await page.waitForSelector('form[aria-labelledby=of-site] [type=submit]:disabled')
    const sitesAsked = server.asked.filter(({ name }) => name.startsWith('site.'))
    const labels = {
      da: 'Skærmen virker ikke lige nu. Vi arbejder på det.',
      en: 'This screen does not work right now. We are working on it.',
    }
    t.match(sitesAsked, [
      { name: 'site.close', body: { siteId, labels, minutes: 60 } },
      { name: 'site.open', body: { siteId } },
    ])
    await pick(screen, 'of-queue', 0, 'citizen.en')
    await submit(screen, 'of-queue')
    await screen.says('Skriv til skærmene under')
    t.match(last(), { name: 'queue.order', body: { queueId: 'citizen.en', isPaused: true } })
    const audience = await page.$eval('form[aria-labelledby=notices-new] select', ({ value }) => value)
    t.equal(audience, 'queue citizen.en', 'the message to its screens is begun')
    await submit(screen, 'of-queue')
    await page.waitForFunction(
      () => document.querySelector('form[aria-labelledby=of-queue] [type=submit]')?.textContent === 'Sæt på pause',
    )
    t.match(last(), { body: { isPaused: false } })
    t.same(screen.complaints, [])
    t.same(server.bugs, [])
  } finally {
    await screen.close()
    await server.stop()
  }
})
