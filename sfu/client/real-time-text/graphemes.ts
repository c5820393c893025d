/** Characters as people see them: an accent belongs to its letter, a family to its emoji. Both ends reckon in them. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The characters of `text`, one by one. Joined again they are `text`. */
export function graphemesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
