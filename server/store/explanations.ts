/**
 * Why a call waited and why it went to whom it went, read from the journal: what was kept with each event when it was
 * decided, never worked out afterwards.
 */
import type {
  CallExplanation,
  ExplainedMoment,
  ExplainedOffer,
  OfferReasonsView,
} from '#server/contract/explanation.ts'
import type { Fact } from '#server/routing/effect.ts'
import type { OfferReasons } from '#server/routing/offer-reasons.ts'
import type { Database } from './database.ts'

type Row = { readonly at: Date; readonly type: string; readonly event: unknown; readonly facts: unknown }
type Made = Extract<Fact, { type: 'offer.made' }>
type Names = (agentId: string) => string
type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** The explanation of a call, with names by `nameOf`; undefined for a call that never was. */
export async function explainCall(db: Database, callId: string, nameOf: Names): Promise<CallExplanation | undefined> {
  const call = await db
    .selectFrom('calls')
    .leftJoin('sites', 'sites.site_id', 'calls.site_id')
    .selectAll('calls')
    .select('sites.name as site_name')
    .where('call_id', '=', callId)
    .executeTakeFirst()
  if (call === undefined) return undefined
  const rows = await journalOf(db, callId, call.arrived_at, call.ended_at)
  const offers = offersOf(rows, callId, nameOf)
  const endedWait = call.answered_at ?? call.ended_at ?? new Date()
  const waitMs = Math.max(0, endedWait.getTime() - call.arrived_at.getTime())
  const { promised_p50_ms: p50Ms, promised_p80_ms: p80Ms } = call
  const explanation = {
    callId,
    kioskId: call.kiosk_id,
    siteId: call.site_id,
    siteName: call.site_name,
    queueId: call.queue_id,
    classId: call.class_id,
    mode: call.mode,
    language: call.language,
    origin: call.origin,
    arrivedAt: call.arrived_at.getTime(),
    answeredAt: call.answered_at?.getTime() ?? null,
    endedAt: call.ended_at?.getTime() ?? null,
    outcome: call.outcome,
    endReason: call.end_reason,
    promise:
      p50Ms === null || p80Ms === null
        ? null
        : { p50Ms, p80Ms, isKept: call.answered_at === null ? null : waitMs <= p80Ms },
    wait: waitOf(rows, callId, offers, waitMs, call.answered_at ?? call.ended_at),
    offers,
    moments: momentsOf(rows, callId, nameOf),
  }
  // The rows were written from values that fit the contract.
  return explanation as unknown as CallExplanation
}

/**
 * What the journal holds of a call: events about it, and facts of it that followed from somebody else's event (an agent
 * who became ready, a deadline), which are looked for in the time the call was open.
 */
async function journalOf(db: Database, callId: string, from: Date, to: Date | null): Promise<Row[]> {
  return await db
    .selectFrom('journal')
    .select(['at', 'type', 'event', 'facts'])
    .where('at', '>=', from)
    .where('at', '<=', to ?? new Date(Date.now() + 1_000))
    .where((where) =>
      where.or([
        where('call_id', '=', callId),
        where.fn<boolean>('jsonb_path_exists', ['facts', where.val(`$[*] ? (@.callId == "${callId}")`)]),
      ]),
    )
    .orderBy('seq')
    .execute()
}

function factsOf(row: Row, callId: string): Fact[] {
  return (row.facts as readonly Fact[]).filter((fact) => 'callId' in fact && fact.callId === callId)
}

function offersOf(rows: readonly Row[], callId: string, nameOf: Names): ExplainedOffer[] {
  const offers = new Map<string, Draft<ExplainedOffer>>()
  for (const row of rows) {
    const event = row.event as { readonly offerId?: string }
    for (const fact of factsOf(row, callId)) {
      if (fact.type === 'offer.made') offers.set(fact.offerId, offerOf(fact, row.at, nameOf))
      if (fact.type === 'offer.expired') endOffer(offers.get(fact.offerId), 'expired', row.at, {})
      if (fact.type === 'offer.declined') {
        endOffer(offers.get(fact.offerId), 'declined', row.at, { declineReason: fact.reason })
      }
      if (fact.type === 'offer.withdrawn') {
        endOffer(offers.get(fact.offerId), 'withdrawn', row.at, { withdrawnWhy: fact.why })
      }
    }
    if (row.type === 'offer.accepted') endOffer(offers.get(event.offerId ?? ''), 'accepted', row.at, {})
  }
  return [...offers.values()]
}

function endOffer(
  offer: Draft<ExplainedOffer> | undefined,
  end: NonNullable<ExplainedOffer['end']>,
  at: Date,
  more: { readonly declineReason?: string | null; readonly withdrawnWhy?: string },
): void {
  if (offer === undefined || offer.end !== null) return
  offer.end = end
  offer.endedAt = at.getTime()
  offer.declineReason = more.declineReason ?? null
  offer.withdrawnWhy = more.withdrawnWhy ?? null
}

function offerOf(made: Made, at: Date, nameOf: Names): ExplainedOffer {
  const { offerId, agentId, waitedMs, policyVersion, isLent, joinId, reasons } = made
  const offer = {
    offerId,
    agentId,
    name: nameOf(agentId),
    madeAt: at.getTime(),
    waitedMs,
    policyVersion,
    isLent,
    isJoin: joinId !== null,
    end: null,
    endedAt: null,
    declineReason: null,
    withdrawnWhy: null,
    reasons: reasons === null ? null : reasonsView(reasons, nameOf),
  }
  return offer as unknown as ExplainedOffer
}

function reasonsView(reasons: OfferReasons, nameOf: Names): OfferReasonsView {
  const named = (agentId: string) => ({ agentId, name: nameOf(agentId) })
  const view = {
    choice: reasons.choice,
    candidatesCount: reasons.candidatesCount,
    candidates: reasons.candidates.map(({ agentId, ...rest }) => ({ ...named(agentId), ...rest })),
    ...(reasons.givenForDay === undefined ? {} : { givenForDay: reasons.givenForDay }),
    filtered: reasons.filtered.map(({ rule, count, agentIds }) => ({ rule, count, agents: agentIds.map(named) })),
    scoreMs: reasons.call.scoreMs,
    needs: reasons.call.needs,
    passedOver: reasons.passedOver,
  }
  return view as unknown as OfferReasonsView
}

/** What a moment of these kinds says of a call's way. Acceptances and offers stand with the offers. */
const TOLD_EVENTS: ReadonlySet<string> = new Set([
  'call.arrived',
  'call.refined',
  'call.moved',
  'call.taken',
  'call.supervised',
  'call.supervision-ended',
  'caller.lost',
  'caller.returned',
  'caller.stepped-away',
  'ticket.taken-up',
  'call.held',
  'caller.hung-up',
  'agent.hung-up',
  'media.flowed',
  'media.lost',
])

function momentsOf(rows: readonly Row[], callId: string, nameOf: Names): ExplainedMoment[] {
  return rows.flatMap((row) => {
    const at = row.at.getTime()
    const event = row.event as Readonly<Record<string, unknown>>
    const isOwn = event['callId'] === callId || row.type === 'ticket.taken-up'
    const own = isOwn && TOLD_EVENTS.has(row.type) ? [{ at, type: row.type, detail: detailOf(event, nameOf) }] : []
    const facts = factsOf(row, callId).filter(({ type }) => !type.startsWith('offer.'))
    return [
      ...own,
      ...facts.map((fact) => ({ at, type: fact.type, detail: detailOf(fact, nameOf) })),
    ] as ExplainedMoment[]
  })
}

/** Plain values alone, as text; what names the call itself is left out, and whoever did it to another goes by name ([R42]). */
function detailOf(what: Readonly<Record<string, unknown>>, nameOf: Names): Record<string, string> {
  const left = new Set(['type', 'at', 'callId', 'ticket', 'byId'])
  const byId = what['byId']
  const by = typeof byId === 'string' ? [['byName', nameOf(byId)] as const] : []
  const plain = Object.entries(what).flatMap(([key, value]) =>
    left.has(key) || value === null || typeof value === 'object' ? [] : [[key, String(value)] as const],
  )
  return Object.fromEntries([...plain, ...by])
}

function waitOf(
  rows: readonly Row[],
  callId: string,
  offers: readonly ExplainedOffer[],
  waitMs: number,
  endedAt: Date | null,
) {
  const facts = rows.flatMap((row) => factsOf(row, callId))
  const queued = facts.find((fact) => fact.type === 'call.queued')
  const countOf = (end: ExplainedOffer['end']) => offers.filter((offer) => offer.end === end).length
  const until = endedAt ?? new Date()
  return {
    waitMs,
    aheadCount: queued?.aheadCount ?? null,
    ableAgentsCount: queued?.ableAgentsCount ?? null,
    siteCorrectionMs: queued?.siteCorrectionMs ?? 0,
    stepsOpenedCount: facts.filter((fact) => fact.type === 'step.opened').length,
    offersExpiredCount: countOf('expired'),
    offersDeclinedCount: countOf('declined'),
    offersWithdrawnCount: countOf('withdrawn'),
    awayMs: timeBetween(rows, 'caller.stepped-away', 'ticket.taken-up', until),
    lostMs: timeBetween(rows, 'caller.lost', 'caller.returned', until),
  }
}

/** The time from each event of one type to the next of another, in ms, up to `until`. */
function timeBetween(rows: readonly Row[], from: string, to: string, until: Date): number {
  let since: Date | undefined
  let totalMs = 0
  for (const { type, at } of rows) {
    if (at >= until) break
    if (type === from) since ??= at
    if (type !== to || since === undefined) continue
    totalMs += at.getTime() - since.getTime()
    since = undefined
  }
  return since === undefined ? totalMs : totalMs + Math.max(0, until.getTime() - since.getTime())
}

/** Whether an agent was in a call: then its explanation is theirs to read too. */
export async function wasInCall(db: Database, callId: string, agentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('handlings')
    .select('call_id')
    .where('call_id', '=', callId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  return row !== undefined
}
