import t from 'tap'
import { assertSound } from '../invariants.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import { Desk, policyOf, queueOf, never } from './desk.ts'

const beside = (agentId: string) => ({
  kioskId: `desk-${agentId}`,
  siteId: 'kvik',
  beside: { agentId, matterId: 'passport', isInterpreterWanted: false },
})

/** Farah, who could take it herself, has opened call a beside a citizen; nobody else is at work. */
function opened(): Desk {
  const desk = new Desk(policyOf({ wrapUpMs: 60_000 }), 'farah')
  desk.call('a', beside('farah'))
  return desk
}

t.test('[R41] it is in line like any other, and the agent takes nothing meanwhile, their own call least', async (t) => {
  const desk = new Desk(policyOf())
  desk.call('b')
  desk.at += 1
  desk.take({ type: 'agent.signed-in', agentId: 'farah', centreId: 'sundby', attributes: { citizen: 3, da: 3 } })
  desk.call('a', beside('farah'))
  t.match(desk.agentOf('farah'), { awayReason: 'with-citizen', besideCallId: 'a', work: { kind: 'idle' } })
  t.match(desk.callOf('a'), { besideAgentId: 'farah', matterId: 'passport', isLanguageChosen: true, status: 'waiting' })
  t.equal(desk.statusOf('b'), 'waiting', 'it is offered to nobody, though she could take it')
  assertSound(desk.state)
  desk.agent('amal')
  t.equal(desk.holderOf('b'), 'amal', 'whoever came first is first')
  desk.agent('bo')
  t.equal(desk.holderOf('a'), 'bo')
  desk.accept('bo')
  t.match(desk.last?.effects, [{ type: 'media.connect', callId: 'a', agentIds: ['bo'] }])
  assertSound(desk.state)
})

t.test('[R41] only the class of the call puts it before others', async (t) => {
  const desk = new Desk(policyOf())
  desk.call('b')
  desk.take({ type: 'agent.signed-in', agentId: 'farah', centreId: 'sundby', attributes: {} })
  desk.call('a', { ...beside('farah'), classId: 'more-time' })
  desk.agent('amal')
  t.equal(desk.holderOf('a'), 'amal')
})

t.test('[R41] neither ready nor otherwise away nor signed out before it ends; away still after it', async (t) => {
  const desk = opened()
  t.equal(desk.available('farah').refusal, 'agent-busy')
  t.equal(desk.take({ type: 'agent.became-away', agentId: 'farah', reason: 'break' }).refusal, 'agent-busy')
  t.equal(desk.take({ type: 'agent.signed-out', agentId: 'farah' }).refusal, 'agent-busy')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.match(desk.last?.records, [{ type: 'ended', callId: 'a', outcome: 'abandoned' }])
  t.match(desk.agentOf('farah'), { awayReason: 'with-citizen', besideCallId: null }, 'the citizen is there still')
  t.equal(desk.available('farah').refusal, undefined)
  desk.call('b')
  t.equal(desk.holderOf('b'), 'farah')
})

t.test('[R41] refused to whoever has something else, or is not there; the same press twice is one call', async (t) => {
  const desk = opened()
  t.equal(desk.call('a', beside('farah')).refusal, undefined)
  t.equal(desk.call('b', { ...beside('farah'), kioskId: 'desk-2' }).refusal, 'agent-busy', 'one beside a citizen')
  t.equal(desk.call('c', beside('nobody')).refusal, 'unknown-agent')
  const busy = () => desk.call('d', beside('amal')).refusal
  desk.agent('amal')
  t.equal(desk.holderOf('a'), 'amal')
  t.equal(busy(), 'agent-busy', 'while it rings')
  desk.accept('amal')
  t.equal(busy(), 'agent-busy', 'in a call')
  desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' })
  t.equal(busy(), 'agent-busy', 'in wrap-up')
  t.equal(desk.agentOf('farah').besideCallId, null, 'the specialist hung up')
  assertSound(desk.state)
})

t.test('[R41] somebody who is not let in is no call of theirs: they are what they were', async (t) => {
  const queues = [queueOf('citizen.da', [never('citizen'), never('da')], { callersMax: 1 })]
  const desk = new Desk(policyOf({ queues }))
  desk.call('b')
  desk.agent('farah', { library: 3 })
  desk.call('a', { ...beside('farah'), isForNextOpening: true })
  t.match(desk.last?.records, [
    { type: 'arrived', besideAgentId: 'farah' },
    { type: 'ended', outcome: 'full' },
  ])
  t.match(desk.agentOf('farah'), { awayReason: null, besideCallId: null })
})

t.test('[R41] nobody goes away with its ticket, and nobody else takes it up', async (t) => {
  const desk = opened()
  t.equal(desk.stepAway('a').refusal, 'wrong-state')
  t.equal(desk.takeUp('a', 'kiosk-9').refusal, 'unknown-ticket')
})

t.test(
  '[R41] at closing it ends, and so does a place at the next opening that nobody could come back for',
  async (t) => {
    const queues = [queueOf('citizen.da', [never('citizen'), never('da')], { calendarIds: ['day'] })]
    const desk = new Desk(policyOf({ queues, serveAfterClosingMs: 60_000 }), 'amal')
    const { at } = desk
    const calendars = {
      day: [
        { from: at, until: at + 600_000 },
        { from: at + 9_000_000, until: at + 9_600_000 },
      ],
    }
    desk.take({ type: 'hours.loaded', hours: { calendars, calendarIdsOfSite: {} } })
    desk.occupy('amal')
    desk.take({ type: 'agent.signed-in', agentId: 'farah', centreId: 'sundby', attributes: {} })
    desk.call('a', beside('farah'))
    t.equal(desk.statusOf('a'), 'waiting')
    // What the last step of a minute left: where nothing happened in it, that of a minute before.
    const minutes = Array.from({ length: 12 }, () => {
      desk.pass(60_000)
      return desk.last?.records ?? []
    })
    t.equal(desk.statusOf('a'), undefined)
    const ends = new Set(minutes.flat().filter(({ callId, type }) => callId === 'a' && type === 'ended'))
    t.match([...ends], [{ outcome: 'closed', endReason: 'queue-closed' }])
    t.equal(desk.agentOf('farah').besideCallId, null)
  },
)

t.test('[R41] a lost page has the grace time, a restart forgets nothing, and then it is over', async (t) => {
  const desk = opened()
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(10_000)
  desk.take({ type: 'caller.returned', callId: 'a' })
  desk.state = fromSnapshot(toSnapshot(desk.state))
  desk.take({ type: 'server.restarted' })
  t.match(desk.agentOf('farah'), { besideCallId: 'a', awayReason: 'with-citizen' })
  desk.pass(25_000)
  t.equal(desk.statusOf('a'), undefined)
  t.match(desk.agentOf('farah'), { besideCallId: null, awayReason: 'with-citizen' })
  assertSound(desk.state)
})
