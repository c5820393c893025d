/**
 * What can be read aloud, as a list of prompts: one for each text of the catalogues, and one for each value that a text
 * is usually said with. The same list names the recordings and finds them again by what stands on the screen, so that
 * nothing is recorded that no screen says.
 */

/** `key` is the name of its recording without the ending; `words` is what is said, exactly as it is shown. */
export type Prompt = { readonly key: string; readonly words: string }

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1)
const MINUTES = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60]

/**
 * Values that are recorded, by the name of the placeholder. Whatever else there is (names, times of day, tickets) is
 * said by the browser's voice or not at all.
 */
const RECORDED_VALUES: Readonly<Record<string, readonly number[]>> = { position: upTo(20), minutes: MINUTES, index: upTo(24) }
const RECORDED_RANGES: Readonly<Record<string, readonly number[]>> = {
  'waiting.position-range': upTo(20),
  'wait.range': MINUTES,
}

type Values = Readonly<Record<string, number>>

/**
 * The prompts of one language. `ids`: of its catalogue; `valuesOf`: the placeholders of a text; `say`: its words with
 * these values filled in. Texts with a value that is not recorded have no prompt.
 */
export function promptsOf(
  ids: readonly string[],
  valuesOf: (id: string) => readonly string[],
  say: (id: string, values: Values) => string,
): Prompt[] {
  return ids.flatMap((id) =>
    valuesFor(id, valuesOf(id)).map((values) => ({
      key: [id, ...Object.values(values)].join('.'),
      words: plain(say(id, values)),
    })),
  )
}

function valuesFor(id: string, names: readonly string[]): readonly Values[] {
  if (names.length === 0) return [{}]
  const range = RECORDED_RANGES[id]
  if (range !== undefined) return range.flatMap((from) => range.filter((to) => to > from).map((to) => ({ from, to })))
  const [name = ''] = names
  return names.length > 1 ? [] : (RECORDED_VALUES[name] ?? []).map((value) => ({ [name]: value }))
}

/** Placeholders of an ICU message, such as `position`. */
export const placeholdersOf = (message: string): string[] => [
  ...new Set([...message.matchAll(/\{([a-z]+)[,}]/g)].map(([, name]) => name ?? '')),
]

/** As it is compared and said: spaces are one space, and none at the ends. */
export const plain = (words: string): string => words.replaceAll(/\s+/g, ' ').trim()
