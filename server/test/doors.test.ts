/** Who may ask what: every request of every audience by everybody else, and packets that no page of ours would send. */
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import t, { type Test } from 'tap'
import { agentRequests } from '#server/contract/agent-socket.ts'
import { callerRequests, PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import { eventually, TestSystem } from './harness.ts'

/** The longest message taken is 64 KiB. */
const OVERSIZE = 'x'.repeat(70_000)
/** As `SKRANKE_SERVER_SIGN_IN_MS` is by default. */
const SIGN_IN_MS = 12 * 60 * 60 * 1_000
const ANSWER_MS_MAX = 5_000

const audiences = [
  { namespace: '/caller', requests: Object.keys(callerRequests) },
  { namespace: '/agent', requests: Object.keys(agentRequests) },
  { namespace: '/supervisor', requests: Object.keys(supervisorRequests) },
] as const

type Outcome = { ok: boolean; error?: { code: string } }
type Identity = { readonly auth?: object; readonly headers?: Record<string, string> }

/** A bare connection, as anybody can make one; `undefined` with the code where it is turned away. */
async function knock(t: Test, url: string, namespace: string, { auth = {}, headers = {} }: Identity) {
  const socket = io(url + namespace, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { protocolVersion: PROTOCOL_VERSION, ...auth },
    extraHeaders: headers,
  })
  t.teardown(() => socket.disconnect())
  return new Promise<{ socket: Socket; code: string | undefined }>((resolve) => {
    socket.on('connect', () => resolve({ socket, code: undefined }))
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve({ socket, code: error.data?.code ?? error.message }),
    )
  })
}

const ask = (socket: Socket, name: string, body: unknown): Promise<Outcome> =>
  socket.timeout(ANSWER_MS_MAX).emitWithAck(name, body) as Promise<Outcome>

const journalLength = async (system: TestSystem) =>
  Number(
    (
      await system.db
        .selectFrom('journal')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst()
    )?.n,
  )

t.test('doors: each audience lets in its own, and a request of another is none', async (t) => {
  const system = await TestSystem.start(t)
  const [kiosk] = system.access.kiosks
  const people: Record<string, Identity> = {
    nobody: {},
    kiosk: { auth: { kioskId: kiosk?.kioskId, deviceKey: kiosk?.deviceKey } },
    'kiosk with a wrong key': { auth: { kioskId: kiosk?.kioskId, deviceKey: 'x'.repeat(43) } },
    agent: { headers: { cookie: await system.signIn('bo') } },
    supervisor: { headers: { cookie: await system.signIn('lone') } },
    administrator: { headers: { cookie: await system.signIn('inge') } },
    'old page': { auth: { protocolVersion: 0 }, headers: { cookie: await system.signIn('amal') } },
  }
  const homes: Record<string, string> = { kiosk: '/caller', agent: '/agent', supervisor: '/supervisor' }
  let doorCount = 0
  for (const [who, identity] of Object.entries(people)) {
    for (const { namespace } of audiences) {
      const { code } = await knock(t, system.url, namespace, identity)
      // [R44] A supervisor may be at a desk too.
      const isHome = homes[who] === namespace || (who === 'supervisor' && namespace === '/agent')
      const isCookie = identity.headers !== undefined && namespace !== '/caller'
      const expected = isHome
        ? undefined
        : who === 'old page'
          ? 'version-mismatch'
          : isCookie
            ? 'not-allowed'
            : 'not-signed-in'
      t.equal(code, expected, `${who} at ${namespace}`)
      doorCount += 1
    }
  }
  t.equal(doorCount, 21)

  for (const [who, home] of Object.entries(homes)) {
    const foreign = audiences.filter(({ namespace }) => namespace !== home).flatMap(({ requests }) => requests)
    const own: readonly string[] = audiences.find(({ namespace }) => namespace === home)?.requests ?? []
    const before = await journalLength(system)
    for (const name of foreign.filter((each) => !own.includes(each))) {
      const { socket } = await knock(t, system.url, home, people[who] ?? {})
      t.match(await ask(socket, name, {}), { ok: false, error: { code: 'bad-request' } }, `${who} asks ${name}`)
      socket.disconnect()
    }
    const newer = await journalLength(system)
    // Coming and going of the connections themselves is all that may have been kept.
    t.ok(newer >= before)
  }
  const calls = await system.db.selectFrom('calls').selectAll().execute()
  t.same(calls, [], 'nobody was put in line')
})

t.test('what no page sends is refused, changes nothing, and the server lives', async (t) => {
  const system = await TestSystem.start(t)
  const [kiosk] = system.access.kiosks
  const identity = { auth: { kioskId: kiosk?.kioskId, deviceKey: kiosk?.deviceKey } }
  const before = await journalLength(system)
  const bodies: unknown[] = [{}, null, [], 'text', 7, { callId: 'no uuid' }, { callId: randomUUID(), more: 1 }]
  for (const body of bodies) {
    const { socket } = await knock(t, system.url, '/caller', identity)
    const outcome = await ask(socket, 'call.start', body)
    t.match(outcome, { ok: false, error: { code: 'bad-request' } }, JSON.stringify(body))
  }
  const hostile: [string, (socket: Socket) => void][] = [
    ['no acknowledgement', (socket) => [1, 2, 3].forEach(() => socket.emit('call.start', { callId: randomUUID() }))],
    ['an unknown request', (socket) => [1, 2, 3].forEach(() => socket.emit('constructor', {}))],
    ['too much at once', (socket) => socket.emit('call.start', { callId: OVERSIZE })],
    ['a flood', (socket) => Array.from({ length: 500 }).forEach(() => socket.emit('hello', {}, () => undefined))],
  ]
  for (const [title, act] of hostile) {
    const { socket } = await knock(t, system.url, '/caller', identity)
    const gone = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()))
    act(socket)
    await gone
    t.pass(`${title}: disconnected`)
  }
  t.equal((await fetch(`${system.url}/health/ready`)).status, 200)
  t.equal(await journalLength(system), before, 'nothing was kept')
})

t.test('the same press again, from this page or after a new connection, is one call', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const callId = randomUUID() as Parameters<typeof kiosk.request<'call.start'>>[1]['callId']
  await Promise.all([1, 2, 3].map(() => kiosk.request('call.start', { callId })))
  const newer = system.kiosk(0)
  await eventually('the newer page', () => newer.state.kind === 'online')
  await newer.request('call.start', { callId })
  t.match(await system.db.selectFrom('calls').select('call_id').execute(), [{ call_id: callId }])
  await newer.request('call.hang-up', { callId })
  await t.rejects(newer.request('call.start', { callId }), { code: 'call-ended' }, 'a replay after the end is refused')
})

t.test('a whole centre signs in from one address', async (t) => {
  const system = await TestSystem.start(t, { crowd: { kioskCount: 0, agentCount: 30 } })
  for (const { username } of system.access.accounts) t.ok(await system.signIn(username), `${username} is in`)
})

t.test('a sign-in ends by itself, and is forgotten at the next one', async (t) => {
  const system = await TestSystem.start(t)
  const cookie = await system.signIn('amal')
  const session = async () => (await fetch(`${system.url}/api/v1/session`, { headers: { cookie } })).status
  t.equal(await session(), 200)
  const tooOld = new Date(Date.now() - SIGN_IN_MS - 1_000)
  await system.db.updateTable('sign_ins').set({ created_at: tooOld, used_at: tooOld }).execute()
  t.equal(await session(), 401)
  await system.signIn('bo')
  t.match(await system.db.selectFrom('sign_ins').select('agent_id').execute(), [{ agent_id: 'bo' }])
})
