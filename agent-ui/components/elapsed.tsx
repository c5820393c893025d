/** Clocks on the screen. */
import type { JSX } from 'preact'
import { clockText } from '../model/duration.ts'
import { nowSecondAt } from '../session/server-clock.ts'

/** How long ago `since` was, running. */
export function Elapsed({ since }: { since: number }): JSX.Element {
  return <span class="clock">{clockText(nowSecondAt.value - since + 500)}</span>
}
