/** [R45] What pages ask of skills for the day: one event each with who did it, until the city's day is over. */
import t from 'tap'
import { Value } from 'typebox/value'
import { DaySkills } from '#server/contract/agent-views.ts'
import { AgentSkills } from '#server/contract/floor-skills.ts'
import type { AgentId, Skill } from '#server/contract/ids.ts'
import type { RoutingEventBody } from '#server/routing/event.ts'
import { Desk } from '#server/routing/test/desk.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { endOfCityDay } from '#server/store/own-day.ts'
import { daySkillsView, skillHandlers, type SkillParts } from './floor-skills.ts'

const lone = { agentId: 'lone' } as Person
const amal = 'amal' as AgentId
const skill = (id: string) => id as Skill

function openFloor(at: string) {
  const desk = new Desk()
  desk.at = Date.parse(at)
  desk.agent('amal')
  const submitted: RoutingEventBody[] = []
  const parts = {
    host: {
      get state() {
        return desk.state
      },
      submit: async (event: RoutingEventBody) => {
        const { refusal } = desk.take(event)
        if (refusal === undefined) submitted.push(event)
        return refusal
      },
    },
    wall: { snapshot: () => ({ version: 1, at: 1, view: {} }) },
    now: () => desk.at,
  }
  const floor = skillHandlers(parts as unknown as SkillParts)
  const set = async (attribute: string, level: number | null, agentId = amal) =>
    await floor['agent.set-skill'](lone, { agentId, attribute: skill(attribute), level })
  return { desk, submitted, floor, set }
}

t.test('the city’s day is over at its own midnight, on the days of the clock too', async (t) => {
  const end = (at: string) => new Date(endOfCityDay(Date.parse(at))).toISOString()
  t.equal(end('2026-11-27T22:59:59Z'), '2026-11-27T23:00:00.000Z')
  t.equal(end('2026-11-27T23:00:00Z'), '2026-11-28T23:00:00.000Z')
  t.equal(end('2026-10-24T22:00:00Z'), '2026-10-25T23:00:00.000Z', '25 hours')
  t.equal(end('2026-03-28T23:00:00Z'), '2026-03-29T22:00:00.000Z', '23 hours')
})

t.test('[R45] given, taken and their own again: each an event, and none where it is so already', async (t) => {
  const { desk, submitted, floor, set } = openFloor('2026-10-24T22:00:00Z')
  await set('library', 2)
  await set('library', 2)
  await set('citizen', 0)
  const until = Date.parse('2026-10-25T23:00:00Z')
  const what = { type: 'agent.skill-set', agentId: 'amal', until, byId: 'lone' }
  t.same(submitted, [
    { ...what, attribute: 'library', level: 2 },
    { ...what, attribute: 'citizen', level: 0 },
  ])
  const skills = await floor['agent.skills'](lone, { agentId: amal })
  t.ok(Value.Check(AgentSkills, skills))
  t.same(skills, {
    skills: [
      { attribute: 'citizen', level: 0, ownLevel: 3 },
      { attribute: 'library', level: 2, ownLevel: 0 },
    ],
  })
  const people = new Map([['lone', { name: 'Lone Bruun' }]]) as unknown as Directory['people']
  const { daySkills } = daySkillsView({ people }, desk.agentOf('amal'))
  t.ok(Value.Check(DaySkills, daySkills))
  t.match(daySkills, [{ attribute: 'library', level: 2, until, byName: 'Lone Bruun' }, { attribute: 'citizen' }])
  await set('library', null)
  await set('citizen', null)
  t.same(daySkillsView({ people }, desk.agentOf('amal')), {})
})

t.test('[R45] refused: a language, what the policy has not, and whoever is not at work', async (t) => {
  const { set, floor, submitted } = openFloor('2026-11-27T12:00:00Z')
  await t.rejects(set('so', 3), { code: 'not-allowed' })
  await t.rejects(set('gardening', 3), { code: 'not-allowed' })
  await t.rejects(set('library', 3, 'nobody' as AgentId), { code: 'unknown-agent' })
  await t.rejects(set('library', null, 'nobody' as AgentId), { code: 'unknown-agent' })
  t.throws(() => floor['agent.skills'](lone, { agentId: 'nobody' as AgentId }), { code: 'unknown-agent' })
  t.same(submitted, [])
})
