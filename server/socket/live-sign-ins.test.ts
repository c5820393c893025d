/** Open pages and the sign-ins they came with: what is told from outside, what is looked at by itself. No server, no clock. */
import { EventEmitter } from 'node:events'
import type { Namespace } from 'socket.io'
import t from 'tap'
import { hashToken } from '#server/auth/tokens.ts'
import type { SignIn } from '#server/store/sign-ins.ts'
import { LiveSignIns } from './live-sign-ins.ts'

const HOUR_MS = 3_600_000
const signIn = (signInId: string, agentId: string): SignIn => {
  const startedAt = new Date(0)
  return { signInId, agentId, way: 'password', browser: null, startedAt, usedAt: startedAt }
}

function openPages(t: { teardown(work: () => void): void }) {
  const kept = new Map([signIn('one', 'amal'), signIn('two', 'lone')].map((each) => [each.signInId, each]))
  const busy = new Set<string>()
  let at = 0
  const live = new LiveSignIns(
    {
      hasSecureCookies: true,
      signInMs: 12 * HOUR_MS,
      now: () => at,
      store: {
        find: async (hash) => [...kept.values()].find(({ signInId }) => hash.equals(hashToken(signInId))),
        noteUse: async (ids) => ids.flatMap((id) => kept.get(id) ?? []),
        end: async ({ signInId }) => kept.delete(signInId),
      },
      isBusy: (agentId) => busy.has(agentId),
      bindOptions: { onBug: () => undefined },
    },
    () => undefined,
  )
  t.teardown(() => live.stop())
  const namespace = new EventEmitter()
  live.follow(namespace as unknown as Namespace)
  const open = async (token: string, name = '__Host-skranke-sign-in') => {
    const told: string[] = []
    const socket = new EventEmitter()
    const page = Object.assign(socket, {
      told,
      connected: true,
      handshake: { headers: { cookie: `${name}=${token}` } },
      emit: (event: string, { why }: { why?: string }) => told.push(why === undefined ? event : `${event}: ${why}`) > 0,
      disconnect: () => {
        page.connected = false
        EventEmitter.prototype.emit.call(socket, 'disconnect')
      },
    })
    namespace.emit('connection', page)
    await new Promise((resolve) => setImmediate(resolve))
    return page
  }
  return { live, kept, busy, open, setHour: (hour: number) => (at = hour * HOUR_MS) }
}

t.test('what ends closes its own pages, told first, and no others', async (t) => {
  const { live, open } = openPages(t)
  const [first, second, other] = [await open('one'), await open('one'), await open('two')]
  live.ended('one', 'role')
  t.same([first.connected, second.connected, other.connected], [false, false, true])
  t.same(first.told, ['signed-out: role'])
})

t.test('a page that comes with what is over, with nothing, or by a name that anybody can set is closed', async (t) => {
  const { live, open } = openPages(t)
  live.ended('one')
  t.notOk((await open('one')).connected, 'it ended while the page was on its way in')
  t.notOk((await open('nobody')).connected)
  t.notOk((await open('two', 'skranke-sign-in')).connected)
})

t.test('after its hours a sign-in ends, but never from under a citizen', async (t) => {
  const { live, kept, busy, open, setHour } = openPages(t)
  const [desk, floor] = [await open('one'), await open('two')]
  setHour(11)
  await live.look()
  t.ok(desk.connected && floor.connected)
  setHour(12)
  busy.add('amal')
  await live.look()
  t.same([desk.connected, floor.connected], [true, false])
  t.same(floor.told, ['signed-out: limit'])
  busy.clear()
  await live.look()
  t.notOk(desk.connected, 'once nobody is with them')
  t.equal(kept.size, 0)
})

t.test('an end that nobody told of is found by looking', async (t) => {
  const { live, kept, open } = openPages(t)
  const page = await open('one')
  kept.delete('one')
  await live.look()
  t.notOk(page.connected)
})
