/** The supervisors' connection: lays what has changed upon the view before, so that whoever shows it knows only whole views. */
import type { Static } from 'typebox'
import type { SupervisorPatch } from '#server/contract/supervisor-patch.ts'
import type { supervisorEvents, supervisorRequests, SupervisorSnapshot } from '#server/contract/supervisor-socket.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import { connect, type Connection, type ConnectOptions } from './connection.ts'

type Snapshot = Static<typeof SupervisorSnapshot>
export type FloorConnection = Connection<typeof supervisorRequests, typeof supervisorEvents>

/** Opens it; its `snapshot` is always whole and the newest. */
export function connectFloor(options: Omit<ConnectOptions, 'namespace'>): FloorConnection {
  return followed(connect<typeof supervisorRequests, typeof supervisorEvents>({ ...options, namespace: '/supervisor' }))
}

/** The same connection, with a `snapshot` that follows its patches. */
export function followed(connection: FloorConnection): FloorConnection {
  const listeners = new Set<() => void>()
  const tell = (): void => listeners.forEach((listener) => listener())
  let whole: Snapshot | null = null
  let newest: Snapshot | null = null
  const current = (): Snapshot | null => {
    if (connection.snapshot !== whole) newest = whole = connection.snapshot
    return newest
  }
  connection.subscribe(tell)
  connection.on('view.patched', (patch) => {
    const before = current()
    // What comes before `hello` is answered is in the answer.
    if (before === null || connection.state.kind !== 'online' || patch.version <= before.version) return
    // One was missed: everything is asked for anew.
    if (patch.from !== before.version) return void connection.check()
    newest = { version: patch.version, at: patch.at, view: laidUpon(before.view, patch) }
    tell()
  })
  return {
    get state() {
      return connection.state
    },
    get snapshot() {
      return current()
    },
    get clockOffsetMs() {
      return connection.clockOffsetMs
    },
    serverNow: () => connection.serverNow(),
    request: (name, body, asked) => connection.request(name, body, asked),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    on: (name, listener) => connection.on(name, listener),
    check: () => connection.check(),
    reconnect: () => connection.reconnect(),
    close: () => {
      connection.close()
      listeners.clear()
    },
  }
}

type Changes<Row, Id> = { readonly put: readonly Row[]; readonly drop: readonly Id[] }

/** The view that a patch makes of the one before. Parts that it does not name are the same objects as before. */
export function laidUpon(view: SupervisorView, patch: SupervisorPatch): SupervisorView {
  const { from: _from, version: _version, at: _at, queues, days, agents, sites, ...wholes } = patch
  return {
    ...view,
    ...wholes,
    queues: rowsAfter(view.queues, queues, ({ queueId }) => queueId),
    days: rowsAfter(view.days, days, ({ queueId }) => queueId),
    agents: rowsAfter(view.agents, agents, ({ agentId }) => agentId),
    sites: rowsAfter(view.sites, sites, ({ siteId }) => siteId),
  }
}

/** Rows keep their places; new ones come last. */
function rowsAfter<Row, Id>(rows: Row[], changes: Changes<Row, Id> | undefined, idOf: (row: Row) => Id): Row[] {
  if (changes === undefined) return rows
  const after = new Map(rows.map((row) => [idOf(row), row]))
  for (const id of changes.drop) after.delete(id)
  for (const row of changes.put) after.set(idOf(row), row)
  return [...after.values()]
}
