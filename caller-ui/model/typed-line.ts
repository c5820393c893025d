/** A line in which somebody types with keys on the screen. Pure. */
import { LINE_LENGTH_MAX } from '#sfu/client/real-time-text/composer.ts'
import { graphemesOf } from '#sfu/client/real-time-text/graphemes.ts'

/** `from` and `to`: what is marked, or twice the place of the caret, in UTF-16 units. */
export type TypedLine = { readonly text: string; readonly from: number; readonly to: number }

/** Puts `letters` in the place of what is marked. A line that would be too long stays as it is. */
export function typed({ text, from, to }: TypedLine, letters: string): TypedLine {
  if (text.length - (to - from) + letters.length > LINE_LENGTH_MAX) return { text, from, to }
  const at = from + letters.length
  return { text: text.slice(0, from) + letters + text.slice(to), from: at, to: at }
}

/** Takes away what is marked, or the character before the caret, with its accents. */
export function erased({ text, from, to }: TypedLine): TypedLine {
  if (from !== to) return { text: text.slice(0, from) + text.slice(to), from, to: from }
  const last = graphemesOf(text.slice(0, from)).at(-1) ?? ''
  const at = from - last.length
  return { text: text.slice(0, at) + text.slice(from), from: at, to: at }
}
