/** [R45] Skills that a supervisor gives or takes for the day. */
import t from 'tap'
import type { EventOf } from '../event.ts'
import { DAY_SKILL_MS_MAX } from '../day-skills.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import { Desk, policyOf } from './desk.ts'

const HOUR_MS = 3_600_000
type Said = Partial<Omit<EventOf<'agent.skill-set'>, 'type' | 'at'>>
const give = (desk: Desk, changes: Said = {}, isExplained = false) => {
  const said = { agentId: 'amal', attribute: 'library', level: 2, until: desk.at + HOUR_MS, byId: 'lone', ...changes }
  return desk.take({ type: 'agent.skill-set', ...said }, isExplained)
}
const restore = (desk: Desk, attribute = 'library') =>
  desk.take({ type: 'agent.skill-restored', agentId: 'amal', attribute, byId: 'lone' })

t.test('[R45] whoever waits and fits now is offered at once, and the offer says that it was given', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('l', { queueId: 'library.da' })
  t.equal(desk.statusOf('l'), 'waiting')
  const { facts, touched } = give(desk, {}, true)
  t.equal(desk.holderOf('l'), 'amal')
  t.ok(touched.agents.includes('amal'))
  t.match(
    facts.find(({ type }) => type === 'offer.made'),
    { reasons: { givenForDay: ['library ≥ 1'] } },
  )
  desk.accept('amal')
  restore(desk)
  t.equal(desk.statusOf('l'), 'connected', 'a call goes on')
  desk.free('amal')
  desk.call('m', { queueId: 'library.da' })
  t.equal(desk.statusOf('m'), 'waiting', 'and no other comes')
  const plain = desk.call('c').facts.find(({ type }) => type === 'offer.made')
  t.notHas(plain, { reasons: { givenForDay: [] } })
})

t.test('[R45] taken away: an offer on the screen stays, and what comes goes to others', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  give(desk, { attribute: 'citizen', level: 0 })
  t.equal(desk.holderOf('a'), 'amal')
  desk.accept('amal')
  desk.free('amal')
  desk.call('b')
  t.equal(desk.statusOf('b'), 'waiting')
  t.same(desk.agentOf('amal').attributes, { da: 3 })
  desk.pass(HOUR_MS)
  t.equal(desk.holderOf('b'), 'amal', 'the day is over')
  t.match(desk.last?.facts, [{ type: 'day-skill.ended', agentId: 'amal', attribute: 'citizen' }])
})

t.test('[R45] nobody waits for somebody who cannot take the call any more', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.occupy('amal')
  desk.call('a', { preferredAgentId: 'amal' })
  t.equal(desk.callOf('a').preferred?.agentId, 'amal')
  give(desk, { attribute: 'da' })
  t.equal(desk.last?.refusal, 'not-allowed', 'a language is nobody’s to give')
  give(desk, { attribute: 'citizen', level: 0 })
  t.equal(desk.callOf('a').preferred, null)
})

t.test('[R45] what is no level, no end or no skill is refused; what was given last counts', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  const refused = (changes: Said, code: string) => t.equal(give(desk, changes).refusal, code)
  refused({ agentId: 'nobody' }, 'unknown-agent')
  refused({ attribute: 'signs' }, 'not-allowed')
  refused({ attribute: 'gardening' }, 'not-allowed')
  for (const level of [6, -1, 1.5]) refused({ level }, 'wrong-state')
  refused({ until: desk.at }, 'wrong-state')
  refused({ until: desk.at + DAY_SKILL_MS_MAX + 1 }, 'wrong-state')
  give(desk, { level: 1 })
  give(desk, { level: 4, until: desk.at + 2 * HOUR_MS })
  t.match(desk.agentOf('amal').daySkills, [{ attribute: 'library', level: 4 }])
  t.equal(restore(desk).refusal, undefined)
  t.equal(restore(desk).refusal, undefined, 'told twice')
  t.same(desk.agentOf('amal').daySkills, [])
})

t.test('[R45] over signing out and in, a restart and another policy; not over the end of the day', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  give(desk)
  desk.take({ type: 'agent.signed-in', agentId: 'amal', centreId: 'hng', attributes: { citizen: 2, da: 3 } })
  t.same(desk.agentOf('amal').attributes, { citizen: 2, da: 3, library: 2 })
  desk.take({ type: 'agent.signed-out', agentId: 'amal' })
  desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))) as ReturnType<typeof toSnapshot>)
  desk.take({ type: 'server.restarted' })
  desk.take({ type: 'policy.loaded', policy: policyOf({ version: 'test-2' }), isForWaiting: true })
  desk.agent('amal')
  t.equal(desk.agentOf('amal').attributes['library'], 2)
  desk.take({ type: 'agent.signed-out', agentId: 'amal' })
  desk.pass(HOUR_MS)
  desk.agent('amal')
  t.same(desk.agentOf('amal').attributes, { citizen: 3, da: 3 })
  t.equal(desk.state.keptDaySkills.size, 0)
})
