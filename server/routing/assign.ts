/** The only place that chooses: which call is offered next, and to whom. */
import type { Draft } from './draft.ts'
import { reasonsFor } from './explain.ts'
import type { OfferReasons } from './offer-reasons.ts'
import { classOfLine, isAskedFor, mayTake, standingAmong } from './order.ts'
import type { Agent, Entry, Line, Pool } from './state.ts'
import { hasAll, isFree, isReady } from './state.ts'

/**
 * [R4] Offers waiting calls until no waiting call has a ready agent who can take it. Nothing of that kind was left by the
 * step before, so only lines that got somebody and pools that got somebody ready are looked at; and of each line only its
 * head, since its calls differ only in age. The cost does not grow with the number of those who wait.
 */
export function offerWaitingCalls(draft: Draft, isExplained: boolean): void {
  for (;;) {
    const line = nextLine(draft)
    const head = line?.here.first
    if (line === undefined || head === undefined) return
    const agent = chooseAgent(draft, line)
    if (agent === undefined) throw new Error(`line ${line.key} was chosen for an agent who is not there`)
    makeOffer(draft, line, head, agent, isExplained ? reasonsFor(draft, line, head, agent) : null)
  }
}

function nextLine(draft: Draft): Line | undefined {
  const takeable: Line[] = []
  const { freshLines, isEverythingFresh } = draft
  const freshPools = [...draft.freshPools.values()].filter(({ ready, resting }) => ready.size + resting.size > 0)
  let freshMarks = 0
  for (const { marks } of freshPools) freshMarks |= marks
  const consider = (line: Line) => {
    // Most lines need something that nobody who became free has: one look spares them all others.
    const isHopeless = (line.needsMarks & ~freshMarks) !== 0 && freshLines.length === 0 && !isEverythingFresh
    if (isHopeless || line.here.size === 0) return
    const isFresh = isEverythingFresh || freshLines.includes(line.key)
    if (hasSomebody(draft, line, isFresh, freshPools)) takeable.push(line)
  }
  if (isEverythingFresh || freshPools.length > 0) draft.lines.forEach(consider)
  else {
    for (const key of freshLines) {
      const line = draft.lines.get(key)
      if (line !== undefined && !takeable.includes(line)) consider(line)
    }
  }
  if (takeable.length < 2) return takeable[0]
  const isBefore = standingAmong(draft, takeable)
  return takeable.reduce((best, line) => (isBefore(line, best) ? line : best))
}

/** Whether somebody free could take the head of a line; of a line that is not fresh, somebody newly so. */
function hasSomebody(draft: Draft, line: Line, isFresh: boolean, freshPools: readonly Pool[]): boolean {
  if (line.preferredAgentId !== null) {
    const agent = draft.agents.get(line.preferredAgentId)
    if (agent === undefined || !hasAll(agent.attributes, line.needs)) return false
    // [R24] Nor does somebody in danger wait for the pause of the agent they are kept for.
    return classOfLine(draft, line).isFirst ? isFree(agent) : isReady(agent)
  }
  if (!isFresh) {
    for (const pool of freshPools) if (hasFree(draft, pool, line)) return true
    return false
  }
  if (classOfLine(draft, line).isFirst) {
    for (const pool of draft.pools.values()) if (hasFree(draft, pool, line)) return true
    return false
  }
  for (const { id } of draft.readyPools) {
    const pool = draft.pools.get(id)
    if (pool !== undefined && hasFree(draft, pool, line)) return true
  }
  return false
}

/** [R24] Those who rest are asked only for the classes that go first. */
function hasFree(draft: Draft, pool: Pool, line: Line): boolean {
  if (!mayTake(draft, pool, line)) return false
  return pool.ready.size > 0 || (pool.resting.size > 0 && classOfLine(draft, line).isFirst)
}

/**
 * [R23] Of those who may take the line's head: the one who has to, then agents of the home centres before lent ones, the
 * least skilled before the others, whoever was idle longest before who came later, and at last order of signing in.
 */
function chooseAgent(draft: Draft, line: Line): Agent | undefined {
  if (line.preferredAgentId !== null) return draft.agents.get(line.preferredAgentId)
  const best = bestOf(draft, line, 'ready', draft.readyPools)
  if (best !== undefined || !classOfLine(draft, line).isFirst) return best
  // [R24] Somebody in danger does not wait for an agent's pause to be over.
  return bestOf(
    draft,
    line,
    'resting',
    [...draft.pools.values()].map((pool) => ({ id: pool.key })),
  )
}

function bestOf(
  draft: Draft,
  line: Line,
  list: 'ready' | 'resting',
  pools: Iterable<{ readonly id: string }>,
): Agent | undefined {
  let best: { entry: Entry; levelSum: number; isHome: boolean } | undefined
  for (const { id } of pools) {
    const pool = draft.pools.get(id)
    const entry = pool?.[list].first
    if (pool === undefined || entry === undefined || !mayTake(draft, pool, line)) continue
    const isHome = isAskedFor(draft, line, pool.centreId) === 'home'
    const candidate = { entry, levelSum: pool.levelSum, isHome }
    if (best === undefined || isBetter(candidate, best)) best = candidate
  }
  return best === undefined ? undefined : draft.agents.get(best.entry.id)
}

type Candidate = { readonly entry: Entry; readonly levelSum: number; readonly isHome: boolean }

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.isHome !== b.isHome) return a.isHome
  if (a.levelSum !== b.levelSum) return a.levelSum < b.levelSum
  return a.entry.rank < b.entry.rank || (a.entry.rank === b.entry.rank && a.entry.ordinal < b.entry.ordinal)
}

/** Puts what stands in a line on the screen of an agent, who has nothing else there. [R44] `isByHand`: they took it themselves. */
export function makeOffer(
  draft: Draft,
  line: Line,
  head: Entry,
  agent: Agent,
  reasons: OfferReasons | null,
  isByHand = false,
): void {
  const join = line.isJoin ? draft.joins.get(head.id) : undefined
  const call = draft.calls.get(join?.callId ?? head.id)
  if (call === undefined) throw new Error(`${head.id} stands in line and is not there`)
  const offerCount = call.offerCount + 1
  const expiresAt = draft.at + draft.policy.offerMs
  const offer = { id: `${call.id}/${offerCount}`, agentId: agent.id, madeAt: draft.at, expiresAt, isByHand }
  if (join !== undefined) {
    draft.putCall({ ...call, offerCount })
    draft.putJoin({ ...join, offer })
  } else draft.putCall({ ...call, offerCount, status: 'offered', offer }, call)
  const joinId = join?.id ?? null
  const centre = isAskedFor(draft, line, agent.centreId)
  draft.putAgent(
    { ...agent, restsUntil: null, work: { kind: 'offered', callId: call.id, offerId: offer.id, joinId } },
    agent,
  )
  draft.facts.push({
    type: 'offer.made',
    callId: call.id,
    offerId: offer.id,
    agentId: agent.id,
    joinId,
    expiresAt,
    policyVersion: draft.policy.version,
    waitedMs: Math.max(0, draft.at - (join?.askedAt ?? call.arrivedAt)),
    isLent: isByHand ? centre !== 'home' : centre === 'lent',
    reasons,
  })
}
