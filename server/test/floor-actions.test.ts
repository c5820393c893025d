/** What a supervisor does on the floor: moving calls, agents away and out, queues paused; what is kept of it, and who may not. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { CallExplanation } from '../contract/explanation.ts'
import type { MoveId } from '../contract/floor-actions.ts'
import type { AgentId, CallId, QueueId, SiteId, Skill } from '../contract/ids.ts'
import type { NoticeId } from '../contract/notices.ts'
import { eventually, TestSystem, type KioskConnection } from './harness.ts'

const queue = (id: string) => id as QueueId
/** At a supermarket, whose calls stand in the same queue as those of the first kiosk. */
const CITIZEN_KIOSK = 5

t.test('calls that wait, agents and queues', async (t) => {
  const system = await TestSystem.start(t)
  const lone = await system.floor('lone')
  const kiosks = [system.kiosk(0), system.kiosk(CITIZEN_KIOSK)] as const
  const amal = await system.agent('amal')
  const ready = () => [lone, amal, ...kiosks].every(({ state }) => state.kind === 'online')
  await eventually('all to be there', ready)
  const idOf = async (username: string) => {
    const row = await system.db.selectFrom('agents').select('agent_id').where('username', '=', username).execute()
    return (row[0]?.agent_id ?? '') as AgentId
  }
  const [loneId, amalId] = [await idOf('lone'), await idOf('amal')]
  const journalOf = (type: string) => system.db.selectFrom('journal').select('event').where('type', '=', type).execute()
  const callFrom = async (kiosk: KioskConnection) => {
    const callId = randomUUID() as CallId
    await kiosk.request('call.start', { callId })
    return callId
  }
  const first = await callFrom(kiosks[0])
  const second = await callFrom(kiosks[1])
  const moveOf = (callId: CallId) => {
    const moveId = randomUUID() as string as MoveId
    return { moveId, callId, queueId: null, isToFront: true, reason: 'needs-help-now' as const }
  }

  await t.test(
    'to the front: in the order that everybody is told, in the journal once, and in the explanation',
    async (t) => {
      const { calls, totalCount } = await lone.request('calls.waiting', {})
      t.equal(totalCount, 2)
      t.match(calls, [
        { callId: first, isMovable: true, isAway: false },
        { callId: second, queueId: 'citizen.da', language: 'da', mode: 'video' },
      ])
      const move = moveOf(second)
      t.match((await lone.request('call.move', move)).calls, [{ callId: second }, { callId: first }])
      await lone.request('call.move', moveOf(first))
      t.match(
        (await lone.request('call.move', move)).calls,
        [{ callId: first }, { callId: second }],
        'told twice: once',
      )
      await lone.request('call.move', moveOf(second))
      const events = await journalOf('call.moved')
      t.equal(events.length, 3)
      t.match(events[0]?.event, {
        callId: second,
        byId: loneId,
        reason: 'needs-help-now',
        isToFront: true,
        queueId: null,
      })
      const place = () => kiosks[0].snapshot?.view.call
      await eventually('the one who was passed to be told', () => {
        const call = place()
        return call?.status === 'waiting' && call.positionMin === 2
      })
      const cookie = await system.signIn('lone')
      const response = await fetch(`${system.url}/api/v1/calls/${second}/explanation`, { headers: { cookie } })
      const { moments } = (await response.json()) as CallExplanation
      const moved = moments.find(({ type }) => type === 'call.moved')
      t.match(moved?.detail, { reason: 'needs-help-now', byName: 'Lone Bruun', isToFront: 'true' })
    },
  )

  await t.test('what cannot be moved is refused, and nothing of it is done', async (t) => {
    const none = randomUUID() as CallId
    await t.rejects(lone.request('call.move', moveOf(none)), { code: 'unknown-call' })
    const toNowhere = { ...moveOf(first), queueId: queue('dentist.da') }
    await t.rejects(lone.request('call.move', toNowhere), { code: 'unknown-place' })
    await t.rejects(lone.request('call.move', { ...moveOf(first), isToFront: false }), { code: 'bad-request' })
    await t.rejects(lone.request('queue.order', { queueId: queue('dentist.da'), isPaused: true }), {
      code: 'unknown-place',
    })
    await t.rejects(lone.request('agent.set-away', { agentId: 'nobody' as AgentId, reason: 'break' }), {
      code: 'unknown-agent',
    })
    t.equal((await journalOf('call.moved')).length, 3)
  })

  await t.test(
    'an agent is set away, and signed out where they have nobody; the page does not come back by itself',
    async (t) => {
      await amal.request('availability.set-available', {})
      await eventually('the one in front to be offered', () => {
        const work = amal.snapshot?.view.work
        return work?.kind === 'offered' && work.call.callId === second
      })
      await t.rejects(
        lone.request('call.move', moveOf(second)),
        { code: 'wrong-state' },
        'somebody is asked to take it',
      )
      await t.rejects(lone.request('agent.sign-out', { agentId: amalId }), { code: 'agent-busy' })
      const { view } = await lone.request('agent.set-away', { agentId: amalId, reason: 'meeting' })
      t.match(
        view.agents.find(({ agentId }) => agentId === amalId),
        { awayReason: 'meeting', work: 'idle' },
      )
      await lone.request('agent.set-away', { agentId: amalId, reason: 'meeting' })
      const away = await journalOf('agent.became-away')
      t.match(away, [{ event: { agentId: amalId, byId: loneId, reason: 'meeting' } }])
      await lone.request('agent.sign-out', { agentId: amalId })
      await eventually('the page to be out', () => amal.state.kind === 'refused')
      t.match(amal.state, { code: 'not-signed-in' })
      t.equal(
        lone.snapshot?.view.agents.some(({ agentId }) => agentId === amalId),
        false,
      )
      const left = await system.db.selectFrom('sign_ins').select('agent_id').where('agent_id', '=', amalId).execute()
      t.same(left, [])
    },
  )

  await t.test(
    'to another queue, and that one paused: those inside stay, nobody new comes in, also after a restart',
    async (t) => {
      const toLibrary = {
        ...moveOf(first),
        queueId: queue('library.da'),
        isToFront: false,
        reason: 'wrong-queue' as const,
      }
      const { calls } = await lone.request('call.move', toLibrary)
      t.equal(calls.find(({ callId }) => callId === first)?.queueId, 'library.da')
      await kiosks[1].request('call.hang-up', { callId: second })
      const { view } = await lone.request('queue.order', { queueId: queue('citizen.da'), isPaused: true })
      t.equal(view.queues.find(({ queueId }) => queueId === 'citizen.da')?.isPaused, true)
      await lone.request('queue.order', { queueId: queue('citizen.da'), isPaused: true })
      t.match(await journalOf('queue.paused'), [{ event: { queueId: 'citizen.da', byId: loneId } }])
      await system.killServer()
      await system.startServer()
      await eventually('both to be back', () => lone.state.kind === 'online' && kiosks[1].state.kind === 'online')
      await callFrom(kiosks[1])
      const ended = () => kiosks[1].snapshot?.view.call
      await eventually('the newcomer to be told', () => ended()?.status === 'ended')
      t.match(ended(), { outcome: 'paused', endReason: 'queue-paused' })
      t.match((await lone.request('calls.waiting', {})).calls, [{ callId: first, queueId: 'library.da' }])
      await lone.request('queue.order', { queueId: queue('citizen.da'), isPaused: false })
      t.equal((await journalOf('queue.resumed')).length, 1)
    },
  )

  await t.test('[R44] a supervisor takes one themselves: at their own desk, and counted as any other', async (t) => {
    await t.rejects(lone.request('call.take', { callId: first }), { code: 'unknown-agent' }, 'without a desk')
    const desk = await system.agent('lone')
    await eventually('their desk to be open', () => desk.state.kind === 'online')
    t.match((await lone.request('call.take', { callId: first })).calls, [{ callId: first, isMovable: false }])
    const work = await eventually('it to ring there', () => {
      const now = desk.snapshot?.view.work
      return now?.kind === 'offered' ? now : undefined
    })
    t.match(work, { call: { callId: first }, why: { choice: 'by-hand' } })
    await desk.request('offer.accept', { offerId: work.offerId })
    await desk.request('call.hang-up', { callId: first })
    t.match(await journalOf('call.taken'), [{ event: { callId: first, byId: loneId } }])
    const cookie = await system.signIn('lone')
    const response = await fetch(`${system.url}/api/v1/calls/${first}/explanation`, { headers: { cookie } })
    const { moments, offers } = (await response.json()) as CallExplanation
    t.equal(moments.find(({ type }) => type === 'call.taken')?.detail['byName'], 'Lone Bruun')
    t.match(offers.at(-1), { agentId: loneId, end: 'accepted', reasons: { choice: 'by-hand' } })
    const handled = await system.db.selectFrom('handlings').select('agent_id').where('call_id', '=', first).execute()
    t.same(handled, [{ agent_id: loneId }])
  })

  await t.test(
    '[R45] [R46] a skill for the day and a closed place stand over a restart; the screens say why',
    async (t) => {
      const siteId = kiosks[1].snapshot?.view.siteId ?? ('none' as SiteId)
      const noticeId = randomUUID() as string as NoticeId
      const labels = { da: 'Stedet er lukket lige nu.', en: 'This place is closed right now.' }
      const skill = { agentId: loneId, attribute: 'library' as Skill, level: 2 }
      await lone.request('agent.set-skill', skill)
      await lone.request('site.close', { siteId, noticeId, labels, minutes: null })
      await system.killServer()
      await system.startServer()
      const line = () => kiosks[1].snapshot?.view.line
      const areBack = () => lone.state.kind === 'online' && kiosks[1].state.kind === 'online'
      await eventually('the screen to be told', () => areBack() && line()?.isOpen === false)
      t.match(kiosks[1].snapshot?.view.notices, [{ noticeId, labels }])
      await callFrom(kiosks[1])
      const call = () => kiosks[1].snapshot?.view.call
      await eventually('the newcomer to be told', () => call()?.status === 'ended')
      t.match(call(), { outcome: 'closed', endReason: 'site-closed', opensAt: null })
      const { skills } = await lone.request('agent.skills', { agentId: loneId })
      t.match(
        skills.find(({ attribute }) => attribute === skill.attribute),
        { level: 2, ownLevel: 0 },
      )
      const { view } = await lone.request('site.open', { siteId })
      t.notOk(view.sites.some(({ closed }) => closed !== undefined))
      await eventually('the screen to be open', () => line()?.isOpen === true)
      t.same(kiosks[1].snapshot?.view.notices, [])
      const what = { siteId, byId: loneId }
      t.match(await journalOf('site.closed'), [{ event: { ...what, noticeId, until: null } }])
      t.match(await journalOf('site.opened'), [{ event: what }])
      t.match(await journalOf('agent.skill-set'), [{ event: { ...skill, byId: loneId } }])
    },
  )
})
