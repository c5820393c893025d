/** What a supervisor writes to agents: on the desk until read, over a restart, once; kept for the day and in no journal. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { AgentId } from '../contract/ids.ts'
import { MESSAGE_LETTERS_MAX, type StaffMessageId } from '../contract/staff-messages.ts'
import { dropOldMessages, keepMessages, startOfDay, unreadMessages } from '../store/staff-messages.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

const idOf = () => randomUUID() as string as StaffMessageId
const DAY_MS = 86_400_000
const SECRET = 'Kom-tilbage-til-Jensen'

t.test('to one and to all, read, over a restart; what was said is in no journal and goes with the day', async (t) => {
  const printed: string[] = []
  const system = await TestSystem.start(t, { onOutput: (text) => printed.push(text) })
  const lone = await system.floor('lone')
  const [amal, bo] = [await system.agent('amal'), await system.agent('bo')]
  await eventually('all to be there', () => [lone, amal, bo].every(({ state }) => state.kind === 'online'))
  const wordsAt = (agent: AgentConnection) => agent.snapshot?.view.messages?.map(({ words }) => words) ?? []
  const rows = await system.db.selectFrom('agents').select('agent_id').where('username', '=', 'amal').execute()
  const amalId = (rows[0]?.agent_id ?? '') as AgentId
  const toAmal = { messageId: idOf(), toAgentId: amalId, words: SECRET }
  const toAll = { messageId: idOf(), toAgentId: null, words: 'Møde kl. 15' }
  t.same(await lone.request('message.send', toAmal), { toCount: 1 })
  t.same(await lone.request('message.send', toAll), { toCount: 2 })
  t.same(await lone.request('message.send', toAll), { toCount: 2 }, 'asked again')
  await eventually('both to have it', () => wordsAt(amal).length === 2 && wordsAt(bo).length === 1)
  t.match(amal.snapshot?.view.messages?.[0], { words: SECRET, byName: 'Lone Bruun' })
  await t.rejects(lone.request('message.send', { ...toAmal, messageId: idOf(), toAgentId: 'elin' as AgentId }), {
    code: 'unknown-agent',
  })
  for (const words of ['   ', 'x'.repeat(MESSAGE_LETTERS_MAX + 1)]) {
    await t.rejects(lone.request('message.send', { ...toAll, messageId: idOf(), words }), { code: 'bad-request' })
  }
  await bo.request('message.read', { messageId: toAmal.messageId })
  t.equal(wordsAt(amal).length, 2, 'nobody reads for somebody else')
  await amal.request('message.read', { messageId: toAll.messageId })
  await eventually('it to be gone', () => wordsAt(amal).length === 1)

  await system.killServer()
  await system.startServer()
  await eventually('what was not read to be there', () => wordsAt(amal)[0] === SECRET && wordsAt(bo)[0] === toAll.words)
  t.equal(wordsAt(amal).length, 1)
  const journal = await system.db.selectFrom('journal').select(['event', 'facts']).execute()
  t.ok(journal.length > 3)
  t.notMatch(JSON.stringify(journal), SECRET)
  t.notMatch(printed.join(''), SECRET)

  const now = Date.now()
  const old = { messageId: 'old', toId: amalId, byId: 'lone', words: 'i går', sentAt: startOfDay(now) - 1 }
  await keepMessages(system.db, [old])
  t.equal((await unreadMessages(system.db, now)).length, 2)
  t.equal(await dropOldMessages(system.db, now), 1, 'of yesterday')
  t.equal(await dropOldMessages(system.db, now + DAY_MS), 3, 'also what was read')
})
