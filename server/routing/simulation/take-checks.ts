/** [R44] What must be true of a call that a supervisor took themselves. */
import type { RoutingEvent } from '../event.ts'
import type { Agent, Call, State } from '../state.ts'
import { isAble, isOfferable, must, policyOf } from './rules.ts'

/** Whether an agent has what nobody may pass over: the language and the way of talking of a call, as it asks for them now. */
function speaks(state: State, agent: Agent, call: Call): boolean {
  const { attributes, modes } = policyOf(state, call)
  const ofMode = (modes[call.mode] ?? []).map(({ attribute }) => attribute)
  return call.needs.every((need) => {
    const mayBePassed = attributes[need.attribute] === 'skill' && !ofMode.includes(need.attribute)
    return mayBePassed || isAble(agent, [need])
  })
}

/** Nobody is given a call by hand who did not ask for it, could not talk with the citizen, or had somebody else. */
export function checkTaken(before: State, event: RoutingEvent, after: State, agent: Agent): void {
  must(event.type === 'call.taken' && event.byId === agent.id, () => `${agent.id} took nothing, after ${event.type}`)
  if (event.type !== 'call.taken') return
  const was = before.calls.get(event.callId)
  const call = after.calls.get(event.callId)
  const what = () => `${agent.id} took ${event.callId}`
  if (was === undefined || call === undefined) throw new Error(`${what()}, which is not there`)
  must(call.status === 'offered' && call.offer.agentId === agent.id, () => `${what()} and was offered another`)
  must(isOfferable(was), () => `${what()}, which was ${was.status}`)
  const had = before.agents.get(agent.id)
  must(had?.lostAt === null && had.besideCallId === null, () => `${what()} and was not free to`)
  must(had?.work.kind !== 'in-call', () => `${what()} out of a call`)
  must(had?.awayReason === agent.awayReason, () => `${what()} and is away for another reason`)
  must(speaks(after, agent, call), () => `${what()} and cannot talk with the citizen`)
}

/** Asked for, a call that could be had is; and what is offered by hand stays so while they can talk with the citizen. */
export function checkHandOffers(before: State, event: RoutingEvent, after: State): void {
  if (event.type === 'call.taken') {
    const call = after.calls.get(event.callId)
    const holds =
      (call?.status === 'offered' && call.offer.agentId === event.byId) ||
      (call?.status === 'connected' && [call.agentId, ...call.joined.map((one) => one.agentId)].includes(event.byId))
    must(holds, () => `${event.byId} was told that ${event.callId} is theirs`)
    for (const other of after.calls.values()) {
      const isAnother = other.id !== event.callId && other.status === 'offered'
      must(!isAnother || other.offer.agentId !== event.byId, () => `${event.byId} has two offers`)
    }
  }
  if (event.type !== 'call.refined') return
  const was = before.calls.get(event.callId)
  const call = after.calls.get(event.callId)
  if (was?.status !== 'offered' || !was.offer.isByHand || call === undefined) return
  const agent = before.agents.get(was.offer.agentId)
  const isKept = call.status === 'offered' && call.offer.id === was.offer.id
  must(agent !== undefined && isKept === speaks(after, agent, call), () => `${call.id} was taken by hand: ${isKept}`)
}
