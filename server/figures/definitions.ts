/**
 * Every figure of a report by name, as the formula that a page shows beside it and as the code that works it out
 * (research/routing.md §3.2 and §3.3). A changed meaning is a new name or a new {@link DEFINITIONS_VERSION}: nothing is restated silently.
 */
import type { AgentSums, CallbackSums, Sums } from './sums.ts'
import { wilsonInterval, type Interval } from './wilson.ts'

/** Said with every report. Raise it when the meaning of a name changes. */
export const DEFINITIONS_VERSION = '2026-11-27'

/**
 * `share`: so many of so many, with an interval. `time-share`: time of time, of which no interval can be given. `mean`:
 * milliseconds for each of so many.
 */
export type Definition<S> = {
  readonly name: string
  readonly kind: 'share' | 'time-share' | 'mean'
  /** In the signs of `sums.ts`. */
  readonly formula: string
  /** What is divided by what. */
  readonly parts: (sums: S) => readonly [number, number]
}

const share = <S>(name: string, formula: string, parts: Definition<S>['parts']): Definition<S> => {
  return { name, kind: 'share', formula, parts }
}
const mean = <S>(name: string, formula: string, parts: Definition<S>['parts']): Definition<S> => {
  return { name, kind: 'mean', formula, parts }
}

/** The headline: short abandons are left out of both sides. */
export const HEADLINE = 'SL_short'

/** The eight service levels in real use, from one day's calls. */
export const SERVICE_LEVELS: readonly Definition<Sums>[] = [
  share('SL_ans', 'A_T / A', (s) => [s.answeredInTime, s.answered]),
  share('SL_neg', 'A_T / (A + B)', (s) => [s.answeredInTime, s.answered + s.abandoned]),
  share('SL_flow', 'A_T / (A + B + F)', (s) => [s.answeredInTime, s.answered + s.abandoned + s.flowedOut]),
  share('SL_ign', 'A_T / (SLoffered − B_T)', (s) => [s.answeredInTime, s.serviceLevelEvents - s.abandonedInTime]),
  share('SL_pos', '(A_T + B_T) / (A + B)', (s) => [s.answeredInTime + s.abandonedInTime, s.answered + s.abandoned]),
  share('SL_short', 'A_T / (A + B − B_s)', (s) => [s.answeredInTime, s.answered + s.abandoned - s.abandonedShort]),
  share('SL_late', 'A_T / (A + B_{>T})', (s) => [s.answeredInTime, s.answered + s.abandoned - s.abandonedInTime]),
  share('SL_out', '(A_T + B_T + C_T) / O', (s) => [
    s.answeredInTime + s.abandonedInTime + s.callbacksInTime,
    s.offered,
  ]),
]

const answered = (s: Sums) => s.answered

/** All figures of calls that are shares or means; counts, maxima and quantiles stand beside them. */
export const CALL_FIGURES: readonly Definition<Sums>[] = [
  ...SERVICE_LEVELS,
  share('abandonmentRate', 'B / O', (s) => [s.abandoned, s.offered]),
  share('abandonmentRateWithoutShort', '(B − B_s) / (O − B_s)', (s) => [
    s.abandoned - s.abandonedShort,
    s.offered - s.abandonedShort,
  ]),
  mean('ASA', 'Σ wait of answered / A', (s) => [s.answeredWaitMs, s.answered]),
  mean('averageTimeToAbandon', 'Σ wait of abandoned / B', (s) => [s.abandonedWaitMs, s.abandoned]),
  mean('AHT', '(talk + hold + wrap-up) / handled', (s) => [s.talkMs + s.holdMs + s.wrapUpMs, s.handled]),
  mean('averageTalk', 'talk / handled', (s) => [s.talkMs, s.handled]),
  mean('averageHold', 'hold / handled', (s) => [s.holdMs, s.handled]),
  mean('ACW', 'wrap-up / handled', (s) => [s.wrapUpMs, s.handled]),
  share('holdRate', 'on hold at least once / handled', (s) => [s.held, s.handled]),
  share('wrapUpCapRate', 'wrap-ups ended by their deadline / wrap-ups', (s) => [s.wrapUpsCapped, s.wrapUps]),
  share('agentAnswerRate', 'offers accepted / offers made', (s) => [s.offersAccepted, s.offersMade]),
  share('nonResponseRate', '(offers expired + caller left while it rang) / offers made', (s) => [
    s.offersExpired + s.offersCallerLeft,
    s.offersMade,
  ]),
  share('nonResponseRateWithoutCallers', 'offers expired / (offers made − caller left while it rang)', (s) => [
    s.offersExpired,
    s.offersMade - s.offersCallerLeft,
  ]),
  mean('offerToAnswer', 'Σ time from offer to acceptance / offers accepted', (s) => [
    s.offerAnswerMs,
    s.offersAccepted,
  ]),
  share('transferRate', 'handed over at least once / A', (s) => [s.transferred, answered(s)]),
  share('joinRate', 'somebody joined / A', (s) => [s.joined, answered(s)]),
  share('firstAgentStayed', 'first agent stayed / joined', (s) => [s.firstStayed, s.joined]),
  mean('timeToJoin', 'Σ search of joins / joins', (s) => [s.joinSearchMs, s.joins]),
  share('FCR_gross', 'solved at first contact, by the agents / A', (s) => [s.solvedFirst, answered(s)]),
  share('FCR_said', 'solved at first contact / (solved + not solved, by the agents)', (s) => [
    s.solvedFirst,
    s.solvedFirst + s.notSolvedFirst,
  ]),
  share('FCR_proxy', '1 − same kiosk and matter again within 60 min / A with a matter', (s) => [
    s.withMatter - s.cameBack,
    s.withMatter,
  ]),
  share('promiseP50Met', 'within the told P50 / (within + beyond)', (s) => [
    s.promisesP50Kept,
    s.promisesP50Kept + s.promisesP50Broken,
  ]),
  share('promiseP80Met', 'within the told P80 / (within + beyond)', (s) => [
    s.promisesP80Kept,
    s.promisesP80Kept + s.promisesP80Broken,
  ]),
]

/** All figures of promised callbacks. Who gave one back broke no promise, and nor did we. */
export const CALLBACK_FIGURES: readonly Definition<CallbackSums>[] = [
  share('callbackPromiseKept', '(kept + missed) / (kept + missed + broken)', (s) => [
    s.kept + s.missed,
    s.kept + s.missed + s.broken,
  ]),
  share('callbackReached', 'kept / (kept + missed + broken)', (s) => [s.kept, s.kept + s.missed + s.broken]),
]

const onContact = (s: AgentSums) => s.inCallMs + s.wrapUpMs

/** All figures of an agent's time. */
export const AGENT_FIGURES: readonly Definition<AgentSums>[] = [
  {
    name: 'occupancy',
    kind: 'time-share',
    formula: '(in call + wrap-up) / (in call + wrap-up + idle); ringing and away left out',
    parts: (s) => [onContact(s), onContact(s) + s.idleMs],
  },
  share('agentAnswerRate', 'offers accepted / offers made', (s) => [s.offersAccepted, s.offersMade]),
  share('nonResponseRate', '(offers expired + caller left while it rang) / offers made', (s) => [
    s.offersExpired + s.offersCallerLeft,
    s.offersMade,
  ]),
  share('nonResponseRateWithoutCallers', 'offers expired / (offers made − caller left while it rang)', (s) => [
    s.offersExpired,
    s.offersMade - s.offersCallerLeft,
  ]),
  mean('offerToAnswer', 'Σ time from offer to acceptance / offers accepted', (s) => [
    s.offerAnswerMs,
    s.offersAccepted,
  ]),
  share('transferRate', 'handed over / calls taken part in', (s) => [s.handedOver, s.handlings]),
]

/** A figure worked out: null where nothing was counted; the interval is Wilson's, at 95 %, of shares alone. */
export type Figure = { readonly value: number | null; readonly of: number; readonly interval: Interval | null }

/** The figures of `definitions` from sums, by name. */
export function figuresOf<S>(definitions: readonly Definition<S>[], sums: S): Record<string, Figure> {
  return Object.fromEntries(definitions.map((definition) => [definition.name, figureOf(definition, sums)]))
}

/** One figure from sums. */
export function figureOf<S>({ kind, parts }: Definition<S>, sums: S): Figure {
  const [hits, of] = parts(sums)
  return { value: of > 0 ? hits / of : null, of, interval: kind === 'share' ? wilsonInterval(hits, of) : null }
}
