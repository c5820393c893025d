/** What a supervisor does to calls, agents and queues: each is an event in the journal, with who did it. */
import type { Handlers } from '#sfu/contract/wire.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { WAITING_CALLS_MAX, type CallMove, type WaitingCalls } from '#server/contract/floor-actions.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import { isMovable } from '#server/routing/move.ts'
import { isOnlyPromised } from '#server/routing/promised.ts'
import { firmNeeds } from '#server/routing/requirements.ts'
import { hasAll, type Call, type State } from '#server/routing/state.ts'
import { isTakeable } from '#server/routing/take.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { Audiences } from './audiences.ts'
import { branded } from './branded.ts'
import { must } from './outcome.ts'
import type { StaffMessages } from './staff-messages.ts'
import type { Wall } from './wall.ts'

export type FloorParts = {
  readonly host: Pick<RoutingHost, 'state' | 'submit'>
  readonly directory: Pick<Directory, 'sites' | 'queues'>
  readonly audiences: Pick<Audiences, 'dismissAgent' | 'refreshNotices'>
  readonly wall: Pick<Wall, 'snapshot'>
  readonly messages: Pick<StaffMessages, 'send'>
  /** Ends every sign-in of somebody, so that no page of theirs comes back by itself. */
  readonly endSignIns: (agentId: string) => Promise<void>
}

/** Moves that are remembered: whoever asks again after a lost answer does so within seconds. */
const MOVES_REMEMBERED = 1_000

type Actions =
  'calls.waiting' | 'call.move' | 'call.take' | 'agent.set-away' | 'agent.sign-out' | 'queue.order' | 'message.send'

/** The handlers of the floor's actions. They throw the engine's refusals, and `unknown-place` for a queue that is not there. */
export function floorHandlers(parts: FloorParts): Pick<Handlers<typeof supervisorRequests, Person>, Actions> {
  const { host, directory, audiences, wall } = parts
  const moved = new RecentIds(MOVES_REMEMBERED)
  const mustKnow = (queueId: string) => {
    if (!directory.queues.has(queueId)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such queue')
  }
  const move = async (person: Person, { moveId, ...body }: CallMove) => {
    if (body.queueId === null && !body.isToFront) {
      throw new Refusal<ErrorCode>('bad-request', 'neither to another queue nor to the front')
    }
    if (body.queueId !== null) mustKnow(body.queueId)
    if (moved.has(moveId)) return
    must(await host.submit({ type: 'call.moved', ...body, byId: person.agentId }))
    moved.add(moveId)
  }
  return {
    'calls.waiting': () => waitingCalls(host.state, directory),
    'call.move': async (person, body) => {
      await move(person, body)
      return waitingCalls(host.state, directory)
    },
    'call.take': async (person, { callId }) => {
      const refusal = await host.submit({ type: 'call.taken', callId, byId: person.agentId })
      if (refusal === 'not-able')
        throw new Refusal<ErrorCode>('not-able', 'they cannot talk', lackedOf(host.state, callId, person))
      must(refusal)
      return waitingCalls(host.state, directory)
    },
    'agent.set-away': async (person, { agentId, reason }) => {
      const isSo = host.state.agents.get(agentId)?.awayReason === reason
      if (!isSo) must(await host.submit({ type: 'agent.became-away', agentId, reason, byId: person.agentId }))
      return wall.snapshot()
    },
    'agent.sign-out': async (person, { agentId }) => {
      must(await host.submit({ type: 'agent.signed-out', agentId, byId: person.agentId }))
      await parts.endSignIns(agentId)
      audiences.dismissAgent(agentId)
      return wall.snapshot()
    },
    'message.send': async (person, message) => ({ toCount: await parts.messages.send(message, person) }),
    'queue.order': async (person, { queueId, isPaused }) => {
      mustKnow(queueId)
      const isSo = (host.state.queues.get(queueId)?.isPaused ?? false) === isPaused
      const type = isPaused ? ('queue.paused' as const) : ('queue.resumed' as const)
      if (!isSo) must(await host.submit({ type, queueId, byId: person.agentId }))
      return wall.snapshot()
    },
  }
}

/** Everybody who stands in a line, by queue and place. Who is kept for an opening or a callback to come does not wait yet. */
export function waitingCalls(state: State, { sites }: Pick<Directory, 'sites'>): WaitingCalls {
  const waiting = [...state.calls.values()].filter((call) => call.status !== 'connected' && isInLine(call))
  waiting.sort((a, b) => compare(a.queueId, b.queueId) || a.placeAt - b.placeAt || a.ordinal - b.ordinal)
  const calls = waiting.slice(0, WAITING_CALLS_MAX).map((call) => ({
    callId: call.id,
    queueId: call.queueId,
    classId: call.classId,
    language: call.language,
    mode: call.mode,
    siteName: sites.get(call.siteId)?.name ?? call.siteId,
    arrivedAt: call.arrivedAt,
    isAway: call.presence.kind !== 'here',
    isMovable: isMovable(call),
    isTakeable: isTakeable(call),
  }))
  return branded({ calls, totalCount: waiting.length })
}

/** [R44] What of a call's language and way of talking somebody lacks who cannot take it. */
function lackedOf({ calls, agents, policy, formerPolicies }: State, callId: string, { agentId }: Person) {
  const call = calls.get(callId)
  const agent = agents.get(agentId)
  if (call === undefined || agent === undefined) return {}
  const needs = firmNeeds(formerPolicies[call.policyVersion] ?? policy, call)
  const lacking = needs.filter((need) => !hasAll(agent.attributes, [need]))
  return { lacks: lacking.map(({ attribute }) => attribute).join(' ') }
}

function isInLine(call: Call): boolean {
  const { presence } = call
  return !isOnlyPromised(call) && (presence.kind !== 'away' || presence.notBefore === null)
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/** The last ids that were seen, the oldest forgotten first. */
class RecentIds {
  readonly #ids = new Set<string>()
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  add(id: string): void {
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > this.#max && oldest !== undefined) this.#ids.delete(oldest)
  }
}
