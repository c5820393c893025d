/** What goes before what, and who may take it: the rules that choosing, explaining and foretelling share. */
import type { Draft } from './draft.ts'
import { ORDINARY, type CallClass } from './policy.ts'
import type { Entry, Instant, Line, Pool } from './state.ts'
import { hasAll } from './state.ts'

/** [R21] The order of calls of different classes at a moment, in ms: what a class has ahead, and what age adds. */
export function scoreOf(callClass: CallClass, placeAt: Instant, at: Instant): number {
  return callClass.headStartMs + callClass.slope * (at - placeAt)
}

export function classOfLine(draft: Draft, line: Line): CallClass {
  return draft.policyOf(line).classes[line.classId] ?? ORDINARY
}

/** [R25] Whether a centre takes calls of a queue now: it is one of its homes, or lends its people. */
export function isServedBy(draft: Draft, queueId: string, centreId: string): 'home' | 'lent' | undefined {
  const homes = draft.policy.queues[queueId]?.homeCentreIds ?? []
  if (homes.length === 0 || homes.includes(centreId)) return 'home'
  if (draft.openLending.length === 0) return undefined
  for (const rule of draft.policy.lending) {
    const isRule = rule.lenderCentreId === centreId && rule.queueIds.includes(queueId)
    if (isRule && draft.openLending.includes(rule.id)) return 'lent'
  }
  return undefined
}

/** The queue whose centres take what stands in a line: its own; of a join the one that is asked for, or none. */
export function servedQueueOf({ isJoin, queueId, target }: Line): string | undefined {
  if (!isJoin) return queueId
  return target.kind === 'queue' ? target.queueId : undefined
}

/** [R25] [R37] Whether a centre is asked for what stands in a line. Who is asked into a call may come from anywhere, where nothing else is said. */
export function isAskedFor(draft: Draft, line: Line, centreId: string): 'home' | 'lent' | undefined {
  const queueId = servedQueueOf(line)
  if (queueId !== undefined) return isServedBy(draft, queueId, centreId)
  return line.target.kind !== 'centre' || line.target.centreId === centreId ? 'home' : undefined
}

/** Whether agents of a pool may be given the calls of a line. */
export function mayTake(draft: Draft, pool: Pool, line: Line): boolean {
  // Most pairs differ in an attribute: one look at the marks saves the look at each.
  if ((line.needsMarks & ~pool.marks) !== 0) return false
  if (line.target.kind === 'agent') return draft.agents.get(line.target.agentId)?.poolKey === pool.key
  return hasAll(pool.attributes, line.needs) && isAskedFor(draft, line, pool.centreId) !== undefined
}

function olderOf(a: Entry, b: Entry | undefined): Entry {
  return b === undefined || a.rank < b.rank || (a.rank === b.rank && a.ordinal < b.ordinal) ? a : b
}

/** Lines in the order in which their heads are to be offered now, best first. */
export type Standing = (a: Line, b: Line) => boolean

/**
 * [R21] [R26] Whether the head of one line goes before the head of another, among `lines`. Who is asked into a running
 * call goes right before the first of all calls of its class, for somebody is being kept already.
 */
export function standingAmong(draft: Draft, lines: readonly Line[]): Standing {
  const firstOfClass = new Map<string, Entry>()
  if (draft.joins.size > 0) {
    for (const { classId, here, isJoin } of lines) {
      const head = here.first
      if (isJoin || head === undefined) continue
      firstOfClass.set(classId, olderOf(head, firstOfClass.get(classId)))
    }
  }
  const placeOf = (line: Line) => {
    const head = line.here.first as Entry
    return line.isJoin ? olderOf(head, firstOfClass.get(line.classId)) : head
  }
  return (a, b) => {
    const classA = classOfLine(draft, a)
    const classB = classOfLine(draft, b)
    if (classA.isFirst !== classB.isFirst) return classA.isFirst
    const placeA = placeOf(a)
    const placeB = placeOf(b)
    const scoreA = scoreOf(classA, placeA.rank, draft.at)
    const scoreB = scoreOf(classB, placeB.rank, draft.at)
    if (scoreA !== scoreB) return scoreA > scoreB
    if (placeA.rank !== placeB.rank) return placeA.rank < placeB.rank
    if (placeA.ordinal !== placeB.ordinal) return placeA.ordinal < placeB.ordinal
    if (a.isJoin !== b.isJoin) return a.isJoin
    return (a.here.first as Entry).ordinal < (b.here.first as Entry).ordinal
  }
}
