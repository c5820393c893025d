/** What must hold after every step. A broken one is a bug: it throws, the process stops and recovers from the journal. */
import { ORDINARY } from './policy.ts'
import { fromSnapshot, toSnapshot } from './snapshot.ts'
import type { Agent, Call, Join, State } from './state.ts'
import { hasAll, isFree, isReady } from './state.ts'

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(`broken invariant: ${what}`)
}

/** Checks the whole state: cost grows with its size, so production samples it and the simulation does it each step. */
export function assertSound(state: State): void {
  const kiosks = new Set<string>()
  const tickets = new Set<string>()
  for (const call of state.calls.values()) {
    must(!tickets.has(call.ticket), `ticket ${call.ticket} has one call`)
    tickets.add(call.ticket)
    if (call.status !== 'waiting' || call.presence.kind === 'here') {
      must(!kiosks.has(call.kioskId), `kiosk ${call.kioskId} has one call`)
      kiosks.add(call.kioskId)
    }
    for (const agentId of agentsOf(call)) assertHeldBy(state, call, agentId)
  }
  for (const agent of state.agents.values()) assertWork(state, agent)
  assertBeside(state)
  for (const join of state.joins.values()) {
    const call = state.calls.get(join.callId)
    must(call?.status === 'connected', `join ${join.id} is into a running call`)
    const isHandedOver = join.handedOverBy !== null
    must(
      !isHandedOver || (call !== undefined && agentsOf(call).includes(join.handedOverBy ?? '')),
      `${join.id} is asked for by somebody in the call`,
    )
    const isInIt = join.target.kind === 'agent' && call !== undefined && agentsOf(call).includes(join.target.agentId)
    must(!isInIt, `join ${join.id} is for somebody who is not there yet`)
    if (join.offer === null) continue
    const isTheirs = join.target.kind !== 'agent' || join.target.agentId === join.offer.agentId
    must(isTheirs, `the offer of join ${join.id} is to the one who was named`)
    const work = state.agents.get(join.offer.agentId)?.work
    must(work?.kind === 'offered' && work.joinId === join.id, `join ${join.id} and its agent name each other`)
  }
  const missed = missedPairs(state)
  must(missed.length === 0, `nobody waits beside somebody ready and able (${missed[0]})`)
}

/** [R37] Whether somebody may be asked in by a join now, beside what they must be able to do. */
function isAskedOf(state: State, { target }: Join, agentId: string): boolean {
  if (target.kind === 'agent') return target.agentId === agentId
  const centreId = state.agents.get(agentId)?.centreId ?? ''
  if (target.kind === 'centre') return target.centreId === centreId
  return target.kind !== 'queue' || isServed(state, target.queueId, centreId)
}

/** Everybody in a call, and whoever is asked to take it. */
function agentsOf(call: Call): string[] {
  if (call.status === 'waiting') return []
  if (call.status === 'offered') return [call.offer.agentId]
  return [call.agentId, ...call.joined.map(({ agentId }) => agentId)]
}

function assertHeldBy(state: State, call: Call, agentId: string): void {
  const work = state.agents.get(agentId)?.work
  const expected = call.status === 'offered' ? 'offered' : 'in-call'
  must(work?.kind === expected && work.callId === call.id, `call ${call.id} and agent ${agentId} name each other`)
}

function assertWork(state: State, agent: Agent): void {
  const { work } = agent
  if (work.kind !== 'offered' && work.kind !== 'in-call') return
  const call = state.calls.get(work.callId)
  must(call !== undefined, `agent ${agent.id} has a call that exists`)
  const join = work.kind === 'offered' && work.joinId !== null ? state.joins.get(work.joinId) : undefined
  const isTheirs =
    join !== undefined ? join.offer?.agentId === agent.id : call !== undefined && agentsOf(call).includes(agent.id)
  must(isTheirs, `call of agent ${agent.id} is theirs`)
}

/** [R41] Whoever is beside a citizen and the call name each other, and nothing else is theirs. */
function assertBeside(state: State): void {
  for (const { id, besideAgentId } of state.calls.values()) {
    const isNamed = besideAgentId === null || state.agents.get(besideAgentId)?.besideCallId === id
    must(isNamed, `call ${id} and the agent beside its citizen name each other`)
  }
  for (const { id, besideCallId, awayReason, work } of state.agents.values()) {
    if (besideCallId === null) continue
    must(
      state.calls.get(besideCallId)?.besideAgentId === id,
      `agent ${id} and the call beside a citizen name each other`,
    )
    must(awayReason !== null && work.kind === 'idle', `agent ${id}, beside a citizen, has no other call`)
  }
}

function isServed(state: State, queueId: string, centreId: string): boolean {
  const homes = state.policy.queues[queueId]?.homeCentreIds ?? []
  if (homes.length === 0 || homes.includes(centreId)) return true
  return state.policy.lending.some(
    ({ id, lenderCentreId, queueIds }) =>
      lenderCentreId === centreId && queueIds.includes(queueId) && state.openLending.includes(id),
  )
}

/**
 * [R4] Waiting calls beside somebody who could take them: there are none after any step. The rules of who may take what
 * stand here a second time, in the plainest way and without the lists, so that a mistake there does not hide here.
 */
function missedPairs(state: State): string[] {
  const missed: string[] = []
  for (const call of state.calls.values()) {
    if (call.status !== 'waiting' || call.lostAt !== null || call.presence.kind !== 'here') continue
    const { classes } = state.formerPolicies[call.policyVersion] ?? state.policy
    const { isFirst } = classes[call.classId] ?? ORDINARY
    for (const agent of state.agents.values()) {
      if (!hasAll(agent.attributes, call.needs)) continue
      const isTheirs =
        call.preferred === null ? isServed(state, call.queueId, agent.centreId) : call.preferred.agentId === agent.id
      const isThere = isFirst ? isFree(agent) : isReady(agent)
      if (isTheirs && isThere) missed.push(`call ${call.id}, agent ${agent.id}`)
    }
  }
  for (const join of state.joins.values()) {
    if (join.offer !== null) continue
    const { isFirst } = state.policy.classes[join.classId] ?? ORDINARY
    for (const agent of state.agents.values()) {
      const isTheirs = isAskedOf(state, join, agent.id) && hasAll(agent.attributes, join.needs)
      if (isTheirs && (isFirst ? isFree(agent) : isReady(agent))) missed.push(`join ${join.id}, agent ${agent.id}`)
    }
  }
  return missed
}

/** The lists say what the entities say: made anew, they are the same. Costs as much as making them. */
export function assertLists(state: State): void {
  must(listsOf(state) === listsOf(fromSnapshot(toSnapshot(state))), 'the lists are those of the calls and agents')
}

function listsOf(state: State): string {
  const sorted = <T>(entries: Iterable<[string, T]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({
    kiosks: state.callIdOfKiosk.entries(),
    tickets: state.callIdOfTicket.entries(),
    lines: sorted(state.lines).map(([key, line]) => [key, line.needs, [...line.here], [...line.lost], [...line.away]]),
    pools: sorted(state.pools).map(([key, { ready, resting, workingCount, signedInCount }]) => {
      return [key, [...ready], [...resting], workingCount, signedInCount]
    }),
    readyPools: [...state.readyPools].map(({ id }) => id).sort(),
    queues: sorted(state.queues).filter(([, { callersCount, isPaused }]) => callersCount > 0 || isPaused),
    calls: [...state.callDeadlines],
    agents: [...state.agentDeadlines],
  })
}
