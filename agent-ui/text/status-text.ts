/** The words for a status. */
import type { Status } from '../model/status.ts'
import { t } from './language.ts'
import { awayWords } from './words.ts'

const statusWords = {
  ready: 'status.ready',
  ringing: 'status.ringing',
  'in-call': 'status.inCall',
  'wrap-up': 'status.wrapUp',
  disconnected: 'status.disconnected',
} as const satisfies Record<Exclude<Status['kind'], 'away'>, string>

/** `Klar`, `Væk: pause`, `I samtale`. */
export function statusText(status: Status): string {
  if (status.kind === 'away') return t('status.away', { reason: t(awayWords[status.reason]) })
  return t(statusWords[status.kind])
}
