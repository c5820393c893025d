/** What an agent's desk shows. Pure: the same state and directory give the same view. */
import type { StaffMessageView } from '#server/contract/staff-messages.ts'
import type { AgentView, CallForAgent, WhyMe } from '#server/contract/views.ts'
import type { OfferFact } from '#server/host/ports.ts'
import type { Agent, Call, Join, State } from '#server/routing/state.ts'
import { agentParticipant } from '#server/media/participants.ts'
import { isAble, isInCall } from '#server/routing/state.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { branded } from './branded.ts'
import { besideView } from './caller-desk.ts'
import { daySkillsView } from './floor-skills.ts'
import { callbackForAgent, ownCallbacks } from './callbacks.ts'
import type { ShownInCall } from './shown-in-calls.ts'
import { askedInView, askingView, joinsView, othersView, unmetView, type NoteOf } from './people-view.ts'
import { supervisorForAgent } from './supervisor-in-call.ts'
import type { StaffOfCall } from './staff-calls.ts'
import type { StateIndex } from './state-index.ts'

export type AgentViewParts = {
  readonly directory: Directory
  readonly index: StateIndex
  readonly state: State
  readonly staffOfCall: StaffOfCall
  readonly hasTroubleHearing: (callId: string) => boolean
  readonly shownIn: (callId: string) => ShownInCall | undefined
  /** Written hand-overs. */
  readonly noteOf: NoteOf
  readonly messagesTo: (agentId: string) => readonly StaffMessageView[]
  /** When this server ends at the latest; null while it does not end. */
  readonly closesAt: number | null
}

/** Where a call comes from and what it is about, for the agent who has it. */
function callForAgent(
  parts: AgentViewParts,
  agentId: string,
  call: Call | undefined,
  join?: Join,
): CallForAgent | null {
  const { directory, state, staffOfCall, hasTroubleHearing } = parts
  const site = call === undefined ? undefined : directory.sites.get(call.siteId)
  const queue = call === undefined ? undefined : directory.queues.get(call.queueId)
  if (call === undefined || site === undefined || queue === undefined) return null
  const matter = directory.matters.find(({ matterId }) => matterId === call.matterId)
  const policy = state.formerPolicies[call.policyVersion] ?? state.policy
  return branded({
    callId: call.id,
    ticket: call.ticket,
    classId: call.classId,
    isFirst: policy.classes[call.classId]?.isFirst ?? false,
    mode: call.mode,
    branch: call.branch,
    ...peopleOf(parts, agentId, call, join),
    hold: holdOf(directory, call),
    ...supervisorForAgent(directory, call),
    kioskId: call.kioskId,
    siteName: site.name,
    siteType: site.siteType,
    siteAddress: site.address,
    districtName: site.districtName,
    serviceId: queue.serviceId,
    serviceLabels: queue.serviceLabels,
    matterId: call.matterId,
    matterLabels: matter?.labels ?? null,
    language: call.language,
    isInterpreterWanted: call.isInterpreterWanted,
    staff: staffBeside(staffOfCall, call.id) ?? besideView(parts, call),
    ...callbackForAgent(directory, call),
    queuedAt: call.arrivedAt,
    isCallerLost: call.lostAt !== null,
    hasTroubleHearing: hasTroubleHearing(call.id),
    shown: isInCall(call, agentId) ? shownTo(parts, call.id) : null,
  })
}

function holdOf(directory: Directory, call: Call) {
  if (call.status !== 'connected' || call.hold === null) return null
  const { agentId, since, endsAt } = call.hold
  return { since, endsAt, byName: directory.people.get(agentId)?.name ?? '–' }
}

function shownTo({ directory, shownIn }: AgentViewParts, callId: string) {
  const standing = shownIn(callId)
  if (standing === undefined) return null
  const { shown, agentId, isClosedByCitizen } = standing
  const sender = shown.kind === 'window' ? { byParticipantId: agentParticipant(agentId) } : {}
  return { shown, byName: directory.people.get(agentId)?.name ?? '–', isClosedByCitizen, ...sender }
}

/** The employee who called together with the citizen, also once they have gone. */
function staffBeside(staffOfCall: StaffOfCall, callId: string): CallForAgent['staff'] {
  const beside = staffOfCall(callId)
  if (beside === undefined) return null
  const { staff, hasLeft, note } = beside
  return { name: staff.name, placeName: staff.placeName, hasLeft, isAtOwnDesk: false, note }
}

/** Who is in the call, who asked them, and who is asked for. Whoever is only asked in sees the note that is theirs, and no other. */
function peopleOf(parts: AgentViewParts, agentId: string, call: Call, join: Join | undefined) {
  if (call.status !== 'connected') return { askedIn: null, others: [], joins: [], unmet: null }
  const isThere = isInCall(call, agentId)
  const known = isThere ? parts : { ...parts, noteOf: () => null }
  const own = call.agentId === agentId ? call : call.joined.find((joined) => joined.agentId === agentId)
  return {
    askedIn: own === undefined ? askingView(parts, join) : askedInView(parts, call.id, own.askedIn),
    others: othersView(known, call, agentId).map((one) => ({ ...one, participantId: agentParticipant(one.agentId) })),
    joins: joinsView(known, call.id),
    unmet: isThere ? unmetView(parts, call.unmet) : null,
  }
}

/** Why this agent: from what was kept with the offer. */
function whyMe(
  directory: Directory,
  call: Call | undefined,
  join: Join | undefined,
  made: OfferFact | undefined,
): WhyMe | null {
  const reasons = made?.reasons
  if (made === undefined || reasons === undefined || reasons === null) return null
  const { choice, candidatesCount, candidates } = reasons
  const askedInBy = join === undefined ? undefined : directory.people.get(join.askedById)
  return {
    choice,
    candidatesCount,
    idleMs: candidates[0]?.idleMs ?? 0,
    isLent: made.isLent,
    askedInByName: askedInBy?.name ?? null,
    waitedMs: made.waitedMs,
    stepsOpenedCount: call?.stepsOpenedCount ?? 0,
  }
}

function workView(parts: AgentViewParts, agent: Agent, made: OfferFact | undefined) {
  const { directory, state } = parts
  const { work, restsUntil } = agent
  if (work.kind === 'idle') return { kind: 'idle', since: work.since, restsUntil }
  const call = state.calls.get(work.callId)
  const join = work.kind === 'offered' && work.joinId !== null ? state.joins.get(work.joinId) : undefined
  const view = callForAgent(parts, agent.id, call, join)
  if (work.kind === 'wrap-up') {
    const { since, endsAt } = work
    return {
      kind: 'wrap-up',
      callId: work.callId,
      since,
      endsAt,
      endsAtLatest: Math.max(endsAt, since + state.policy.wrapUpMsMax),
      call: view,
    }
  }
  if (work.kind === 'in-call') return { kind: 'in-call', since: work.since, call: view }
  const { offerId } = work
  const offer = join !== undefined ? join.offer : call?.status === 'offered' ? call.offer : undefined
  const why = whyMe(directory, call, join, made?.offerId === offerId ? made : undefined)
  return { kind: 'offered', offerId, madeAt: offer?.madeAt, expiresAt: offer?.expiresAt, call: view, why }
}

/** What an agent's desk shows, or undefined for somebody who is not signed in to the engine. */
export function agentView(parts: AgentViewParts, person: Person, made: OfferFact | undefined): AgentView | undefined {
  const { directory, index, state } = parts
  const agent = state.agents.get(person.agentId)
  if (agent === undefined) return undefined
  const queues = [...directory.queues.values()].flatMap((queue) => {
    const rules = state.policy.queues[queue.id]
    if (rules === undefined || !isAble(agent, rules)) return []
    const { waitingCount, oldestQueuedAt } = index.countsOf(queue.id)
    const { id: queueId, serviceLabels, language } = queue
    return [{ queueId, serviceLabels, language, waitingCount, oldestQueuedAt }]
  })
  const messages = parts.messagesTo(agent.id)
  const callbacks = ownCallbacks(state, index.callbacksBy(agent.id))
  const attributes = Object.entries(agent.attributes).map(([attribute, level]) => ({ attribute, level }))
  return branded({
    agentId: person.agentId,
    name: person.name,
    firstName: person.firstName,
    centreName: person.centreName,
    attributes: attributes.sort((a, b) => (a.attribute < b.attribute ? -1 : 1)),
    ...daySkillsView(directory, agent),
    availability: agent.awayReason === null ? 'available' : 'away',
    awayReason: agent.awayReason,
    work: workView(parts, agent, made),
    besideSiteName: person.besideSite?.name ?? null,
    besideCallId: agent.besideCallId,
    queues,
    ...(callbacks.length === 0 ? {} : { callbacks }),
    ...(messages.length === 0 ? {} : { messages }),
    ...(parts.closesAt === null ? {} : { closesAt: parts.closesAt }),
  })
}
