/**
 * [R31] Why an offer was made as it was: who could have had it, who could not and by which rule, what was passed over.
 * Worked out beside the choice and from the same state, never used by it.
 */
import type { Draft } from './draft.ts'
import type { Choice, FilterRule, OfferReasons } from './offer-reasons.ts'
import { classOfLine, isAskedFor, mayTake, scoreOf, standingAmong } from './order.ts'
import type { Agent, Entry, Line } from './state.ts'
import { isFree } from './state.ts'

/** Names beyond this are only counted: an offer's reasons stay small however many work. */
const NAMED_MAX = 20
const PASSED_OVER_MAX = 5

/** The reasons of the offer of `head` to `agent`, before it is made. */
export function reasonsFor(draft: Draft, line: Line, head: Entry, agent: Agent): OfferReasons {
  const filtered = new Map<FilterRule, string[]>()
  const candidates: { agent: Agent; wastedLevels: number; idleMs: number; isLent: boolean }[] = []
  let needed = 0
  for (const { levelMin } of distinctNeeds(line)) needed += levelMin
  for (const other of draft.agents.values()) {
    const rule = filterOf(draft, line, other)
    if (rule !== undefined) {
      const ids = filtered.get(rule)
      if (ids === undefined) filtered.set(rule, [other.id])
      else ids.push(other.id)
      continue
    }
    const idleMs = other.work.kind === 'idle' ? draft.at - other.work.since : 0
    const isLent = isAskedFor(draft, line, other.centreId) === 'lent'
    const wastedLevels = (draft.pools.get(other.poolKey)?.levelSum ?? 0) - needed
    candidates.push({ agent: other, wastedLevels, idleMs, isLent })
  }
  candidates.sort(
    (a, b) =>
      Number(b.agent === agent) - Number(a.agent === agent) ||
      Number(a.isLent) - Number(b.isLent) ||
      a.wastedLevels - b.wastedLevels ||
      b.idleMs - a.idleMs ||
      a.agent.ordinal - b.agent.ordinal,
  )
  const callClass = classOfLine(draft, line)
  return {
    choice: choiceOf(line, candidates),
    candidates: candidates.slice(0, NAMED_MAX).map(({ agent: { id: agentId }, wastedLevels, idleMs, isLent }) => {
      return { agentId, wastedLevels, idleMs, isLent }
    }),
    candidatesCount: candidates.length,
    ...givenForDay(line, agent),
    filtered: [...filtered]
      .map(([rule, ids]) => ({ rule, count: ids.length, agentIds: ids.toSorted().slice(0, NAMED_MAX) }))
      .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)),
    call: {
      classId: line.classId,
      scoreMs: scoreOf(callClass, head.rank, draft.at),
      needs: needWords(line.needs),
    },
    passedOver: passedOver(draft, line, agent),
  }
}

/** [R44] The same where somebody takes a call themselves: they alone could, and what they lack of it is among the rules. */
export function reasonsOfTaking(draft: Draft, line: Line, head: Entry, agent: Agent): OfferReasons {
  const idleMs = agent.work.kind === 'idle' ? draft.at - agent.work.since : 0
  const isLent = isAskedFor(draft, line, agent.centreId) !== 'home'
  const taker = { agentId: agent.id, wastedLevels: 0, idleMs, isLent }
  const { filtered, call, passedOver } = reasonsFor(draft, line, head, agent)
  return {
    choice: 'by-hand',
    candidates: [taker],
    candidatesCount: 1,
    ...givenForDay(line, agent),
    filtered,
    call,
    passedOver,
  }
}

/** [R45] What an agent would not have had of their own, and has for the day. */
function givenForDay({ needs }: Line, { attributes, ownAttributes }: Agent): Pick<OfferReasons, 'givenForDay'> {
  const given = needs.filter(({ attribute, levelMin }) => {
    return (ownAttributes[attribute] ?? 0) < levelMin && (attributes[attribute] ?? 0) >= levelMin
  })
  return given.length === 0 ? {} : { givenForDay: needWords(given) }
}

const needWords = (needs: Line['needs']) => needs.map(({ attribute, levelMin }) => `${attribute} ≥ ${levelMin}`)

/** Of two requirements of one attribute the higher holds. */
function distinctNeeds(line: Line) {
  const highest = new Map<string, { levelMin: number }>()
  for (const { attribute, levelMin } of line.needs) {
    if ((highest.get(attribute)?.levelMin ?? 0) < levelMin) highest.set(attribute, { levelMin })
  }
  return highest.values()
}

function choiceOf(
  line: Line,
  candidates: readonly { agent: Agent; wastedLevels: number; idleMs: number; isLent: boolean }[],
): Choice {
  const [first, second] = candidates
  if (line.preferredAgentId !== null) return 'asked-for'
  if (first === undefined || second === undefined) return 'only-one'
  if (first.isLent !== second.isLent) return 'home-before-lent'
  if (first.wastedLevels !== second.wastedLevels) return 'least-skill-wasted'
  return first.idleMs !== second.idleMs ? 'idle-longest' : 'signed-in-first'
}

/** The first rule by which an agent cannot have the head of a line, or undefined. */
function filterOf(draft: Draft, line: Line, agent: Agent): FilterRule | undefined {
  const lacking = line.needs.find(({ attribute, levelMin }) => (agent.attributes[attribute] ?? 0) < levelMin)
  if (lacking !== undefined) return `lacks:${lacking.attribute}`
  // Somebody who is asked in by name is asked for whatever else there is.
  if (line.target.kind === 'agent' && line.target.agentId !== agent.id) return 'held-for-another'
  const pool = draft.pools.get(agent.poolKey)
  if (pool !== undefined && !mayTake(draft, pool, line)) return 'other-centre'
  if (agent.lostAt !== null) return 'connection-lost'
  if (agent.work.kind !== 'idle') return agent.work.kind
  if (agent.awayReason !== null) return 'away'
  if (line.preferredAgentId !== null && line.preferredAgentId !== agent.id) return 'held-for-another'
  if (agent.restsUntil !== null && !classOfLine(draft, line).isFirst) return 'resting'
  return isFree(agent) ? undefined : 'away'
}

function passedOver(draft: Draft, chosen: Line, agent: Agent): OfferReasons['passedOver'] {
  const pool = draft.pools.get(agent.poolKey)
  if (pool === undefined) return []
  const others: Line[] = []
  for (const line of draft.lines.values()) {
    if (line.key !== chosen.key && line.here.size > 0 && mayTake(draft, pool, line)) others.push(line)
  }
  const isBefore = standingAmong(draft, others)
  others.sort((a, b) => (isBefore(a, b) ? -1 : 1))
  return others.slice(0, PASSED_OVER_MAX).flatMap((line) => {
    const head = line.here.first
    const callClass = classOfLine(draft, line)
    const scoreMs = head === undefined ? 0 : scoreOf(callClass, head.rank, draft.at)
    return head === undefined ? [] : [{ callId: head.id, classId: line.classId, scoreMs }]
  })
}
