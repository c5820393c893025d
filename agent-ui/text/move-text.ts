/** [R42] The words for a call that a supervisor moved, and for why. */
import type { ExplainedMoment } from '#server/contract/explanation.ts'
import { MOVE_REASONS, type MoveReason } from '#server/contract/floor-actions.ts'
import type { NamedQueue } from '../model/attributes.ts'
import { label, t } from './language.ts'
import { languageWords } from './words.ts'

const reasonWords = {
  'waited-long': 'moveReason.waitedLong',
  'needs-help-now': 'moveReason.needsHelpNow',
  'wrong-queue': 'moveReason.wrongQueue',
  'queue-too-long': 'moveReason.queueTooLong',
  other: 'moveReason.other',
} as const satisfies Record<MoveReason, string>

export const moveReasonText = (reason: MoveReason): string => t(reasonWords[reason])

/** `Lone Bruun flyttede opkaldet forrest i køen: har ventet for længe.` */
export function movedText({ detail }: ExplainedMoment, queues: readonly NamedQueue[]): string {
  const { queueId, isToFront, byName: name = '–' } = detail
  const known = MOVE_REASONS.find((code) => code === detail['reason']) ?? 'other'
  const reason = moveReasonText(known).toLocaleLowerCase()
  if (queueId === undefined) return t('moment.movedToFront', { name, reason })
  const found = queues.find((queue) => queue.queueId === queueId)
  const queue = found === undefined ? queueId : `${label(found.serviceLabels)} · ${t(languageWords[found.language])}`
  return t(isToFront === 'true' ? 'moment.movedToFrontOf' : 'moment.movedToQueue', { name, reason, queue })
}
