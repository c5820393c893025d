/** [R43] The words for a supervisor in a call. */
import type { ExplainedMoment } from '#server/contract/explanation.ts'
import { SUPERVISION_KINDS, type SupervisionKind } from '#server/contract/supervision.ts'
import { t } from './language.ts'

const momentWords = {
  listen: 'moment.listened',
  whisper: 'moment.whispered',
  join: 'moment.supervisorJoined',
} as const satisfies Record<SupervisionKind, string>

/** `Lone Bruun begyndte at lytte med.` */
export function supervisedText({ type, detail }: ExplainedMoment): string {
  const { byName: name = '–' } = detail
  if (type.endsWith('ended')) return t('moment.supervisionEnded', { name })
  const kind = SUPERVISION_KINDS.find((each) => each === detail['kind']) ?? 'listen'
  return t(momentWords[kind], { name })
}
