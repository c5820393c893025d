/** The only place that chooses an agent. */
import type { Draft } from './draft.ts'
import type { Agent, Call, Queue } from './state.ts'
import { isAble, isReady } from './state.ts'

/**
 * [R4] Offers waiting calls until no waiting call has a ready agent who can take it: the oldest call first,
 * to the able agent idle longest. Ties go by id, so that the same events give the same choice anywhere.
 * Calls of one queue differ only in age, so only the head of each queue is looked at: the cost is queues × ready
 * agents for each pair made, whatever the length of the lines.
 */
export function offerWaitingCalls(draft: Draft): void {
  const ready = readyAgents(draft)
  if (ready.length === 0) return
  const lines = waitingLines(draft)
  while (ready.length > 0 && lines.size > 0) {
    const pair = nextPair(draft, lines, ready)
    if (pair === undefined) return
    const line = lines.get(pair.call.queueId)
    line?.shift()
    if (line?.length === 0) lines.delete(pair.call.queueId)
    ready.splice(ready.indexOf(pair.agent), 1)
    makeOffer(draft, pair.call, pair.agent)
  }
}

/** Those who may be given a call now, idle longest first. */
function readyAgents(draft: Draft): Agent[] {
  const ready: Agent[] = []
  for (const agent of draft.agents.values()) if (isReady(agent)) ready.push(agent)
  return ready.sort((a, b) => idleSince(a) - idleSince(b) || (a.id < b.id ? -1 : 1))
}

function idleSince(agent: Agent): number {
  return agent.work.kind === 'idle' ? agent.work.since : Number.POSITIVE_INFINITY
}

/** The waiting calls of each queue in order of arrival. A kiosk that is lost keeps its place but is not offered. */
function waitingLines(draft: Draft): Map<string, Call[]> {
  const lines = new Map<string, Call[]>()
  for (const call of draft.calls.values()) {
    if (call.status !== 'waiting' || call.lostAt !== null) continue
    const line = lines.get(call.queueId)
    if (line === undefined) lines.set(call.queueId, [call])
    else line.push(call)
  }
  return lines
}

function nextPair(
  draft: Draft,
  lines: ReadonlyMap<string, readonly Call[]>,
  ready: readonly Agent[],
): { call: Call; agent: Agent } | undefined {
  const heads: Call[] = []
  for (const line of lines.values()) if (line[0] !== undefined) heads.push(line[0])
  heads.sort((a, b) => a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : 1))
  for (const call of heads) {
    const queue: Queue | undefined = draft.policy.queues[call.queueId]
    const agent = queue === undefined ? undefined : ready.find((candidate) => isAble(candidate, queue))
    if (agent !== undefined) return { call, agent }
  }
  return undefined
}

function makeOffer(draft: Draft, call: Call, agent: Agent): void {
  const offerCount = call.offerCount + 1
  const expiresAt = draft.at + draft.policy.offerMs
  const offer = { id: `${call.id}/${offerCount}`, agentId: agent.id, madeAt: draft.at, expiresAt }
  draft.putCall({ ...call, offerCount, status: 'offered', offer })
  draft.putAgent({ ...agent, work: { kind: 'offered', callId: call.id, offerId: offer.id } })
  draft.facts.push({ type: 'offer.made', callId: call.id, offerId: offer.id, agentId: agent.id, expiresAt })
}
