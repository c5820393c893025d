/** A state as plain data and back, for keeping and for comparing. */
import type { Agent, Call, Policy, State } from './state.ts'

/** Raised when the shape of the state changes; an older snapshot is then not read but folded anew from the journal. */
export const SNAPSHOT_VERSION = 1

export type Snapshot = {
  readonly version: number
  readonly at: number
  readonly policy: Policy
  readonly calls: readonly Call[]
  readonly agents: readonly Agent[]
}

/** The whole state as JSON-ready data; the order of calls is kept. */
export function toSnapshot(state: State): Snapshot {
  const calls = [...state.calls.values()]
  return { version: SNAPSHOT_VERSION, at: state.at, policy: state.policy, calls, agents: [...state.agents.values()] }
}

/** The state a snapshot was made of. Throws where the snapshot is of another version. */
export function fromSnapshot(snapshot: Snapshot): State {
  if (snapshot.version !== SNAPSHOT_VERSION) throw new Error(`snapshot version ${snapshot.version} is not known`)
  const calls = new Map(snapshot.calls.map((call) => [call.id, call]))
  const agents = new Map(snapshot.agents.map((agent) => [agent.id, agent]))
  return { at: snapshot.at, policy: snapshot.policy, calls, agents }
}
