/** The screens after a call, in both languages and both lights. */
import t from 'tap'
import type { CallId, Ticket } from '#server/contract/ids.ts'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { sara } from './people.ts'
import { myCall } from './scripted-my-calls.ts'
import { ScriptedServer, wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const OWN_CALL = '9a1d2c64-4b52-4c6e-9c1f-0d5d52f6a1b3' as CallId
const OWN_TICKET = 'K7M4QX' as Ticket

const ROOTS = 'page|wrapUp|callback|after|mine|occupied|absence|explain|error|status|idle'

for (const look of looks) {
  t.test(`after a call: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    server.view = { ...server.view, availability: 'available', awayReason: null, work: wrapUp(server.now(), 60_000) }
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      await screen.page.waitForSelector('.wrap-up-form')
      await screen.page.click('.after-outcomes input')
      await screen.page.click('.after-solved input')
      await screen.page.type('#after-note', 'Skal bruge en ny tid. 010190-1234')
      await check('after: a note with what looks like a CPR number', '.after-saved svg')
      server.refusals.set('wrap-up.write', 'internal')
      await screen.page.type('#after-note', '!')
      await screen.page.waitForSelector('.after-saved button')
      server.refusals.set('wrap-up.read', 'internal')
      await screen.page.reload()
      await check('after: fields that do not come', '.wrap-up-form-state button')
      server.wrapUp.outcomes = []
      await screen.page.click('.wrap-up-form-state button')
      await check('after: a service without outcomes', '.wrap-up-form .after-solved')
      const from = server.now() + 600_000
      server.wrapUp.callback = { openings: [{ from, until: from + 7_200_000 }], promised: null }
      await screen.page.reload()
      await check('after: a callback may be promised', '.after-callback select')
      await screen.page.click('.after-callback button')
      await check('after: a callback is promised', '.after-promised')
      server.refusals.set('callback.promise', 'callback-time')
      await screen.page.click('.after-callback button')
      await check('after: not at that time', '.after-callback .after-warning')
      const promised = { callId: OWN_CALL, ticket: OWN_TICKET, dueAt: from, isByMe: true, triesLeftCount: 2 }
      const missed = { ...promised, state: 'missed', ringsAt: from } as const
      server.show({ work: { kind: 'idle', since: server.now(), restsUntil: null }, callbacks: [missed] })
      await check('idle: nobody came to a callback', '.own-callbacks li')
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })

  t.test(`own calls: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    server.view = { ...server.view, availability: 'available', awayReason: null }
    server.myCalls.answer = () => new Promise<never>(() => undefined)
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      await check('mine: under way', '.my-calls-state[aria-busy=true]')
      server.myCalls.answer = () => 'not-ready'
      await screen.page.reload()
      await check('mine: not to be had', '.my-calls-state button')
      server.myCalls.answer = () => ({ calls: [], nextBefore: null })
      await screen.page.click('.my-calls-state button')
      await check('mine: none today', '.my-calls .empty')
      const now = server.now()
      const plain = { outcomes: [], isSolvedFirst: null, matterLabels: null, ticket: null }
      const calls = [
        myCall(now),
        myCall(now, { ...plain, note: { kind: 'none' }, acceptedAt: now - 4_000_000, outcome: 'failed' }),
        myCall(now, { note: { kind: 'deleted' }, isSolvedFirst: false, acceptedAt: now - 5_000_000 }),
        myCall(now, {
          ...plain,
          isBeside: true,
          outcome: 'abandoned',
          note: { kind: 'none' },
          acceptedAt: now - 6_000_000,
        }),
      ]
      server.myCalls.answer = ({ before }) => (before === undefined ? { calls, nextBefore: '1' } : 'not-ready')
      await screen.page.click('.my-search summary')
      await screen.page.click('.my-search .primary')
      await screen.page.waitForSelector('.my-calls-more button')
      await screen.page.click('.my-calls-more button')
      await screen.page.waitForSelector('.my-calls-more [role=alert]')
      await screen.page.click('.my-call summary')
      await check('mine: why one came', '.my-call .timeline')
      t.same(screen.complaints, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })

  t.test(`windows and absences: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const since = String(server.now() - 7_200_000)
    server.windows.occupied = { since, where: 'elsewhere', work: 'in-call', siteName: 'Københavns Hovedbibliotek' }
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      await check('windows: in a call somewhere else', '.whole-page-card .primary')
      server.windows.occupied = { since, where: 'here', work: 'offered' }
      await screen.page.click('.whole-page-card .primary + button')
      await screen.page.waitForFunction(() => !document.body.innerText.includes('Hovedbibliotek'))
      await check('windows: in this browser', '.whole-page-card .primary')
      await screen.page.click('.whole-page-card .primary')
      server.offer(600_000)
      await screen.page.waitForSelector('.offer')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await screen.page.waitForSelector('.notice-alarm')
      const work = { kind: 'idle', since: server.now(), restsUntil: null } as const
      server.view = { ...server.view, availability: 'away', awayReason: 'connection-lost', work }
      server.doorCode = null
      await screen.page.waitForSelector('.notice-absence')
      await check('windows: an offer that went on meanwhile', '.notice-absence')
      t.same(screen.complaints, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}
