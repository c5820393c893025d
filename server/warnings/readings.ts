/** How what supervisors are warned of stands at an instant: over its threshold, clear of it, or between. Pure. */
import { wilsonInterval } from '#server/figures/wilson.ts'
import type { WarningKind } from '#server/contract/warnings.ts'
import type { WarningRules } from '#server/policy/schema-warnings.ts'

export type QueueReading = {
  readonly queueId: string
  readonly language: string
  readonly isOpen: boolean
  readonly oldestQueuedAt: number | null
  readonly agentsSignedInCount: number
  /** Of the last half hour. */
  readonly answeredInTime: number
  readonly counted: number
  /** Of those who wait or were promised a call: who was told something else. */
  readonly brokenPromisesCount: number
}

export type Floor = {
  readonly at: number
  readonly queues: readonly QueueReading[]
  /** Null: not heard of since the server started, and not for long enough to say that it is silent. */
  readonly kiosks: readonly { readonly kioskId: string; readonly isSilent: boolean | null }[]
}

export type Reading = {
  readonly kind: WarningKind
  /** A queue, a language or a kiosk, by its id. */
  readonly subject: string
  /** A wait in ms, a share, or a count; null where there is nothing to say. */
  readonly value: number | null
  readonly stands: 'over' | 'between' | 'clear'
  readonly raiseAfterMs: number
  readonly clearAfterMs: number
}

/** Everything the rules ask after, in no order. */
export function readings(rules: WarningRules, floor: Floor): Reading[] {
  return [
    ...floor.queues.flatMap((queue) => queueReadings(rules, queue, floor.at)),
    ...languageReadings(rules, floor),
    ...kioskReadings(rules, floor),
  ]
}

const AT_ONCE = { raiseAfterMs: 0, clearAfterMs: 0 }

function queueReadings({ queues }: WarningRules, queue: QueueReading, at: number): Reading[] {
  const { queueId: subject, oldestQueuedAt, answeredInTime, counted, brokenPromisesCount } = queue
  const { longestWait, serviceLevel, promiseBroken } = queues[subject] ?? {}
  const found: Reading[] = []
  if (longestWait != null) {
    const value = oldestQueuedAt === null ? 0 : Math.max(0, at - oldestQueuedAt)
    const { aboveMs, clearsBelowMs } = longestWait
    const stands = value >= aboveMs ? 'over' : value <= clearsBelowMs ? 'clear' : 'between'
    found.push({ kind: 'longest-wait', subject, value, stands, ...AT_ONCE })
  }
  if (serviceLevel != null) {
    const { below, clearsAbove, callsMin } = serviceLevel
    const value = counted < callsMin ? null : (wilsonInterval(answeredInTime, counted)?.low ?? null)
    // Of too few calls nothing is said: neither that it is bad nor that it is well again, until none is left.
    const few = counted === 0 ? 'clear' : 'between'
    const stands = value === null ? few : value < below ? 'over' : value > clearsAbove ? 'clear' : 'between'
    found.push({ kind: 'service-level', subject, value, stands, ...AT_ONCE })
  }
  if (promiseBroken != null) {
    const stands = brokenPromisesCount > 0 ? 'over' : 'clear'
    const clearAfterMs = promiseBroken.clearsAfterMs
    found.push({ kind: 'promise-broken', subject, value: brokenPromisesCount, stands, raiseAfterMs: 0, clearAfterMs })
  }
  return found
}

function languageReadings({ nobodySignedIn }: WarningRules, { queues }: Floor): Reading[] {
  if (nobodySignedIn === null) return []
  const languages = new Set(queues.map(({ language }) => language))
  return [...languages].map((subject) => {
    const open = queues.filter(({ language, isOpen }) => language === subject && isOpen)
    const isBare = open.length > 0 && open.every(({ agentsSignedInCount }) => agentsSignedInCount === 0)
    const stands = isBare ? 'over' : 'clear'
    const raiseAfterMs = nobodySignedIn.afterMs
    return { kind: 'nobody-signed-in', subject, value: null, stands, raiseAfterMs, clearAfterMs: 0 }
  })
}

function kioskReadings({ kioskSilent }: WarningRules, { kiosks }: Floor): Reading[] {
  if (kioskSilent === null) return []
  return kiosks.map(({ kioskId: subject, isSilent }) => ({
    kind: 'kiosk-silent',
    subject,
    value: null,
    stands: isSilent === null ? 'between' : isSilent ? 'over' : 'clear',
    raiseAfterMs: kioskSilent.afterMs,
    clearAfterMs: kioskSilent.clearsAfterMs,
  }))
}
