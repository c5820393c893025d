/** What people can do, as far as a page is told of it. */
import type { Labels, Language, Skill } from '#server/contract/ids.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'

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

/**
 * What a colleague can be asked in for. The server tells of no list of its own: these are what the call is about, what
 * the agent can, and the services and languages of the agent's queues.
 */
export function joinableAttributes(view: AgentView, call: CallForAgent): Skill[] {
  const names: string[] = [
    call.serviceId,
    call.language,
    ...view.attributes.map(({ attribute }) => attribute),
    ...view.queues.flatMap((queue) => [serviceOf(queue), queue.language]),
  ]
  return [...new Set(names)] as Skill[]
}
