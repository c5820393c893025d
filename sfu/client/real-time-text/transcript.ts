/**
 * Who wrote what, line by line, as it stands now: one's own finished lines and everything of the others. Pure, and never
 * changed in place. Whatever erases goes back no further than to a loss: what was erased may be what was lost.
 */
import { graphemesOf } from './graphemes.ts'
import { LOSS_MARK, stepsOf, type Pending, type TextStep } from './t140.ts'

export const OWN = 'own'

export type TranscriptLine = {
  readonly id: number
  /** {@link OWN}, or the participant who wrote it. */
  readonly from: string
  /** With U+FFFD wherever text was lost. */
  readonly text: string
  /** Nothing is written to it any more, unless its end is erased. */
  readonly isDone: boolean
}

export type Transcript = {
  readonly lines: readonly TranscriptLine[]
  readonly nextId: number
  readonly pending: Readonly<Record<string, Pending>>
}

export type TextEvent =
  | { readonly kind: 'own-line'; readonly text: string }
  /** A message as it arrived. */
  | { readonly kind: 'received'; readonly participantId: string; readonly text: string }
  /** Text of theirs did not arrive. */
  | { readonly kind: 'lost'; readonly participantId: string }

export const EMPTY_TRANSCRIPT: Transcript = { lines: [], nextId: 1, pending: {} }

/** More than anybody scrolls back; the oldest go. */
const LINES_MAX = 400
/** A line that is longer, in UTF-16 units, goes on as the next one. */
const RECEIVED_LINE_MAX = 2_000

/** The transcript after `event`. */
export function transcriptAfter(transcript: Transcript, event: TextEvent): Transcript {
  if (event.kind === 'own-line') {
    const line = { id: transcript.nextId, from: OWN, text: event.text, isDone: true }
    return bounded({ ...transcript, nextId: transcript.nextId + 1, lines: [...transcript.lines, line] })
  }
  const { participantId } = event
  if (event.kind === 'lost') return afterStep(transcript, participantId, { kind: 'lost' })
  const { steps, pending } = stepsOf(event.text, transcript.pending[participantId] ?? 'none')
  const after = steps.reduce((current, step) => afterStep(current, participantId, step), transcript)
  return bounded({ ...after, pending: { ...after.pending, [participantId]: pending } })
}

function bounded(transcript: Transcript): Transcript {
  return transcript.lines.length <= LINES_MAX
    ? transcript
    : { ...transcript, lines: transcript.lines.slice(-LINES_MAX) }
}

function afterStep(transcript: Transcript, from: string, step: TextStep): Transcript {
  switch (step.kind) {
    case 'write':
      return written(transcript, from, step.text)
    case 'lost':
      return lastLine(transcript, from)?.text.endsWith(LOSS_MARK) === true
        ? transcript
        : written(transcript, from, LOSS_MARK)
    case 'new-line': {
      const line = openLine(transcript, from)
      return line === undefined ? transcript : replaced(transcript, { ...line, isDone: true })
    }
    case 'erase':
      return erased(transcript, from, step.count)
  }
}

const lastLine = ({ lines }: Transcript, from: string): TranscriptLine | undefined =>
  lines.findLast((line) => line.from === from)

function openLine(transcript: Transcript, from: string): TranscriptLine | undefined {
  const line = lastLine(transcript, from)
  return line?.isDone === false ? line : undefined
}

function replaced(transcript: Transcript, line: TranscriptLine): Transcript {
  return { ...transcript, lines: transcript.lines.map((other) => (other.id === line.id ? line : other)) }
}

function written(transcript: Transcript, from: string, text: string): Transcript {
  const line = openLine(transcript, from)
  if (line !== undefined && line.text.length + text.length <= RECEIVED_LINE_MAX) {
    return replaced(transcript, { ...line, text: line.text + text })
  }
  const closed = line === undefined ? transcript : replaced(transcript, { ...line, isDone: true })
  const next = { id: closed.nextId, from, text, isDone: false }
  return { ...closed, nextId: closed.nextId + 1, lines: [...closed.lines, next] }
}

/** Erases from the end of what that participant wrote; the end of a line counts as one character. */
function erased(transcript: Transcript, from: string, count: number): Transcript {
  const line = lastLine(transcript, from)
  if (line === undefined || count === 0) return transcript
  if (line.isDone) return erased(replaced(transcript, { ...line, isDone: false }), from, count - 1)
  const lossAt = line.text.lastIndexOf(LOSS_MARK) + 1
  const erasable = graphemesOf(line.text.slice(lossAt))
  const kept = erasable.slice(0, Math.max(0, erasable.length - count)).join('')
  if (erasable.length > count || lossAt > 0)
    return replaced(transcript, { ...line, text: line.text.slice(0, lossAt) + kept })
  const without = { ...transcript, lines: transcript.lines.filter(({ id }) => id !== line.id) }
  return erased(without, from, count - erasable.length)
}
