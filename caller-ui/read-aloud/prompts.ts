/**
 * What can be read aloud, as a list of prompts: one for each text of a catalogue, and one for each value that it is
 * usually said with. The same list names the recordings and finds them again by what stands on the screen, so that
 * nothing is recorded that no screen says.
 */
import type { Messages } from '@lingui/core'
import { WAIT_STEPS_MINUTES } from '../model/said-wait.ts'
import { VOLUME_STEP_MAX } from '../session/volume.ts'
import { endonyms } from '../text/endonyms.ts'

/** `key` is the name of its recording without the ending; `words` is what is said, exactly as it is shown. */
export type Prompt = { readonly key: string; readonly words: string }
export type Values = Readonly<Record<string, string | number>>

/** `parts`: how each set of values is told apart in a key. */
type Filling = { readonly values: Values; readonly parts: readonly string[] }

/** The longest line that is recorded: whoever stands farther back hears it from the browser's voice. */
const LAST_PLACE = 20
/** Ways that are longer than this are told in kilometres. */
const LONGEST_WALK_MINUTES = 45

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const each = (name: string, all: readonly number[]): Filling[] =>
  all.map((value) => ({ values: { [name]: value }, parts: [String(value)] }))
const ranges = (all: readonly number[]): Filling[] =>
  all.flatMap((from) => all.filter((to) => to > from).map((to) => ({ values: { from, to }, parts: [`${from}-${to}`] })))
const languages: readonly Filling[] = endonyms.map(({ language, name }) => ({
  values: { language: name },
  parts: [language],
}))

/** The texts whose values are few enough to be recorded, and these values. */
const RECORDED: Readonly<Record<string, readonly Filling[]>> = {
  'idle.open-waiting': each('count', upTo(LAST_PLACE, 0)),
  'waiting.position': each('position', upTo(LAST_PLACE)),
  'waiting.position-range': ranges(upTo(LAST_PLACE)),
  'waiting.ask-interpreter-why': languages,
  'next.speaks': languages,
  'wait.within': each('minutes', WAIT_STEPS_MINUTES),
  'wait.about': each('minutes', WAIT_STEPS_MINUTES),
  'wait.range': ranges(WAIT_STEPS_MINUTES),
  'place.walk': each('minutes', upTo(LONGEST_WALK_MINUTES)),
  'hearing.step': upTo(VOLUME_STEP_MAX + 1).map((step) => ({
    values: { step, steps: VOLUME_STEP_MAX + 1 },
    parts: [String(step)],
  })),
}

/** Seen by employees alone, who do not need them read. The door to them is on everybody's screen. */
const isForStaff = (id: string): boolean =>
  (id.startsWith('employee.') && id !== 'employee.door') || id.startsWith('kiosk.not-set-up')

/**
 * The prompts of one language. `messages`: its catalogue, compiled; `say`: the words of an id with these values filled
 * in. Texts for the staff have none, nor have those with values without number: names, times of day, seconds that run
 * out. They are said by the browser's voice, or not at all.
 */
export function promptsOf(messages: Messages, say: (id: string, values: Values) => string): Prompt[] {
  const texts = Object.entries(messages).flatMap(([id, message]) => {
    if (isForStaff(id)) return []
    const fillings = placeholdersOf(message).length === 0 ? [{ values: {}, parts: [] }] : (RECORDED[id] ?? [])
    return fillings.map(({ values, parts }) => ({ key: [id, ...parts].join('.'), words: plain(say(id, values)) }))
  })
  // In the same voice as the rest, for the buttons that say which language the screen has.
  const names = endonyms.map(({ language, name }) => ({ key: `language.${language}`, words: name }))
  return [...texts, ...names].filter(({ words }) => words !== '')
}

/** Names of the values that a compiled message takes, such as `position`. */
export function placeholdersOf(message: unknown): string[] {
  const names = new Set<string>()
  const collect = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return
    for (const token of tokens) {
      if (!Array.isArray(token)) continue
      const [name, , choices] = token as readonly unknown[]
      if (typeof name === 'string') names.add(name)
      if (typeof choices === 'object' && choices !== null) Object.values(choices).forEach(collect)
    }
  }
  collect(message)
  return [...names]
}

/** As it is compared and said: spaces are one space, and none at the ends. */
export const plain = (words: string): string => words.replaceAll(/\s+/g, ' ').trim()

/**
 * The name of the recording of words that stand in no catalogue, such as what the city calls a matter: `own.` and a
 * number that is the same for the same words (FNV-1a, 32 bits, over UTF-16 units).
 */
export function ownKey(words: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193)
  return `own.${(hash >>> 0).toString(16).padStart(8, '0')}`
}

/** Finds the recordings of what is shown. */
export type PromptIndex = (words: string, has: (key: string) => boolean) => readonly string[] | null

/**
 * An index over `prompts`: the keys that say `words` one after another, as few as there can be, each of which `has`
 * knows; null where a part of them is missing. «Skærmens sprog: Dansk» is said in two.
 */
export function indexOf(prompts: readonly Prompt[]): PromptIndex {
  const keys = new Map(prompts.map(({ key, words }) => [bare(words), key]))
  const keyOf = (words: string, has: (key: string) => boolean): string | undefined =>
    [keys.get(bare(words)), ownKey(words)].find((key) => key !== undefined && has(key))
  return (words, has) => {
    const parts = plain(words).split(/(?<=[.:?!…])\s/)
    const found: string[] = []
    for (let from = 0; from < parts.length;) {
      let to = parts.length
      let key = keyOf(parts.slice(from, to).join(' '), has)
      while (key === undefined && to > from + 1) {
        to -= 1
        key = keyOf(parts.slice(from, to).join(' '), has)
      }
      if (key === undefined) return null
      found.push(key)
      from = to
    }
    return found
  }
}

/** Without what follows the last word. */
const bare = (words: string): string => words.replace(/[.:]$/, '')
