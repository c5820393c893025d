/** The rules in force, in the order in which people read them. */
import type { ClassId, QueueId } from '#server/contract/ids.ts'
import type { PolicyReply } from '#server/contract/policy.ts'

export type RuleClass = PolicyReply['classes'][number]

/** The longest wait of a class in a queue, or why there is none to state. */
export type Bound =
  { readonly kind: 'within'; readonly waitMs: number } | { readonly kind: 'goes-first' | 'nobody-at-work' }

export interface BoundsOfQueue {
  readonly queueId: QueueId
  readonly byClass: ReadonlyMap<ClassId, Bound>
}

/** Below 0 where `a` goes before `b`: of calls that come in the same moment, the one with the longer head start. */
function compare(a: RuleClass, b: RuleClass): number {
  return Number(b.isFirst) - Number(a.isFirst) || b.headStartMs - a.headStartMs || b.slope - a.slope
}

/** Who goes first comes first, each with its rank; classes that nothing sets apart have the same. */
export function classesInOrder(classes: readonly RuleClass[]): (RuleClass & { readonly rank: number })[] {
  return classes
    .map((each) => ({ ...each, rank: 1 + classes.filter((other) => compare(other, each) < 0).length }))
    .sort(compare)
}

/** One for each queue, in the policy's order. */
export function boundsByQueue({ classes, bounds }: Pick<PolicyReply, 'classes' | 'bounds'>): BoundsOfQueue[] {
  const firstIds = new Set(classes.filter(({ isFirst }) => isFirst).map(({ classId }) => classId))
  const queueIds = [...new Set(bounds.map(({ queueId }) => queueId))]
  return queueIds.map((queueId) => {
    const own = bounds.filter((bound) => bound.queueId === queueId)
    // Where nobody is at work the classes that go first are not answered either, and that is what must be said.
    const ordinary = own.filter(({ classId }) => !firstIds.has(classId))
    const isBare = ordinary.length > 0 && ordinary.every(({ waitMs }) => waitMs === null)
    const boundOf = (waitMs: number | null): Bound =>
      waitMs === null ? { kind: isBare ? 'nobody-at-work' : 'goes-first' } : { kind: 'within', waitMs }
    return { queueId, byClass: new Map(own.map(({ classId, waitMs }) => [classId, boundOf(waitMs)])) }
  })
}
