/** What people can do, as far as a page is told of it. */
import type { Labels, Language } from '#server/contract/ids.ts'

/** A queue as far as its name says which attributes there are. */
export interface NamedQueue {
  /** `<service>.<language>`, as the policy names queues. */
  readonly queueId: string
  readonly serviceLabels: Labels
  readonly language: Language
}

const serviceOf = ({ queueId }: NamedQueue): string => queueId.split('.')[0] ?? queueId

/** The labels of the service that this attribute is about; null where no queue is of that service. */
export function serviceLabelsOf(attribute: string, queues: readonly NamedQueue[]): Labels | null {
  return queues.find((queue) => serviceOf(queue) === attribute)?.serviceLabels ?? null
}
