/** What of an article is shown in a list of results, with the words marked that were asked for. */
import { lettersOf, wordsOf } from '../store/article-words.ts'

export type Piece = { readonly text: string; readonly isMarked: boolean }

const EXCERPT_LENGTH_MAX = 180

/** `text` in pieces, marked where a word is one of `matched`; the words of `matched` are in small letters. */
export function marked(text: string, matched: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = []
  for (const part of text.split(/([\p{L}\p{M}\p{N}]+)/u)) {
    if (part === '') continue
    const isMarked = matched.has(part.normalize('NFC').toLowerCase())
    const last = pieces.at(-1)
    if (last !== undefined && last.isMarked === isMarked)
      pieces[pieces.length - 1] = { text: last.text + part, isMarked }
    else pieces.push({ text: part, isMarked })
  }
  return pieces
}

/** The sentence of `plain` in which most of `matched` stand, cut to a line or two; the beginning where none does. */
export function excerptOf(plain: string, matched: ReadonlySet<string>): Piece[] {
  const sentences = plain.split(/\n|(?<=[.!?])\s+/u).filter((sentence) => sentence.trim() !== '')
  let best = sentences[0] ?? ''
  let bestCount = 0
  for (const sentence of sentences) {
    const count = new Set(
      wordsOf(sentence)
        .filter((word) => matched.has(word))
        .map(lettersOf),
    ).size
    if (count > bestCount) [best, bestCount] = [sentence, count]
  }
  return marked(cut(best, matched), matched)
}

/** At a space, so that no word is broken; from the first word that was asked for where that stands too far back. */
function cut(sentence: string, matched: ReadonlySet<string>): string {
  if (sentence.length <= EXCERPT_LENGTH_MAX) return sentence
  const words = sentence.split(' ')
  const firstAt = words.findIndex((word) => wordsOf(word).some((each) => matched.has(each)))
  const isLate = words.slice(0, firstAt + 1).join(' ').length > EXCERPT_LENGTH_MAX - 40
  const from = isLate ? Math.max(0, firstAt - 6) : 0
  let text = from > 0 ? '…' : ''
  for (const word of words.slice(from)) {
    if (text.length + word.length > EXCERPT_LENGTH_MAX) return `${text.trimEnd()} …`
    text += `${word} `
  }
  return text.trimEnd()
}
