/** How it ended, as the person is told. Nothing of it is ever their fault. */
import type { Instant } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'

export type GoodbyeReason =
  | 'thanks'
  | 'left-line'
  | 'full'
  | 'closed'
  | 'last-entry'
  | 'paused'
  | 'expired'
  | 'cut-off'
  /** The place is elsewhere now, on a phone or at another kiosk. */
  | 'moved'
  | 'not-taken'

export type Goodbye = {
  readonly reason: GoodbyeReason
  /** The next opening, where the line is closed and it is known. */
  readonly opens: { readonly at: Instant; readonly now: Instant } | null
  /** [R40] What the agent has promised since. */
  readonly promised?: (CallerCallView & { readonly status: 'ended' })['promised']
}

export const goodbyeFor = (reason: GoodbyeReason): Goodbye => ({ reason, opens: null })

/** For a call that the server has ended. */
export function goodbyeOf(call: CallerCallView & { readonly status: 'ended' }): Goodbye {
  const { opensAt, endedAt, promised } = call
  return { reason: reasonOf(call), opens: opensAt === null ? null : { at: opensAt, now: endedAt }, promised }
}

function reasonOf({ outcome, endReason }: CallerCallView & { readonly status: 'ended' }): GoodbyeReason {
  switch (outcome) {
    case 'full':
    case 'paused':
    case 'expired':
      return outcome
    case 'closed':
      return endReason === 'last-entry' ? 'last-entry' : 'closed'
    case 'failed':
      return 'cut-off'
    case 'answered':
    case 'abandoned':
      if (endReason === 'caller-lost' || endReason === 'media-lost') return 'cut-off'
      return outcome === 'answered' ? 'thanks' : 'left-line'
  }
}
