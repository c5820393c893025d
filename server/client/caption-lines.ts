/** Which captions stand under the picture, at the kiosk and at the desks. Pure. */
import type { CaptionSaid } from '#server/contract/captions.ts'

/** Who says it and what, as far as it is typed. */
export type CaptionLine = { readonly by: string; readonly text: string; readonly isDone: boolean }

/** As many as are read while somebody talks. */
const LINES_MAX = 2

/** The lines after `said`: a line grows until it is done, and the oldest one goes. */
export function captionsAfter(lines: readonly CaptionLine[], said: CaptionSaid): readonly CaptionLine[] {
  const { byFirstName: by, text, isDone } = said
  const isOpen = (line: CaptionLine) => line.by === by && !line.isDone
  const line = { by, text, isDone }
  if (text === '') return lines.filter((each) => !isOpen(each))
  if (lines.some(isOpen)) return lines.map((each) => (isOpen(each) ? line : each))
  return [...lines, line].slice(-LINES_MAX)
}
