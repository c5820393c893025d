/** The words for a status. */
import { clockTimeText } from '../model/copenhagen-time.ts'
import type { Status } from '../model/status.ts'
import { formatTag, t } from './language.ts'
import { awayWords } from './words.ts'

const statusWords = {
  ready: 'status.ready',
  ringing: 'status.ringing',
  'in-call': 'status.inCall',
  'wrap-up': 'status.wrapUp',
  disconnected: 'status.disconnected',
} as const satisfies Record<Exclude<Status['kind'], 'away' | 'resting'>, string>

/** `Klar`, `Pause til 14.32`, `Væk: pause`, `I samtale`. */
export function statusText(status: Status): string {
  if (status.kind === 'away') return t('status.away', { reason: t(awayWords[status.reason]) })
  if (status.kind === 'resting') return t('status.resting', { time: clockTimeText(status.until, formatTag()) })
  return t(statusWords[status.kind])
}
