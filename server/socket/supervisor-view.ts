/** The whole picture, for supervisors. Pure: the same state and directory give the same view. */
import type { KioskForSupervisor } from '#server/contract/kiosk-care.ts'
import type { NoticeForSupervisor, SupervisorView } from '#server/contract/views.ts'
import type { QueueTotals } from '#server/contract/http.ts'
import type { Today } from '#server/store/today-figures.ts'
import type { Agent, Call, State } from '#server/routing/state.ts'
import { waitOfQueue } from '#server/routing/wait.ts'
import { WARNINGS_MAX } from '#server/contract/warnings.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { KeptWarning } from '#server/store/warnings.ts'
import { branded } from './branded.ts'
import { daySkillsView } from './floor-skills.ts'
import { roundedWait } from './caller-view.ts'
import { sitesForSupervisor } from './site-view.ts'
import type { StateIndex } from './state-index.ts'

const NOTHING_TODAY = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  full: 0,
  closed: 0,
  paused: 0,
  expired: 0,
  failed: 0,
  answeredInTime: 0,
  abandonedShort: 0,
  serviceLevel: null,
}

export type SupervisorViewParts = {
  readonly directory: Directory
  readonly index: StateIndex
  readonly state: State
  readonly at: number
  readonly today: Today
  readonly kiosksOnlineCount: number
  readonly isOnline: (kioskId: string) => boolean
  readonly notices: readonly NoticeForSupervisor[]
  readonly warnings: readonly KeptWarning[]
  readonly kiosks: readonly KioskForSupervisor[]
}

export function supervisorView(parts: SupervisorViewParts): SupervisorView {
  const { directory, index, state, at, today, kiosksOnlineCount, isOnline, kiosks: troubled } = parts
  const lentQueueIds = new Set(
    state.policy.lending.filter(({ id }) => state.openLending.includes(id)).flatMap(({ queueIds }) => queueIds),
  )
  const queues = [...directory.queues.values()].map((queue) => {
    return {
      queueId: queue.id,
      serviceLabels: queue.serviceLabels,
      language: queue.language,
      ...index.countsOf(queue.id),
      wait: roundedWait(waitOfQueue(state, queue.id, at)),
      isPaused: state.queues.get(queue.id)?.isPaused ?? false,
      isLentTo: lentQueueIds.has(queue.id),
      today: todayView(today.totals.get(queue.id) ?? NOTHING_TODAY),
      lastHalfHour: levelOf(today.lastHalfHour.get(queue.id) ?? NOTHING_TODAY),
      answerWithinMs: queue.answerWithinMs,
    }
  })
  const agents = [...state.agents.values()].flatMap((agent) => {
    const person = directory.people.get(agent.id)
    return person === undefined ? [] : [agentForSupervisor(directory, state, agent, person)]
  })
  return branded({
    queues,
    days: [...today.quarters].map(([queueId, quarters]) => ({ queueId, ...quarters })),
    agents,
    warnings: parts.warnings.slice(0, WARNINGS_MAX).map((warning) => warningForSupervisor(directory, warning)),
    notices: parts.notices,
    kiosks: parts.kiosks,
    sites: sitesForSupervisor({ directory, state, at, isOnline, troubled }),
    sitesCount: directory.sites.size,
    kiosksOnlineCount,
    kiosksCount: directory.kiosks.size,
  })
}

/** A warning with the names of what it is of and of who has seen it. */
export function warningForSupervisor({ queues, kiosks, people }: Directory, warning: KeptWarning) {
  const { warningId, subject, kind, value, raisedAt, acknowledged } = warning
  const queue = queues.get(subject)
  const byName = people.get(acknowledged?.agentId ?? '')?.name ?? '–'
  return {
    warningId,
    kind,
    subject,
    value,
    raisedAt,
    serviceLabels: queue?.serviceLabels ?? null,
    language: kind === 'nobody-signed-in' ? subject : (queue?.language ?? null),
    siteName: kiosks.get(subject)?.site.name ?? null,
    acknowledged: acknowledged === null ? null : { byName, at: acknowledged.at },
  }
}

function todayView(totals: QueueTotals | typeof NOTHING_TODAY) {
  const { offered, answered, abandoned, full, closed, paused, expired, failed } = totals
  return { offered, answered, abandoned, full, closed, paused, expired, failed, ...levelOf(totals) }
}

function levelOf({ answered, abandoned, abandonedShort, ...totals }: QueueTotals | typeof NOTHING_TODAY) {
  const { answeredInTime, serviceLevel } = totals
  return { answeredInTime, counted: answered + abandoned - abandonedShort, serviceLevel }
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
    restsUntil: agent.work.kind === 'idle' ? agent.restsUntil : null,
    callId: call?.id ?? null,
    siteName: call === undefined ? null : (directory.sites.get(call.siteId)?.name ?? null),
    queueId: call?.queueId ?? null,
    withNames: call === undefined ? [] : othersIn(directory, call, agent.id),
    ...daySkillsView(directory, agent),
  }
}

/** The names of the agents in a call but for one. */
function othersIn(directory: Directory, call: Call, agentId: string): string[] {
  if (call.status !== 'connected') return []
  const ids = [call.agentId, ...call.joined.map((joined) => joined.agentId)].filter((id) => id !== agentId)
  return ids.flatMap((id) => directory.people.get(id)?.name ?? [])
}
