/** The log: one line for each event, ids only. */
import { pino, type Logger } from 'pino'
import type { HostLog } from '#server/host/ports.ts'

export type { Logger } from 'pino'

/** Second net: should a secret or a name ever be handed to the log, it is not printed. */
const REDACTED = [
  'password',
  'deviceKey',
  'ticket',
  'name',
  'firstName',
  'username',
  'req.headers.cookie',
  'req.headers.authorization',
  '*.password',
  '*.deviceKey',
  '*.ticket',
  '*.username',
]

/** A logger to standard output; readable on a terminal, JSON elsewhere. */
export function openLog(level: string, process: string): Logger {
  const options = { level, base: { process }, redact: { paths: REDACTED, censor: '[redacted]' } }
  if (!globalThis.process.stdout.isTTY) return pino(options)
  return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } })
}

/** One line for each event the host takes in: the log is the history. */
export function hostLog(log: Logger): HostLog {
  return {
    event(event, refusal) {
      const { type, at: _at, ...ids } = event
      const isLarge = type === 'policy.loaded'
      if (refusal === undefined) log.info(isLarge ? {} : ids, type)
      else log.info({ ...ids, refusal }, `${type} refused`)
    },
  }
}
