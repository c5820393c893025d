/** What one call adds to the sums: the definitions of `sums.ts`, call by call. */
import type { Sums } from './sums.ts'
import type { Trail } from './trails.ts'

/** What became of a call; times in ms since 1970. */
export type CallAsKept = {
  readonly enteredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: string | null
  readonly isWithStaff: boolean
  readonly hasMatter: boolean
}

/** Somebody's part in a call. */
export type HandlingAsKept = {
  readonly agentId: string
  readonly acceptedAt: number
  readonly hungUpAt: number
  readonly wrappedUpAt: number | null
  readonly isLent: boolean
  readonly askedInAs: string | null
  readonly searchedMs: number | null
  readonly isHandedOver: boolean
}

/** T and s of the line the call ended in, by the policy of its press. */
export type Thresholds = { readonly answerWithinMs: number; readonly shortAbandonMs: number }

/** What is written down beside the journal, at any time after the call: added by whoever reads it. */
export type SaidLater = 'solvedFirst' | 'notSolvedFirst' | 'cameBack' | 'facesGood' | 'facesSoSo' | 'facesBad'
export type CallSums = Omit<Sums, SaidLater>

export type WholeCall = {
  readonly trail: Trail
  readonly call: CallAsKept
  readonly handlings: readonly HandlingAsKept[]
  readonly thresholds: Thresholds
  /** Up to when the journal was read: who waits then has waited until then. */
  readonly asOf: number
}

/** Longer does not fit where waits are kept: 24 days. */
const WAIT_MS_MAX = 2 ** 31 - 1
const NOT_LET_IN = ['full', 'closed', 'paused']
const one = (is: boolean) => (is ? 1 : 0)

/** Whether the call was let in: what was not ended with its own press. */
export function isLetIn({ pressedAt }: Trail, { outcome, endedAt }: CallAsKept): boolean {
  return outcome === null || !NOT_LET_IN.includes(outcome) || endedAt !== pressedAt
}

/** The sums of one call, but for what is said later. */
export function sumsOfCall(whole: WholeCall): CallSums {
  const { trail, call } = whole
  const isIn = isLetIn(trail, call)
  const turnedAway = (outcome: string) => one(!isIn && call.outcome === outcome)
  return {
    turnedAwayFull: turnedAway('full'),
    turnedAwayClosed: turnedAway('closed'),
    turnedAwayPaused: turnedAway('paused'),
    ...lineSums(whole, isIn),
    ...offerSums(trail),
    ...promiseSums(whole),
    ...handlingSums(whole),
    ...peopleSums(whole),
  }
}

function lineSums({ trail, call, thresholds, asOf }: WholeCall, isIn: boolean) {
  const { outcome, enteredAt } = call
  const { answerWithinMs, shortAbandonMs } = thresholds
  const isAnswered = call.answeredAt !== null
  const isAbandoned = outcome === 'abandoned'
  const waitMs = Math.min(WAIT_MS_MAX, Math.max(0, (call.answeredAt ?? call.endedAt ?? asOf) - enteredAt))
  const isInTime = waitMs <= answerWithinMs
  const isFlowedOut = isIn && outcome !== null && !isAnswered && !isAbandoned
  const isCallback = isIn && trail.callbackAt !== null
  const isCallbackInTime = isCallback && Math.max(0, (trail.callbackAt ?? 0) - enteredAt) <= answerWithinMs
  return {
    offered: one(isIn),
    answered: one(isAnswered),
    answeredInTime: one(isAnswered && isInTime),
    abandoned: one(isAbandoned),
    abandonedInTime: one(isAbandoned && isInTime),
    abandonedShort: one(isAbandoned && waitMs <= shortAbandonMs),
    flowedOut: one(isFlowedOut),
    stillWaiting: one(isIn && outcome === null && !isAnswered),
    serviceLevelEvents: one(isIn && (isAnswered || isAbandoned || !isInTime)),
    callbacks: one(isCallback),
    callbacksInTime: one(isCallbackInTime && !((isAnswered || isAbandoned) && isInTime)),
    callbacksCalled: one(isCallback && trail.isCalled),
    callbacksExpired: one(isCallback && outcome === 'expired'),
    expired: one(isFlowedOut && outcome === 'expired'),
    failed: one(isFlowedOut && outcome === 'failed'),
    turnedOut: one(isFlowedOut && outcome !== 'expired' && outcome !== 'failed'),
    withStaff: one(isIn && call.isWithStaff),
    answeredWaitMs: isAnswered ? waitMs : 0,
    abandonedWaitMs: isAbandoned ? waitMs : 0,
    waitMsMax: isIn ? waitMs : 0,
    withMatter: one(isAnswered && call.hasMatter),
  }
}

function offerSums(trail: Trail) {
  const { offersMade, offersAccepted, offersDeclined, offersExpired, offersCallerLeft, offersTakenBack } = trail
  const { offerAnswerMs, joinsUnmet } = trail
  const counts = { offersMade, offersAccepted, offersDeclined, offersExpired, offersCallerLeft, offersTakenBack }
  return { ...counts, offerAnswerMs, joinsUnmet }
}

/** A promise counts from when it was told. Who left before the time was over has not tried it. */
function promiseSums({ trail: { told }, call, asOf }: WholeCall) {
  if (told === null) return { promisesP50Kept: 0, promisesP50Broken: 0, promisesP80Kept: 0, promisesP80Broken: 0 }
  const sinceMs = (call.answeredAt ?? call.endedAt ?? asOf) - told.at
  const isAnswered = call.answeredAt !== null
  return {
    promisesP50Kept: one(isAnswered && sinceMs <= told.p50Ms),
    promisesP50Broken: one(sinceMs > told.p50Ms),
    promisesP80Kept: one(isAnswered && sinceMs <= told.p80Ms),
    promisesP80Broken: one(sinceMs > told.p80Ms),
  }
}

function handlingSums({ trail, call, handlings }: WholeCall) {
  const { answeredAt } = call
  const none = { handled: 0, talkMs: 0, holdMs: 0, wrapUpMs: 0, held: 0, wrapUps: 0, wrapUpsCapped: 0 }
  const isOver = call.outcome !== null && handlings.length > 0 && handlings.every((each) => each.wrappedUpAt !== null)
  if (answeredAt === null || !isOver) return none
  let [talkMs, holdMs, wrapUpMs] = [0, 0, 0]
  for (const { agentId, acceptedAt, hungUpAt, wrappedUpAt } of handlings) {
    const from = Math.max(acceptedAt, answeredAt)
    const inCallMs = Math.max(0, hungUpAt - from)
    const own = trail.holds.filter((hold) => hold.agentId === agentId)
    const heldMs = own.reduce((sum, hold) => sum + overlapMs(hold.from, hold.until, from, hungUpAt), 0)
    holdMs += heldMs
    talkMs += inCallMs - heldMs
    wrapUpMs += (wrappedUpAt ?? hungUpAt) - hungUpAt
  }
  const held = one(holdMs > 0)
  const wrapUpsCapped = trail.capped.length
  return { handled: 1, talkMs, holdMs, wrapUpMs, held, wrapUps: handlings.length, wrapUpsCapped }
}

function peopleSums({ call, handlings }: WholeCall) {
  const isAnswered = call.answeredAt !== null
  const isTransferred = handlings.some(({ isHandedOver }) => isHandedOver)
  const joins = handlings.filter(({ askedInAs }) => askedInAs === 'join')
  const lent = handlings.filter(({ isLent }) => isLent)
  return {
    transferred: one(isAnswered && isTransferred),
    joined: one(isAnswered && joins.length > 0),
    firstStayed: one(isAnswered && joins.length > 0 && !isTransferred),
    joins: joins.length,
    joinSearchMs: joins.reduce((sum, { searchedMs }) => sum + (searchedMs ?? 0), 0),
    lentHandlings: lent.length,
    lentMs: lent.reduce(
      (sum, { acceptedAt, hungUpAt, wrappedUpAt }) => sum + (wrappedUpAt ?? hungUpAt) - acceptedAt,
      0,
    ),
  }
}

function overlapMs(from: number, until: number, low: number, high: number): number {
  return Math.max(0, Math.min(until, high) - Math.max(from, low))
}

/** Whether nothing of the journal can change the call any more: over, and written down, before `asOf`. */
export function isFinished(call: CallAsKept, handlings: readonly HandlingAsKept[], asOf: number): boolean {
  if (call.endedAt === null || call.endedAt >= asOf) return false
  return handlings.every(({ wrappedUpAt }) => wrappedUpAt !== null && wrappedUpAt < asOf)
}
