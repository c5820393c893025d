/** Words as articles and questions are made of them, the same whatever locale the database was made with. */

/** Letters that are no letter with a mark on it. What is left of a word is only ever compared with the same of another. */
const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', ð: 'd', þ: 'th', ß: 'ss', ł: 'l', ı: 'i' }

/** Longer, and it is a number of something or an address of a page. */
const WORD_LENGTH_MAX = 40

/** The words of a text in their order, in small letters, a word as often as it is there. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.filter((word) => word.length <= WORD_LENGTH_MAX)
}

/**
 * A word as somebody types it who has no `æ`, `ø` and `å`, or writes them as two: `kørekort`, `korekort` and `koerekort` are
 * one. Other scripts stay as they are.
 */
export function lettersOf(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[æøðþßłı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/aa|oe/g, ([letter = '']) => letter)
    .normalize('NFC')
}
