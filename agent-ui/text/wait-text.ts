/** Why a call waited as long as it did, as one plain sentence. */
import type { CallExplanation } from '#server/contract/explanation.ts'
import type { CallOutcome, EndReason } from '#server/contract/views.ts'
import { durationText } from './duration-text.ts'
import { t } from './language.ts'

const outcomeWords = {
  answered: 'outcome.answered',
  abandoned: 'outcome.abandoned',
  full: 'outcome.full',
  closed: 'outcome.closed',
  paused: 'outcome.paused',
  expired: 'outcome.expired',
  failed: 'outcome.failed',
} as const satisfies Record<CallOutcome, string>

const endWords = {
  'caller-hung-up': 'end.callerHungUp',
  'agent-hung-up': 'end.agentHungUp',
  'caller-lost': 'end.callerLost',
  'queue-full': 'end.queueFull',
  'queue-closed': 'end.queueClosed',
  'site-closed': 'end.siteClosed',
  'queue-paused': 'end.queuePaused',
  'last-entry': 'end.lastEntry',
  'ticket-lapsed': 'end.ticketLapsed',
  'media-lost': 'end.mediaLost',
} as const satisfies Record<EndReason, string>

export function outcomeText(outcome: CallOutcome | null): string {
  return t(outcome === null ? 'outcome.open' : outcomeWords[outcome])
}

export function endReasonText(endReason: EndReason): string {
  return t(endWords[endReason])
}

/** `Opkaldet ventede 6 min: 4 stod foran, to medarbejdere kunne tage det, og ét tilbud blev ikke besvaret.` */
export function whyItWaitedText(explanation: CallExplanation): string {
  const notLetIn = notLetInText(explanation)
  if (notLetIn !== null) return notLetIn
  const head = headText(explanation)
  const parts = reasonParts(explanation.wait)
  const last = parts.pop()
  if (last === undefined) return t('explain.plain', { head })
  if (parts.length === 0) return t('explain.because', { head, reasons: last })
  return t('explain.because', { head, reasons: t('explain.andLast', { first: parts.join(', '), last }) })
}

/** Whoever was not let in did not wait, and the reason is another. */
function notLetInText({ outcome, endReason }: CallExplanation): string | null {
  switch (outcome) {
    case 'full':
      return t('explain.full')
    case 'paused':
      return t('explain.paused')
    case 'closed':
      return endReason === 'last-entry' ? t('explain.lastEntry') : t('explain.closed')
    default:
      return null
  }
}

function headText({ outcome, endReason, answeredAt, wait }: CallExplanation): string {
  const length = { wait: durationText(wait.waitMs) }
  switch (outcome) {
    case 'abandoned':
      return t('explain.abandoned', length)
    case 'expired':
      return t('explain.expired', length)
    case 'failed':
      if (endReason === 'agent-hung-up') return t('explain.hungUpBefore', length)
      return answeredAt === null ? t('explain.failed', length) : t('explain.waited', length)
    case null:
      return answeredAt === null ? t('explain.waiting', length) : t('explain.waited', length)
    default:
      return t('explain.waited', length)
  }
}

function reasonParts(wait: CallExplanation['wait']): string[] {
  const counts = [
    wait.aheadCount === null || wait.aheadCount === 0 ? null : t('explain.ahead', { count: wait.aheadCount }),
    wait.ableAgentsCount === null ? null : t('explain.able', { count: wait.ableAgentsCount }),
    wait.stepsOpenedCount === 0 ? null : t('explain.steps', { count: wait.stepsOpenedCount }),
    wait.offersExpiredCount === 0 ? null : t('explain.offersExpired', { count: wait.offersExpiredCount }),
    wait.offersDeclinedCount === 0 ? null : t('explain.offersDeclined', { count: wait.offersDeclinedCount }),
    wait.offersWithdrawnCount === 0 ? null : t('explain.offersWithdrawn', { count: wait.offersWithdrawnCount }),
    wait.awayMs === 0 ? null : t('explain.away', { time: durationText(wait.awayMs) }),
    wait.lostMs === 0 ? null : t('explain.lost', { time: durationText(wait.lostMs) }),
    wait.siteCorrectionMs === 0 ? null : t('explain.siteCorrection', { time: durationText(wait.siteCorrectionMs) }),
  ]
  return counts.filter((part) => part !== null)
}

/** What the citizen was told, and whether it held; null where nothing was promised. */
export function promiseWords({ promise }: CallExplanation): string | null {
  if (promise === null) return null
  if (promise.isKept === null) return t('explain.promiseOpen')
  return promise.isKept ? t('explain.promiseKept') : t('explain.promiseBroken')
}
