/** The press: in line at once, not let in, or a place for the next opening. Rules by number are in SPEC.md. */
import { beginBeside, isBeside } from './agent.ts'
import { endedRecord } from './call.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import { isLineOpen, nextOpeningOf } from './entry.ts'
import type { EventOf } from './event.ts'
import { inLine } from './requirements.ts'
import type { Call, Instant } from './state.ts'
import { hasAll, HERE } from './state.ts'

/** Waits of a site before it is believed to fare worse. */
const SITE_WEIGHT_MIN = 3

type Arrival = EventOf<'call.arrived'>

/** [R1] [R2] [R27] The press: in line at once, or not let in where the line is full, closed or paused. */
export function arrive(draft: Draft, event: Arrival, isExplained: boolean): RoutingRefusal | undefined {
  const { callId, kioskId, queueId, ticket } = event
  const known = draft.calls.get(callId)
  // Asked again after a lost answer: the same call.
  if (known !== undefined) return known.kioskId === kioskId ? undefined : 'unknown-call'
  const queue = draft.policy.queues[queueId]
  if (queue === undefined) return 'unknown-queue'
  const classId = event.classId ?? queue.classId
  if (draft.policy.classes[classId] === undefined) return 'unknown-class'
  if (draft.callIdOfKiosk.has(kioskId)) return 'already-in-call'
  if (draft.callIdOfTicket.has(ticket)) return 'ticket-in-use'
  const beside = event.beside === undefined ? undefined : draft.agents.get(event.beside.agentId)
  if (event.beside !== undefined && beside === undefined) return 'unknown-agent'
  if (beside !== undefined && (beside.work.kind !== 'idle' || isBeside(beside))) return 'agent-busy'
  const call = newCall(draft, event, classId, draft.at)
  const entry = isLineOpen(draft, call)
  const isPlaceWanted = event.isForNextOpening === true && beside === undefined
  const opensAt = isPlaceWanted ? nextOpeningOf(draft, call, entry) : null
  if (opensAt !== null) return keepForOpening(draft, newCall(draft, event, classId, opensAt), event, opensAt)
  draft.records.push(arrivedRecord(call, event))
  if (!entry.isLetIn) {
    draft.records.push(endedRecord(draft, call, entry.outcome, entry.endReason, entry.opensAt))
    draft.touchedCalls.push(callId)
    return undefined
  }
  draft.takeOrdinal()
  draft.putCall({ ...call, servedUntil: entry.servedUntil })
  draft.effects.push({ type: 'media.open', callId })
  if (beside !== undefined) beginBeside(draft, beside, callId)
  if (isExplained) draft.facts.push(queuedFact(draft, call))
  return undefined
}

/** [R35] In line from the moment of the opening on, and away with the ticket until then. The kiosk stays free. */
function keepForOpening(draft: Draft, call: Call, event: Arrival, opensAt: Instant): undefined {
  draft.records.push(arrivedRecord(call, event))
  draft.takeOrdinal()
  const presence = { kind: 'away', since: draft.at, isRungAtKiosk: true, notBefore: opensAt } as const
  draft.putCall({ ...call, presence })
  draft.facts.push({ type: 'call.deferred', callId: call.id, notBefore: opensAt })
  return undefined
}

/** The call that a press at `at` makes. */
function newCall(draft: Draft, event: Arrival, classId: string, at: Instant): Call {
  const { callId, kioskId, siteId, queueId, language, ticket, mode, preferredAgentId } = event
  const preferred =
    preferredAgentId === null ? null : { agentId: preferredAgentId, until: at + draft.policy.preferredMs }
  return inLine<Call>(draft, {
    id: callId,
    ordinal: draft.nextOrdinal,
    kioskId,
    siteId,
    isOnOwnDevice: false,
    besideAgentId: event.beside?.agentId ?? null,
    queueId,
    classId,
    mode,
    language,
    isLanguageChosen: event.beside !== undefined,
    isInterpreterWanted: event.beside?.isInterpreterWanted ?? false,
    matterId: event.beside?.matterId ?? null,
    ticket,
    arrivedAt: at,
    placeAt: at - siteCorrectionMs(draft, siteId),
    policyVersion: draft.policy.version,
    needs: [],
    stepsOpenedCount: 0,
    stepEndsAt: null,
    branch: null,
    preferred: isTakingCalls(draft, preferredAgentId) ? preferred : null,
    lineKey: '',
    presence: HERE,
    servedUntil: null,
    callback: null,
    promise: null,
    offerCount: 0,
    answeredAt: null,
    lostAt: null,
    status: 'waiting',
  })
}

function arrivedRecord(call: Call, { staffId = null }: Arrival) {
  const { id: callId, kioskId, siteId, queueId, classId, mode, language, ticket, besideAgentId, arrivedAt: at } = call
  const where = { callId, kioskId, siteId, queueId, classId, mode, language, ticket }
  return { type: 'arrived', ...where, staffId, besideAgentId, at } as const
}

function isTakingCalls(draft: Draft, agentId: string | null): boolean {
  const agent = agentId === null ? undefined : draft.agents.get(agentId)
  return agent !== undefined && agent.awayReason === null && draft.policy.preferredMs > 0
}

function queuedFact(draft: Draft, call: Call) {
  let ableAgentsCount = 0
  for (const pool of draft.pools.values()) if (hasAll(pool.attributes, call.needs)) ableAgentsCount += pool.workingCount
  const line = draft.lines.get(call.lineKey)
  const aheadCount = line?.here.countBefore({ rank: call.placeAt, ordinal: call.ordinal }) ?? 0
  const siteCorrectionMs = call.arrivedAt - call.placeAt
  return { type: 'call.queued', callId: call.id, aheadCount, ableAgentsCount, siteCorrectionMs } as const
}

/** [R22] What a site is helped by: how much longer its people waited than the city's of late, within the bound. */
function siteCorrectionMs(draft: Draft, siteId: string): number {
  if (draft.policy.siteCorrectionMsMax === 0) return 0
  const site = draft.siteWaits.get(siteId)
  if (site === undefined || site.weight < SITE_WEIGHT_MIN) return 0
  return Math.min(draft.policy.siteCorrectionMsMax, Math.max(0, Math.round(site.mean - draft.cityWait.mean)))
}
