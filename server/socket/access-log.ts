/** What the log is told of who did what, and of who tried what is not for them: by id, and with nothing of what was said. */
import type { Logger } from '#server/telemetry/log.ts'
import type { AccessLog } from './gate.ts'

/** Writes `access.audited` and `access.refused`. */
export function accessLog(log: Logger): AccessLog {
  return {
    guarded: [],
    audited: (note) => log.info(note, 'access.audited'),
    refused: (note) => log.info(note, 'access.refused'),
  }
}
