/** What must hold after every step. A broken one is a bug: it throws, the process stops and recovers from the journal. */
import type { State } from './state.ts'
import { isAble, isReady } from './state.ts'

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(`broken invariant: ${what}`)
}

/** Checks the whole state: cost grows with its size, so production samples it and the simulation does it each step. */
export function assertSound(state: State): void {
  const kiosks = new Set<string>()
  let arrivedAt = 0
  for (const call of state.calls.values()) {
    must(!kiosks.has(call.kioskId), `kiosk ${call.kioskId} has one call`)
    kiosks.add(call.kioskId)
    must(call.arrivedAt >= arrivedAt, 'calls stand in order of arrival')
    arrivedAt = call.arrivedAt
    if (call.status === 'waiting') continue
    const agentId = call.status === 'offered' ? call.offer.agentId : call.agentId
    const work = state.agents.get(agentId)?.work
    const expected = call.status === 'offered' ? 'offered' : 'in-call'
    must(work?.kind === expected && work.callId === call.id, `call ${call.id} and agent ${agentId} name each other`)
  }
  for (const agent of state.agents.values()) {
    if (agent.work.kind !== 'offered' && agent.work.kind !== 'in-call') continue
    const call = state.calls.get(agent.work.callId)
    must(call !== undefined, `agent ${agent.id} has a call that exists`)
    const holder =
      call?.status === 'offered' ? call.offer.agentId : call?.status === 'connected' ? call.agentId : undefined
    must(holder === agent.id, `call of agent ${agent.id} is theirs`)
  }
  assertNoMissedMatch(state)
}

function assertNoMissedMatch(state: State): void {
  const ready = [...state.agents.values()].filter(isReady)
  if (ready.length === 0) return
  const queueIds = new Set<string>()
  for (const call of state.calls.values()) {
    if (call.status === 'waiting' && call.lostAt === null) queueIds.add(call.queueId)
  }
  for (const queueId of queueIds) {
    const queue = state.policy.queues[queueId]
    const isServed = queue === undefined || ready.every((agent) => !isAble(agent, queue))
    must(isServed, `nobody waits in ${queueId} beside a ready agent who is able`)
  }
}
