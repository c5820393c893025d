/** The live connection of a page as signals: how it stands, and the newest view. */
import { batch, signal, type ReadonlySignal } from '@preact/signals'
import { connect, type ConnectionState, type SnapshotOf } from '#server/client/connection.ts'
import type { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { connectFloor } from '#server/client/followed-floor.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import type { CaptionSaid } from '#server/contract/captions.ts'
import type { SignedOut } from '#server/contract/sign-ins.ts'
import type { ShownMove } from '#server/contract/shown.ts'
import type { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { Body, Reply } from '#sfu/contract/wire.ts'
import { becomeSignedOut } from './account.ts'
import { claimDeskId } from './desk-id.ts'
import { followClock, nowAt } from './server-clock.ts'
import { onWake } from './wake.ts'

type AgentRequests = typeof agentRequests
type AgentSnapshot = SnapshotOf<typeof agentEvents>
type SupervisorSnapshot = SnapshotOf<typeof supervisorEvents>

/** Two clocks run apart by less than a tenth of a second in this time. In ms. */
const CHECK_EVERY_MS = 10 * 60_000

/** What every page may know of its connection. */
export interface Link<Snapshot> {
  readonly state: ReadonlySignal<ConnectionState>
  readonly snapshot: ReadonlySignal<Snapshot | null>
  /** When the connection was lost, by the server's clock; null while it stands. */
  readonly lostAt: ReadonlySignal<number | null>
  /** Tries again now. */
  reconnect(): void
  close(): void
}

type SupervisorRequests = typeof supervisorRequests

export interface SupervisorLink extends Link<SupervisorSnapshot> {
  request<K extends keyof SupervisorRequests & string>(
    name: K,
    body: Body<SupervisorRequests, K>,
  ): Promise<Reply<SupervisorRequests, K>>
}

export interface AgentLink extends Link<AgentSnapshot> {
  /** Connects in the place of another window: only upon the agent's word. */
  takeOver(): void
  request<K extends keyof AgentRequests & string>(
    name: K,
    body: Body<AgentRequests, K>,
  ): Promise<Reply<AgentRequests, K>>
}

interface Observed<Snapshot> {
  readonly state: ConnectionState
  readonly snapshot: Snapshot | null
  serverNow(): number
  subscribe(listener: () => void): () => void
  on(name: 'signed-out', listener: (body: SignedOut) => void): () => void
  reconnect(): void
  close(): void
}

function observe<Snapshot>(connection: Observed<Snapshot>): Link<Snapshot> {
  const state = signal<ConnectionState>(connection.state)
  const snapshot = signal<Snapshot | null>(connection.snapshot)
  const lostAt = signal<number | null>(null)
  followClock(() => connection.serverNow())
  connection.subscribe(() => {
    const { state: now } = connection
    // The cookie is no longer good: signing in anew opens a new connection.
    if (now.kind === 'refused' && now.code === 'not-signed-in') return becomeSignedOut()
    batch(() => {
      const isOnline = connection.state.kind === 'online'
      lostAt.value = isOnline ? null : (lostAt.value ?? nowAt.value)
      state.value = connection.state
      snapshot.value = connection.snapshot
    })
  })
  connection.on('signed-out', ({ why }) => becomeSignedOut(why))
  return { state, snapshot, lostAt, reconnect: () => connection.reconnect(), close: () => connection.close() }
}

export interface CallListeners {
  /** Somebody else in the call points or scrolls in what the citizen is shown. */
  readonly onMoved: (move: ShownMove) => void
  /** Somebody else in the call types captions. */
  readonly onCaption: (said: CaptionSaid) => void
}

/** Opens the desk's connection with the cookie of the agent who is signed in. */
export function openAgentLink({ onMoved, onCaption }: CallListeners): AgentLink {
  // Until it has happened: the next loss of the connection is no wish to take over.
  let takesOver = false
  const connection = connect<AgentRequests, typeof agentEvents>({
    url: location.origin,
    namespace: '/agent',
    auth: async () => ({ protocolVersion: PROTOCOL_VERSION, deskId: await claimDeskId(), takesOver }),
  })
  connection.on('shown.moved', onMoved)
  connection.on('caption.said', onCaption)
  connection.subscribe(() => {
    if (connection.state.kind === 'online') takesOver = false
  })
  const stopWaking = onWake(() => void connection.check())
  const observed = observe(connection)
  return {
    ...observed,
    request: (name, body) => connection.request(name, body, { retry: true }),
    takeOver: () => {
      takesOver = true
      connection.reconnect()
    },
    close: () => {
      stopWaking()
      observed.close()
    },
  }
}

/** Opens the supervisor page's connection. */
export function openSupervisorLink(): SupervisorLink {
  const connection = connectFloor({ url: location.origin, auth: { protocolVersion: PROTOCOL_VERSION } })
  // A wall stands for days: its clock is set anew, and its view with it.
  const checking = setInterval(() => void connection.check(), CHECK_EVERY_MS)
  const observed = observe(connection)
  return {
    ...observed,
    request: (name, body) => connection.request(name, body, { retry: true }),
    close: () => {
      clearInterval(checking)
      observed.close()
    },
  }
}
