/** Whether the text line is on the screen. Pure. */
import type { Mode } from '#server/contract/ids.ts'
import { OWN, type Transcript } from '#sfu/client/real-time-text/transcript.ts'

/**
 * As the person chose; else where they came to write, or somebody writes to them. `chosen`: null while they have said
 * nothing of it. `mode`: null while nothing is open.
 */
export function isTextShown(chosen: boolean | null, mode: Mode | null, transcript: Transcript): boolean {
  return chosen ?? (mode === 'text' || transcript.lines.some(({ from }) => from !== OWN))
}
