/**
 * The text of ITU-T T.140 as it comes over a data channel (RFC 8865): what is typed, as it is typed, with a few control
 * characters in between. Pure; a message may end anywhere.
 */

/** Erases the character before it. */
export const BACKSPACE = '\u0008'
/** Begins a new line. */
export const LINE_SEPARATOR = '\u2028'
/** Stands where text was lost. */
export const LOSS_MARK = '\uFFFD'

export type TextStep =
  | { readonly kind: 'write'; readonly text: string }
  /** `count` characters, as people see them, from the end. */
  | { readonly kind: 'erase'; readonly count: number }
  | { readonly kind: 'new-line' }
  | { readonly kind: 'lost' }

/** What a message may leave open for the next one to end. */
export type Pending = 'none' | 'return' | 'escape' | 'control-sequence' | 'string'

const [BELL, ESCAPE, CONTROL_SEQUENCE, START_OF_STRING, STRING_END] = ['\u0007', '\u001B', '\u009B', '\u0098', '\u009C']
const BYTE_ORDER_MARK = '\uFEFF'
const LINE_ENDS: ReadonlySet<string> = new Set(['\n', '\r', '\u0085', LINE_SEPARATOR, '\u2029'])

/**
 * Takes a message apart. Colours, bells, strings for applications and every other control character are passed over:
 * they are no text. Returns the steps in order, and what has to be given along with the next message.
 */
export function stepsOf(message: string, pending: Pending): { steps: TextStep[]; pending: Pending } {
  const steps: TextStep[] = []
  let state = pending
  for (const character of message) {
    const wasReturn = state === 'return'
    const next = stateAfter(state, character)
    if (next === 'none' || next === 'return') addStep(steps, character, wasReturn)
    // What ends a sequence is part of it.
    state = next === 'ended' ? 'none' : next
  }
  return { steps, pending: state }
}

function stateAfter(state: Pending, character: string): Pending | 'ended' {
  switch (state) {
    case 'escape':
      return character === '[' ? 'control-sequence' : 'ended'
    case 'control-sequence':
      return character >= '@' && character <= '~' ? 'ended' : 'control-sequence'
    case 'string':
      // Nobody's text disappears for good because a string was never ended: a line end ends it too.
      return character === STRING_END || LINE_ENDS.has(character) ? 'ended' : 'string'
    default:
      if (character === ESCAPE) return 'escape'
      if (character === CONTROL_SEQUENCE) return 'control-sequence'
      if (character === START_OF_STRING) return 'string'
      return character === '\r' ? 'return' : 'none'
  }
}

/** `wasReturn`: the character before was the first half of CR LF, which is one line end. */
function addStep(steps: TextStep[], character: string, wasReturn: boolean): void {
  if (character === '\n' && wasReturn) return
  const last = steps.at(-1)
  if (LINE_ENDS.has(character)) steps.push({ kind: 'new-line' })
  else if (character === LOSS_MARK) steps.push({ kind: 'lost' })
  else if (character === BACKSPACE) {
    if (last?.kind === 'erase') steps.splice(-1, 1, { kind: 'erase', count: last.count + 1 })
    else steps.push({ kind: 'erase', count: 1 })
  } else if (!isIgnored(character)) {
    if (last?.kind === 'write') steps.splice(-1, 1, { kind: 'write', text: last.text + character })
    else steps.push({ kind: 'write', text: character })
  }
}

function isIgnored(character: string): boolean {
  const isControl = character < ' ' || (character >= '\u007F' && character <= '\u009F')
  return character === BYTE_ORDER_MARK || character === BELL || (isControl && character !== '\t')
}
