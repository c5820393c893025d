/** What happened to a call, one thing after the other. */
import type { CallExplanation, ExplainedMoment, ExplainedOffer } from '#server/contract/explanation.ts'

export type TimelineEntry =
  | { readonly kind: 'arrived' | 'answered' | 'ended'; readonly at: number }
  | { readonly kind: 'moment'; readonly at: number; readonly moment: ExplainedMoment }
  | { readonly kind: 'offer'; readonly at: number; readonly offer: ExplainedOffer }

/** Of two things in the same millisecond, the one that led to the other comes first. */
const order = { arrived: 0, moment: 1, offer: 2, answered: 3, ended: 4 } as const satisfies Record<
  TimelineEntry['kind'],
  number
>

/** The press and the answer are entries of their own. */
function isToldAnyway({ type, at }: ExplainedMoment, answeredAt: number | null): boolean {
  return type.endsWith('.arrived') || (type === 'media.flowed' && at === answeredAt)
}

/** All of it, oldest first. */
export function timelineOf(explanation: CallExplanation): TimelineEntry[] {
  const { arrivedAt, answeredAt, endedAt, moments, offers } = explanation
  const entries: TimelineEntry[] = [
    { kind: 'arrived', at: arrivedAt },
    ...moments
      .filter((moment) => !isToldAnyway(moment, answeredAt))
      .map((moment) => ({ kind: 'moment', at: moment.at, moment }) as const),
    ...offers.map((offer) => ({ kind: 'offer', at: offer.madeAt, offer }) as const),
  ]
  if (answeredAt !== null) entries.push({ kind: 'answered', at: answeredAt })
  if (endedAt !== null) entries.push({ kind: 'ended', at: endedAt })
  return entries.sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind])
}
