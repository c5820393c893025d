/** [R43] What the SFU is told of supervisors. */
import t from 'tap'
import type { Call } from '#server/routing/state.ts'
import type { SupervisionKind } from '#server/routing/supervision.ts'
import { SupervisedCalls, supervisionOf } from './supervised-calls.ts'

const call = (kind: SupervisionKind | null, ...joinedIds: string[]): Call => {
  const supervisor = kind === null ? null : { id: 'lone', kind }
  const joined = joinedIds.map((agentId) => ({ agentId }))
  return { id: 'a', status: 'connected', agentId: 'bo', joined, supervisor } as unknown as Call
}

t.test('by whom they are heard', async (t) => {
  const heardBy = (of: Call) => supervisionOf(of).heardBy
  const participantId = 'supervisor-lone'
  t.same(heardBy(call('listen')), [{ participantId, byIds: [] }])
  t.same(heardBy(call('whisper', 'cecilie')), [{ participantId, byIds: ['agent-bo', 'agent-cecilie'] }])
  t.same(supervisionOf(call('join')), { participantIds: [participantId], heardBy: [] })
  t.same(supervisionOf(call(null)), { participantIds: [], heardBy: [] })
  t.same(supervisionOf(undefined), { participantIds: [], heardBy: [] })
})

t.test('told of what is new: another way, another to whisper to, and the end, also of the call', async (t) => {
  const told: (Call | undefined)[] = []
  let now: Call | undefined = call(null)
  const calls = new SupervisedCalls((_callId, of) => Promise.resolve(void told.push(of)))
  const becomes = (next: Call | undefined) => {
    now = next
    calls.follow(['a'], () => now)
    return told.length
  }
  t.equal(becomes(call(null)), 0)
  t.equal(becomes(call('listen')), 1)
  t.equal(becomes(call('listen', 'cecilie')), 1, 'heard by nobody, whoever comes in')
  t.equal(becomes(call('whisper')), 2)
  t.equal(becomes(call('whisper', 'cecilie')), 3)
  t.equal(becomes(undefined), 4)
  t.equal(becomes(undefined), 4)
})

t.test('whoever asks hears that the SFU could not be told', async (t) => {
  const calls = new SupervisedCalls(() => Promise.reject(new Error('away')))
  calls.follow(['a'], () => call('listen'))
  await t.rejects(calls.settled('a'), /away/)
  await t.resolves(calls.settled('b'))
})
