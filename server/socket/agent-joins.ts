/** What an agent's desk asks about people: whom to ask in, the note that goes along, and taking it back. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { Body, Reply } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { JoinTarget } from '#server/contract/joins.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import type { ConnectedCall, State } from '#server/routing/state.ts'
import { isInCall } from '#server/routing/state.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { JoinNotes } from './join-notes.ts'
import { must } from './outcome.ts'
import { peopleToAsk, targetOf } from './people-view.ts'

type Parts = { readonly host: RoutingHost; readonly directory: Directory; readonly notes: JoinNotes }
type Requests = typeof agentRequests

/** The call that this agent talks in. Throws `unknown-call` where they do not. */
function ownCall(state: State, { agentId }: Person, callId: string): ConnectedCall {
  const call = state.calls.get(callId)
  if (!isInCall(call, agentId)) throw new Refusal<ErrorCode>('unknown-call', 'this agent has no such call')
  return call
}

/** Throws where the city has no such skill, queue or centre. */
function mustExist({ host, directory }: Parts, target: JoinTarget): void {
  const { policy } = host.state
  const isThere =
    target.kind === 'agent' ||
    (target.kind === 'skill' && Object.hasOwn(policy.attributes, target.attribute)) ||
    (target.kind === 'queue' && Object.hasOwn(policy.queues, target.queueId)) ||
    (target.kind === 'centre' && directory.centreIds.has(target.centreId))
  if (!isThere) throw new Refusal<ErrorCode>('bad-request', `the city has no such ${target.kind}`)
}

/** Asks the engine for somebody, and keeps the note for whoever comes. Throws as the engine refuses. */
export async function askIn(parts: Parts, person: Person, body: Body<Requests, 'join.ask'>): Promise<void> {
  const { callId, joinId, target: asked, isTransfer = false, note } = body
  mustExist(parts, asked)
  // Whoever has the agent's offer by the time the engine answers sees the note with it: so it is there before.
  const { agentId } = person
  const { state } = parts.host
  const isNew = parts.notes.of(callId, joinId) === null && !state.joins.has(joinId)
  const isKept = note !== undefined && isNew && isInCall(state.calls.get(callId), agentId)
  if (isKept) parts.notes.keep(callId, joinId, note)
  const event = { type: 'join.asked', agentId, callId, joinId, isTransfer, ...targetOf(asked) } as const
  const refusal = await parts.host.submit(event)
  if (refusal !== undefined && isKept) parts.notes.drop(callId, joinId)
  must(refusal)
}

/** The note once more, from whoever asked. Returns whether it was news. */
export function keepNote({ host, notes }: Parts, person: Person, body: Body<Requests, 'hand-over.note'>): boolean {
  const { callId, joinId, note } = body
  const call = ownCall(host.state, person, callId)
  const join = host.state.joins.get(joinId)
  const came = [call.askedIn, ...call.joined.map(({ askedIn }) => askedIn)].find((one) => one?.joinId === joinId)
  const askedById = join?.callId === callId ? join.askedById : came?.askedById
  if (askedById !== person.agentId) throw new Refusal<ErrorCode>('not-allowed', 'this agent has not asked for that')
  return notes.keep(callId, joinId, note)
}

/** Nobody is wanted any more. Of whom nobody wants already it changes nothing. */
export async function cancelAsking({ host }: Parts, person: Person, joinId: string): Promise<void> {
  const join = host.state.joins.get(joinId)
  if (join === undefined) return
  if (host.state.calls.has(join.callId)) ownCall(host.state, person, join.callId)
  must(await host.submit({ type: 'join.cancelled', joinId }))
}

/** Who could be asked into the agent's call now. */
export function listPeople(parts: Parts, person: Person, name: string | undefined): Reply<Requests, 'colleagues.list'> {
  const { state } = parts.host
  const work = state.agents.get(person.agentId)?.work
  const call = ownCall(state, person, work?.kind === 'in-call' ? work.callId : '')
  return peopleToAsk({ state, directory: parts.directory, noteOf: parts.notes.of }, call, name)
}
