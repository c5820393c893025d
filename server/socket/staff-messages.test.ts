import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { AgentId } from '#server/contract/ids.ts'
import type { StaffMessageId } from '#server/contract/staff-messages.ts'
import { emptyState } from '#server/routing/state.ts'
import { step } from '#server/routing/step.ts'
import type { Person } from '#server/store/directory.ts'
import { startOfDay, type KeptMessage } from '#server/store/staff-messages.ts'
import { StaffMessages } from './staff-messages.ts'

const idOf = () => randomUUID() as string as StaffMessageId

t.test('what is of yesterday is on no desk, and the same message is sent once', async (t) => {
  let at = Date.parse('2026-11-27T22:30:00Z')
  const kept: KeptMessage[] = []
  const agents = ['amal', 'bo'].map(
    (agentId) => ({ at: 1, type: 'agent.signed-in', agentId, centreId: 'hng' }) as const,
  )
  const state = agents.reduce((before, event) => step(before, { ...event, attributes: {} }).state, emptyState())
  const messages = new StaffMessages({
    directory: { people: new Map([['lone', { name: 'Lone Bruun' } as Person]]) },
    state: () => state,
    now: () => at,
    store: {
      unread: async () => kept.slice(0, 1),
      keep: async (added) => void kept.push(...added),
      noteRead: async () => undefined,
    },
    onChange: () => undefined,
  })
  const lone = { agentId: 'lone' } as Person
  const message = { messageId: idOf(), toAgentId: null, words: '  Kom tilbage  ' }
  t.equal(await messages.send(message, lone), 2)
  t.match(messages.of('bo'), [{ words: 'Kom tilbage', byName: 'Lone Bruun', sentAt: at }])
  await messages.read('bo', message.messageId)
  t.equal(await messages.send(message, lone), 2)
  t.same([messages.of('bo').length, messages.of('amal').length, kept.length], [0, 1, 2])
  for (let i = 0; i < 7; i += 1) await messages.send({ ...message, messageId: idOf(), words: `${i}` }, lone)
  t.same(
    messages.of('bo').map(({ words }) => words),
    ['2', '3', '4', '5', '6'],
    'the newest',
  )
  at = Date.parse('2026-11-27T23:30:00Z')
  t.same(messages.of('bo'), [], 'it is tomorrow in the city')
  t.equal(startOfDay(at), Date.parse('2026-11-27T23:00:00Z'))
})

t.test(
  'to somebody who is not there it is refused; what could not be kept is on no desk, and may be sent again',
  async (t) => {
    let isBroken = true
    const told: string[] = []
    const signedIn = { at: 1, type: 'agent.signed-in', agentId: 'amal', centreId: 'hng', attributes: {} } as const
    const { state } = step(emptyState(), signedIn)
    const messages = new StaffMessages({
      directory: { people: new Map() },
      state: () => state,
      now: () => 1_000,
      store: {
        unread: async () => [],
        keep: async () => {
          if (isBroken) throw new Error('no database')
        },
        noteRead: async () => undefined,
      },
      onChange: (agentId) => told.push(agentId),
    })
    const lone = { agentId: 'lone' } as Person
    const message = { messageId: idOf(), toAgentId: 'amal' as AgentId, words: 'Hej' }
    await t.rejects(messages.send({ ...message, toAgentId: 'bo' as AgentId }, lone), { code: 'unknown-agent' })
    await t.rejects(messages.send(message, lone), /no database/)
    t.same([messages.of('amal'), told], [[], []])
    isBroken = false
    t.equal(await messages.send(message, lone), 1)
    t.match(messages.of('amal'), [{ words: 'Hej', byName: '–' }])
    t.same(told, ['amal'])
  },
)
