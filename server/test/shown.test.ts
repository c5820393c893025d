/** What an agent shows a citizen, over the real sockets: who may, who sees it, who takes it off, and that nothing keeps it. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { CallId, JoinId, Skill } from '#server/contract/ids.ts'
import type { Shown, ShownId, ShownMove } from '#server/contract/shown.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newShownId = () => randomUUID() as string as ShownId
const secretWords = 'Tag billede af passet'
const text = (what: object = {}): Shown =>
  ({ kind: 'text', shownId: newShownId(), language: 'ar', title: 'Pas', body: secretWords, ...what }) as Shown

async function available(system: TestSystem, username: string): Promise<AgentConnection> {
  const agent = await system.agent(username)
  await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  return agent
}

async function accept(agent: AgentConnection): Promise<void> {
  const offerId = await eventually('an offer', () => {
    const work = agent.snapshot?.view.work
    return work?.kind === 'offered' ? work.offerId : undefined
  })
  await agent.request('offer.accept', { offerId })
}

/** Null where nothing is shown, undefined where there is no conversation. */
const at = (kiosk: KioskConnection) => {
  const call = kiosk.snapshot?.view.call
  return call?.status === 'connected' ? call.shown : undefined
}
const seenBy = (agent: AgentConnection) => {
  const work = agent.snapshot?.view.work
  return work?.kind === 'in-call' ? work.call.shown : undefined
}
const titleAt = (kiosk: KioskConnection) => {
  const shown = at(kiosk)?.shown
  return shown?.kind === 'text' ? shown.title : undefined
}

t.test('shown, pointed at, closed and gone', async (t) => {
  const system = await TestSystem.start(t)
  const [kiosk, elsewhere] = [system.kiosk(0), system.kiosk(1)]
  const amal = await available(system, 'amal')
  await eventually('the kiosks', () => [kiosk, elsewhere].every(({ state }) => state.kind === 'online'))
  const callId = randomUUID() as CallId
  const show = (agent: AgentConnection, shown: Shown) => agent.request('shown.show', { callId, shown })
  await kiosk.request('call.start', { callId })
  await eventually('the offer', () => amal.snapshot?.view.work.kind === 'offered')
  await t.rejects(show(amal, text()), { code: 'unknown-call' }, 'it only rings')
  await accept(amal)
  await eventually('the conversation', () => at(kiosk) === null)
  const cecilie = await available(system, 'cecilie')

  await t.test('by whoever is in the call and by nobody else', async (t) => {
    await t.rejects(show(cecilie, text()), { code: 'unknown-call' })
    await t.rejects(cecilie.request('shown.stop', { callId }), { code: 'unknown-call' })
    const fromKiosk = kiosk as unknown as AgentConnection
    await t.rejects(show(fromKiosk, text()), { code: 'bad-request' }, 'a kiosk has no such request')
    t.equal(at(kiosk), null)
  })

  await t.test('only what the contract knows, and only pages that citizens are sent to', async (t) => {
    await t.rejects(show(amal, text({ body: 'x'.repeat(8_001) })), { code: 'bad-request' })
    await show(amal, text({ body: 'ø'.repeat(8_000) }))
    const page = (url: string) =>
      show(amal, { kind: 'page', shownId: newShownId(), language: 'da', title: 'Pas', url } as Shown)
    await t.rejects(page('javascript:alert(1)'), { code: 'bad-request' })
    for (const url of ['https://borger.dk.example.com/', 'https://notborger.dk/']) {
      await t.rejects(page(url), { code: 'page-not-allowed' }, url)
    }
    await page('https://www.borger.dk/pas?x=1#top')
    t.match(await eventually('the page', () => at(kiosk)?.shown.kind === 'page' && at(kiosk)), { byFirstName: 'Amal' })
  })

  await t.test('everybody in the call sees it, and a page that was loaded anew', async (t) => {
    await show(amal, text({ title: 'To' }))
    await eventually('the second', () => titleAt(kiosk) === 'To')
    t.match(seenBy(amal), { byName: 'Amal Hassan', isClosedByCitizen: false, shown: { title: 'To', language: 'ar' } })
    t.equal(seenBy(cecilie), undefined)
    const again = system.kiosk(0)
    await eventually('the new page', () => titleAt(again) === 'To')
    again.close()
    kiosk.reconnect()
    await eventually('the first page again', () => kiosk.state.kind === 'online')
    const joinId = randomUUID() as string as JoinId
    const target = { kind: 'skill', attribute: 'library' as Skill, levelMin: 1 } as const
    await amal.request('join.ask', { callId, joinId, target })
    await accept(cecilie)
    t.match(await eventually('Cecilie to see it', () => seenBy(cecilie)), { shown: { title: 'To' } })
  })

  await t.test('a hand that points, and who hears of it', async (t) => {
    const shownId = at(kiosk)?.shown.shownId as ShownId
    const [atKiosk, atCecilie, atAmal]: ShownMove[][] = [[], [], []]
    kiosk.on('shown.moved', (move) => atKiosk?.push(move))
    cecilie.on('shown.moved', (move) => atCecilie?.push(move))
    amal.on('shown.moved', (move) => atAmal?.push(move))
    const move: ShownMove = { callId, shownId, pointer: { block: 2, x: 0.25, y: 1 } }
    await amal.request('shown.move', move)
    await kiosk.request('shown.scroll', { callId, shownId, top: { block: 1, x: 0, y: 0.5 } })
    await amal.request('shown.move', { ...move, shownId: newShownId() })
    await eventually('all to have heard', () => atKiosk?.length === 1 && atCecilie?.length === 2)
    t.match(atKiosk, [move])
    t.match(atCecilie, [move, { top: { block: 1 } }])
    t.match(atAmal, [{ top: { block: 1 } }], 'and nobody hears of their own hand')
    await t.rejects(elsewhere.request('shown.scroll', move), { code: 'unknown-call' })
    await t.rejects(cecilie.request('shown.move', { ...move, pointer: { block: 0, x: 1.5, y: 0 } }), {
      code: 'bad-request',
    })
    const flood = await Promise.allSettled(Array.from({ length: 45 }, () => amal.request('shown.move', move)))
    t.ok(flood.some(({ status }) => status === 'rejected'))
    t.ok(flood.some(({ status }) => status === 'fulfilled'))
  })

  await t.test('the citizen closes it, and the agents are told', async (t) => {
    const shownId = at(kiosk)?.shown.shownId as ShownId
    await t.rejects(elsewhere.request('shown.close', { callId, shownId }), { code: 'unknown-call' })
    await kiosk.request('shown.close', { callId, shownId: newShownId() })
    t.equal(titleAt(kiosk), 'To', 'what took its place meanwhile is not closed unseen')
    for (let i = 0; i < 2; i += 1) await kiosk.request('shown.close', { callId, shownId })
    t.equal(at(kiosk), null)
    for (const agent of [amal, cecilie]) await eventually('to be told', () => seenBy(agent)?.isClosedByCitizen)
    await cecilie.request('shown.stop', { callId })
    await eventually('it to be forgotten', () => seenBy(amal) === null)
  })

  await t.test(
    'a window of the screen: whose it is, that it ends with a hold, and that there is none in writing',
    async (t) => {
      const window = (): Shown => ({ kind: 'window', shownId: newShownId(), language: 'da' })
      await show(cecilie, window())
      const here = await eventually('the window', () => at(kiosk)?.shown.kind === 'window' && at(kiosk))
      t.match(here, { byFirstName: 'Cecilie', byParticipantId: 'agent-cecilie' })
      t.match(seenBy(amal), { byName: 'Cecilie Krogh', byParticipantId: 'agent-cecilie' })
      await show(amal, window())
      await eventually('the other’s', () => at(kiosk)?.byParticipantId === 'agent-amal')
      await amal.request('call.hold', { callId })
      await eventually('the hold to end it', () => at(kiosk) === null)
      await t.rejects(show(amal, window()), { code: 'window-not-allowed' })
      await show(amal, text({ title: 'Fire' }))
      await amal.request('call.resume', { callId })
      t.equal(titleAt(kiosk), 'Fire', 'words stand through a hold')
      await show(cecilie, window())
      await cecilie.request('call.hang-up', { callId })
      await eventually('it to end with who leaves', () => at(kiosk) === null)
      await cecilie.request('wrap-up.finish', {})
      const written = randomUUID() as CallId
      await elsewhere.request('call.start', { callId: written, mode: 'text' })
      await accept(cecilie)
      await eventually('the call in writing', () => at(elsewhere) === null)
      const inWriting = cecilie.request('shown.show', { callId: written, shown: window() })
      await t.rejects(inWriting, { code: 'window-not-allowed' })
      await elsewhere.request('call.hang-up', { callId: written })
    },
  )

  await t.test('gone with the call, and kept nowhere', async (t) => {
    await show(amal, text({ title: 'Tre' }))
    await eventually('the third', () => titleAt(kiosk) === 'Tre')
    await kiosk.request('call.hang-up', { callId })
    await t.rejects(show(amal, text()), { code: 'unknown-call' })
    const rows = await system.db.selectFrom('journal').selectAll().execute()
    t.ok(rows.length > 0)
    t.notOk(JSON.stringify(rows).includes(secretWords))
  })
})
