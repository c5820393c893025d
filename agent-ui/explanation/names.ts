/** The names that the explanation of a call leaves to its reader: it is told ids, and the pages know different things. */
import type { AgentId, CallId } from '#server/contract/ids.ts'
import type { NamedQueue } from '../model/attributes.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'

export interface Names {
  /** Who is reading, where it is one of those the call was offered to: why it came to them is said first. */
  readonly readerId: AgentId | null
  readonly queues: readonly NamedQueue[]
  /** Where another call can be looked at; null for those who may not. */
  readonly hrefOf: ((callId: CallId) => string) | null
}

/** `Borgerservice · Dansk`, or the id of a queue the page does not know. */
export function queueText(queueId: string, { queues }: Pick<Names, 'queues'>): string {
  const queue = queues.find((known) => known.queueId === queueId)
  return queue === undefined ? queueId : `${label(queue.serviceLabels)} · ${t(languageWords[queue.language])}`
}
