/** Whose window the SFU takes follows what is shown, and ends wherever it may not be any more. */
import t from 'tap'
import { Refusal } from '#sfu/contract/wire.ts'
import type { Shown, ShownId } from '../contract/shown.ts'
import type { Call } from '../routing/state.ts'
import { ShownInCalls } from './shown-in-calls.ts'
import { ShownWindows } from './shown-windows.ts'

const callId = '0b1c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a10'
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ShownId
const window = (n: number): Shown => ({ kind: 'window', shownId: idOf(n), language: 'da' })
const text: Shown = { kind: 'text', shownId: idOf(9), language: 'da', title: 'Pas', body: '' }

function windows(answer: () => Promise<void> = async () => undefined) {
  const told: (string | null)[] = []
  const shown = new ShownInCalls(() => 0)
  const all = new ShownWindows(shown, async (_, agentId) => {
    told.push(agentId)
    await answer()
  })
  return { told, shown, all }
}

t.test('the SFU is told of windows alone, and that they are over', async (t) => {
  const { told, shown, all } = windows()
  shown.show(callId, 'amal', text)
  t.ok(await all.follow(callId))
  shown.show(callId, 'amal', window(1))
  t.equal(all.agentOf(callId), 'amal')
  t.ok(await all.follow(callId))
  shown.show(callId, 'bo', window(2))
  await all.follow(callId)
  shown.close(callId, idOf(2))
  t.equal(all.agentOf(callId), null, 'what the citizen closed is closed')
  await all.follow(callId)
  await all.follow(callId)
  t.same(told, ['amal', 'bo', null])
})

t.test(
  'an SFU that cannot be told of a window is no window; that there is none is said again when it is back',
  async (t) => {
    const { shown, all } = windows(async () => {
      throw new Refusal('no-answer', 'away')
    })
    shown.show(callId, 'amal', window(1))
    t.notOk(await all.follow(callId))
    shown.stop(callId)
    t.ok(await all.follow(callId))
    const broken = windows(async () => {
      throw new Error('a bug')
    })
    broken.shown.show(callId, 'amal', window(1))
    await t.rejects(broken.all.follow(callId), { message: 'a bug' })
  },
)

t.test('over with a hold, with writing, with its agent, and with the call', async (t) => {
  const call = { status: 'connected', agentId: 'amal', joined: [{ agentId: 'bo' }], hold: null, mode: 'video' }
  const ends = (changes: object | undefined, by = 'amal') => {
    const { told, shown, all } = windows()
    shown.show(callId, by, window(1))
    void all.follow(callId)
    all.endWhereOver([callId], () => (changes === undefined ? undefined : ({ ...call, ...changes } as unknown as Call)))
    t.equal(all.agentOf(callId) === null, told.at(-1) === null, 'both or neither')
    return all.agentOf(callId) === null
  }
  t.notOk(ends({}))
  t.notOk(ends({}, 'bo'))
  t.notOk(ends({ mode: 'voice' }))
  t.ok(ends({ hold: { agentId: 'amal', since: 0, endsAt: 1 } }))
  t.ok(ends({ mode: 'text' }))
  t.ok(ends({ joined: [] }, 'bo'))
  t.ok(ends({ status: 'waiting' }))
  t.ok(ends(undefined))
})
