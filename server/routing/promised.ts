/** [R40] What was promised after a call, and how far it has come: plain data. */

/** In ms since 1970, as in a state. */
type Instant = number

/** What was promised, to whom it goes, and how far it has come. */
export type Callback = {
  /** The call that it goes on with, and the first one of the ticket. */
  readonly ofCallId: string
  readonly firstCallId: string
  readonly promisedById: string
  /** By the one who promised it, before others; else by anyone who has what is needed. */
  readonly isByPromiser: boolean
  readonly promisedAt: Instant
  readonly dueAt: Instant
  /** When it came to stand in a line: at its time, or when the citizen came sooner. */
  readonly enteredAt: Instant | null
  /** When it was rung first, how often, and when the citizen came. */
  readonly rungAt: Instant | null
  readonly triesCount: number
  readonly hereAt: Instant | null
  /** Once somebody has taken it. */
  readonly result: 'kept' | 'broken' | null
}

/** What became of a promise. `missed`: it rang in time, and nobody came. `withdrawn`: by the agent, before its time. */
export type CallbackResult = 'kept' | 'broken' | 'missed' | 'cancelled' | 'withdrawn'

type Promised = { readonly callback: Callback | null }

/** Promised, and not in any line yet. */
export function isOnlyPromised({ callback }: Promised): boolean {
  return callback !== null && callback.enteredAt === null
}

/** The callback of a call whose citizen has not come yet. */
export function awaitedOf({ callback }: Promised): Callback | null {
  return callback?.hereAt === null ? callback : null
}
