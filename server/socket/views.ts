/** From what is kept to what an audience may see. Pure: the same state and directory give the same view. */
import type { AgentView, CallerView, CallForAgent, SupervisorView } from '#server/contract/views.ts'
import type { QueueTotals } from '#server/contract/http.ts'
import type { Directory, Kiosk, Person } from '#server/store/directory.ts'
import type { Agent, Call, State } from '#server/routing/state.ts'
import { isAble } from '#server/routing/state.ts'
import type { EndedRecord } from '#server/host/ports.ts'
import type { StateIndex } from './state-index.ts'

/**
 * The names of things are branded in the contract and plain in the core, which knows no contract. They are
 * the same strings, checked when they came in; here, and only here, they get their brands back.
 */
const branded = <View>(view: unknown): View => view as View

/** What a kiosk shows. `ended` is its last call, while nothing followed it. */
export function callerView(
  directory: Directory,
  index: StateIndex,
  state: State,
  kiosk: Kiosk,
  ended: EndedRecord | undefined,
): CallerView {
  const call = index.callOfKiosk.get(kiosk.kioskId)
  return branded({
    kioskId: kiosk.kioskId,
    siteId: kiosk.site.siteId,
    siteName: kiosk.site.name,
    siteType: kiosk.site.siteType,
    defaultLanguage: kiosk.language,
    matters: directory.matters,
    call: call === undefined ? endedView(ended) : callerCallView(directory, index, state, call),
  })
}

function endedView(ended: EndedRecord | undefined) {
  if (ended === undefined) return null
  const { callId, outcome, endReason, at: endedAt } = ended
  return { status: 'ended', callId, outcome, endReason, endedAt }
}

function callerCallView(directory: Directory, index: StateIndex, state: State, call: Call) {
  const { id: callId, arrivedAt: queuedAt, language, isLanguageChosen, matterId } = call
  const facts = { callId, queuedAt, language, isLanguageChosen, matterId }
  if (call.status === 'waiting') return { status: 'waiting', ...facts, position: index.positions.get(call.id) ?? 1 }
  if (call.status === 'offered') return { status: 'offered', ...facts }
  const person = directory.people.get(call.agentId)
  return {
    status: 'connected',
    ...facts,
    connectedAt: call.acceptedAt,
    agentFirstName: person?.firstName ?? '–',
    centreName: person?.centreName ?? '–',
    isAgentLost: (state.agents.get(call.agentId)?.lostAt ?? null) !== null,
  }
}

/** Where a call comes from and what it is about, for the agent who has it. */
function callForAgent(directory: Directory, call: Call | undefined): CallForAgent | null {
  const kiosk = call === undefined ? undefined : directory.kiosks.get(call.kioskId)
  const queue = call === undefined ? undefined : directory.queues.get(call.queueId)
  if (call === undefined || kiosk === undefined || queue === undefined) return null
  const matter = directory.matters.find(({ matterId }) => matterId === call.matterId)
  return branded({
    callId: call.id,
    kioskId: call.kioskId,
    siteName: kiosk.site.name,
    siteType: kiosk.site.siteType,
    siteAddress: kiosk.site.address,
    districtName: kiosk.site.districtName,
    serviceId: queue.serviceId,
    serviceLabels: queue.serviceLabels,
    matterId: call.matterId,
    matterLabels: matter?.labels ?? null,
    language: call.language,
    queuedAt: call.arrivedAt,
    isCallerLost: call.lostAt !== null,
  })
}

function workView(directory: Directory, state: State, agent: Agent) {
  const { work } = agent
  if (work.kind === 'idle') return work
  const call = state.calls.get(work.callId)
  const view = callForAgent(directory, call)
  if (work.kind === 'wrap-up') return { kind: 'wrap-up', since: work.since, endsAt: work.endsAt, call: view }
  if (work.kind === 'in-call') return { kind: 'in-call', since: work.since, call: view }
  const offer = call?.status === 'offered' ? call.offer : undefined
  return { kind: 'offered', offerId: work.offerId, madeAt: offer?.madeAt, expiresAt: offer?.expiresAt, call: view }
}

/** What an agent's desk shows, or undefined for somebody who is not signed in to the engine. */
export function agentView(
  directory: Directory,
  index: StateIndex,
  state: State,
  person: Person,
): AgentView | undefined {
  const agent = state.agents.get(person.agentId)
  if (agent === undefined) return undefined
  const queues = [...directory.queues.values()]
    .filter((queue) => isAble(agent, queue))
    .map((queue) => {
      const counts = index.queues.get(queue.id)
      return {
        queueId: queue.id,
        serviceLabels: queue.serviceLabels,
        language: queue.language,
        waitingCount: counts?.waitingCount ?? 0,
        oldestQueuedAt: counts?.oldestQueuedAt ?? null,
      }
    })
  return branded({
    agentId: person.agentId,
    name: person.name,
    firstName: person.firstName,
    centreName: person.centreName,
    skills: agent.skills,
    availability: agent.awayReason === null ? 'available' : 'away',
    awayReason: agent.awayReason,
    work: workView(directory, state, agent),
    queues,
  })
}

const NOTHING_TODAY = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  refused: 0,
  failed: 0,
  answeredInTime: 0,
  serviceLevel: null,
}

/** The whole picture, for supervisors. `today` are the totals since midnight. */
export function supervisorView(
  directory: Directory,
  index: StateIndex,
  state: State,
  today: ReadonlyMap<string, QueueTotals>,
  kiosksOnlineCount: number,
): SupervisorView {
  const queues = [...directory.queues.values()].map((queue) => {
    const totals = today.get(queue.id) ?? NOTHING_TODAY
    const { offered, answered, abandoned, refused, failed, answeredInTime, serviceLevel } = totals
    return {
      queueId: queue.id,
      serviceLabels: queue.serviceLabels,
      language: queue.language,
      ...index.queues.get(queue.id),
      today: { offered, answered, abandoned, refused, failed, answeredInTime, serviceLevel },
      answerWithinMs: queue.answerWithinMs,
    }
  })
  const agents = [...state.agents.values()].flatMap((agent) => {
    const person = directory.people.get(agent.id)
    return person === undefined ? [] : [agentForSupervisor(directory, state, agent, person)]
  })
  const { sitesCount } = directory
  return branded({ queues, agents, sitesCount, kiosksOnlineCount, kiosksCount: directory.kiosks.size })
}

function agentForSupervisor(directory: Directory, state: State, agent: Agent, person: Person) {
  const call = agent.work.kind === 'idle' ? undefined : state.calls.get(agent.work.callId)
  const offeredAt = call?.status === 'offered' ? call.offer.madeAt : state.at
  return {
    agentId: person.agentId,
    name: person.name,
    centreId: person.centreId,
    centreName: person.centreName,
    availability: agent.awayReason === null ? 'available' : 'away',
    awayReason: agent.awayReason,
    isConnected: agent.lostAt === null,
    work: agent.work.kind,
    since: agent.work.kind === 'offered' ? offeredAt : agent.work.since,
    siteName: call === undefined ? null : (directory.kiosks.get(call.kioskId)?.site.name ?? null),
    queueId: call?.queueId ?? null,
  }
}
