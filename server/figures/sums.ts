/**
 * What is counted of calls (research/routing.md §3.1), each of it additive: the sums of two sets of calls are the sums of both
 * together, but for `waitMsMax`, of which the greater holds. Every figure is worked out from these and from nothing else.
 *
 * A call counts in the quarter-hour in which it came into the line, in the line it ended in, at the place where it began. T is what
 * the line promised then (`answerWithinMs`), s what it took for a short abandon; a wait begins with the place in line and ends
 * when both sides have picture or sound, so time away with a ticket is part of it.
 */
export const SUMS = [
  /** O = A + B + F + still waiting: everybody who was let in. */
  'offered',
  /** A: both sides had picture or sound. */
  'answered',
  /** A_T: after a wait of at most T. */
  'answeredInTime',
  /** B: left by their own act before an answer. */
  'abandoned',
  /** B_T: of these, after a wait of at most T. */
  'abandonedInTime',
  /** B_s: of these, after a wait of at most s. */
  'abandonedShort',
  /** F: let in and ended in another way: expired, failed, turned out at closing. */
  'flowedOut',
  'stillWaiting',
  /** SLoffered: answered, abandoned, or T went by, whichever came first. */
  'serviceLevelEvents',
  /** C: took a ticket and left the screen, or was given a place for the next opening. Whatever became of it later counts too. */
  'callbacks',
  /** C_T: within T, and neither answered nor abandoned within T, so that no call counts twice. */
  'callbacksInTime',
  /** Of the callbacks: was called at least once; came to nothing because nobody came. */
  'callbacksCalled',
  'callbacksExpired',
  /** Not let in. Never offered, never impatience. */
  'turnedAwayFull',
  'turnedAwayClosed',
  'turnedAwayPaused',
  /** Of F: kept a ticket and did not come; a machine or a network; closed with nobody to serve them. */
  'expired',
  'failed',
  'turnedOut',
  /** Of O: called by an employee together with a citizen, at a screen of the place or from their own desk. */
  'withStaff',
  'answeredWaitMs',
  'abandonedWaitMs',
  /** The longest wait of anybody let in, answered or not. Not a sum. */
  'waitMsMax',
  /** Of A: over, and everybody who was in it has written down what was said. */
  'handled',
  /** Of the handled, over everybody who was in the call: from the answer, or from coming in, until they left it, holds left out. */
  'talkMs',
  'holdMs',
  'wrapUpMs',
  /** Of the handled: on hold at least once; wrap-ups, and those that ended by their deadline. */
  'held',
  'wrapUps',
  'wrapUpsCapped',
  /** Of A: handed over at least once. */
  'transferred',
  /** Of A: somebody came in beside those who were there. `firstStayed`: and nobody left for it. */
  'joined',
  'firstStayed',
  /** All who came in beside others, and how long they were searched for. */
  'joins',
  'joinSearchMs',
  /** Searches that came to nothing while the call went on. */
  'joinsUnmet',
  /** People of another centre in the calls, and their time from coming in to the end of wrap-up. */
  'lentHandlings',
  'lentMs',
  /** Offers of calls in line, asked-in ones left out, by how they ended. `CallerLeft`: hung up or stepped away while it rang. */
  'offersMade',
  'offersAccepted',
  'offersDeclined',
  'offersExpired',
  'offersCallerLeft',
  'offersTakenBack',
  /** From making to accepting, over the accepted. */
  'offerAnswerMs',
  /** Told a wait, and since then answered within the P50 or P80 of it, or waited longer. Who left before it was over is in neither. */
  'promisesP50Kept',
  'promisesP50Broken',
  'promisesP80Kept',
  'promisesP80Broken',
  /** Of A: everybody who wrote about it said solved at the first contact; somebody said it was not. */
  'solvedFirst',
  'notSolvedFirst',
  /** Of A: with a matter; of these, the same matter came again at the same kiosk within 60 minutes after the end. */
  'withMatter',
  'cameBack',
  'facesGood',
  'facesSoSo',
  'facesBad',
] as const

export type SumName = (typeof SUMS)[number]
export type Sums = Readonly<Record<SumName, number>>

/** What became of callbacks that agents promised, by the time they were promised for; those that were withdrawn are in none. */
export const CALLBACK_SUMS = [
  'promised',
  /** Rung in time and taken. */
  'kept',
  /** By us: rung or taken too late, or not at all. */
  'broken',
  /** Rung in time, and nobody came. */
  'missed',
  /** Given back by the citizen. */
  'cancelled',
] as const

export type CallbackSums = Readonly<Record<(typeof CALLBACK_SUMS)[number], number>>

/** What is counted of an agent's time in milliseconds, and of what they did. Kept apart from calls: it is for few to see. */
export const AGENT_SUMS = [
  /** Available and nothing to do; also while only the connection is lost, until the grace time is over. */
  'idleMs',
  'offeredMs',
  /** In calls, of which on hold; and writing afterwards. */
  'inCallMs',
  'holdMs',
  'wrapUpMs',
  /** Signed in, not available, and not rung or at work. */
  'awayMs',
  /** By the moment of the offer: asked-in ones too. */
  'offersMade',
  'offersAccepted',
  'offersDeclined',
  'offersExpired',
  'offersCallerLeft',
  'offersTakenBack',
  'offerAnswerMs',
  /** By the moment of coming into the call. */
  'handlings',
  'handedOver',
  'joined',
  'lentHandlings',
  'lentMs',
] as const

export type AgentSumName = (typeof AGENT_SUMS)[number]
export type AgentSums = Readonly<Record<AgentSumName, number>>
