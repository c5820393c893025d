/** Where the words are said: a recording where there is one, else the browser's own voice, else nowhere. */
import { signal, type ReadonlySignal } from '@preact/signals'
import { volumeGain } from '../session/volume.ts'

/** Something that says words. `say` ends when they have been said, or when `stop` was called. It never rejects. */
export type Voice = {
  /** The languages it speaks at all, as the first part of their BCP 47 tags. */
  readonly languages: ReadonlySignal<ReadonlySet<string>>
  canSay(words: string, lang: string): boolean
  say(words: string, lang: string): Promise<void>
  stop(): void
}

/** Names of the recordings there are, with their endings, by language: `{ "da": ["idle.title.opus"] }`. */
export type Manifest = Readonly<Record<string, readonly string[]>>

/** What is recorded of `words`: keys of recordings that `has` knows, said one after another; null where there are none. */
type FindKeys = (words: string, has: (key: string) => boolean) => readonly string[] | null

/** The manifest at `url`. Where there is none, or no network, nothing is recorded. */
export async function fetchManifest(url: string): Promise<Manifest> {
  try {
    const answer = await fetch(url)
    const read: unknown = answer.ok ? await answer.json() : {}
    return isManifest(read) ? read : {}
  } catch {
    return {}
  }
}

const isManifest = (read: unknown): read is Manifest =>
  typeof read === 'object' &&
  read !== null &&
  Object.values(read).every((files) => Array.isArray(files) && files.every((file) => typeof file === 'string'))

/** The recordings of this installation, below `baseUrl`. */
export function recordedVoice(baseUrl: string, manifest: Manifest, findKeys: FindKeys): Voice {
  const files = new Map(Object.entries(manifest).map(([lang, names]) => [lang, byKey(names)]))
  const speaking = [...files].filter(([, names]) => names.size > 0).map(([lang]) => lang)
  const keysOf = (words: string, lang: string): readonly string[] | null =>
    findKeys(words, (key) => files.get(lang)?.has(key) ?? false)
  const player = new Audio()
  let turn = 0
  let done = (): void => undefined
  const play = (url: string): Promise<void> =>
    new Promise((resolve) => {
      done = resolve
      player.onended = player.onerror = () => resolve()
      player.src = url
      player.volume = volumeGain.peek()
      player.play().catch(() => resolve())
    })
  const stop = (): void => {
    turn += 1
    player.pause()
    done()
  }
  return {
    languages: signal<ReadonlySet<string>>(new Set(speaking)),
    canSay: (words, lang) => keysOf(words, lang) !== null,
    say: async (words, lang) => {
      stop()
      const own = turn
      for (const key of keysOf(words, lang) ?? []) {
        if (own === turn) await play(`${baseUrl}${lang}/${files.get(lang)?.get(key) ?? ''}`)
      }
    },
    stop,
  }
}

const byKey = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name.replace(/\.[a-z0-9]+$/, ''), name]))

const mainPart = (lang: string): string => lang.split(/[-_]/)[0]?.toLowerCase() ?? lang

/** The browser's voice: many have none, none has all languages, and some have theirs only after a while. */
export function browserVoice(): Voice {
  const synthesis = (globalThis as { readonly speechSynthesis?: SpeechSynthesis }).speechSynthesis
  const voices = (): readonly SpeechSynthesisVoice[] => synthesis?.getVoices() ?? []
  const voiceIn = (lang: string) => voices().find((voice) => mainPart(voice.lang) === lang)
  const spoken = (): ReadonlySet<string> => new Set(voices().map((voice) => mainPart(voice.lang)))
  const languages = signal(spoken())
  synthesis?.addEventListener('voiceschanged', () => (languages.value = spoken()))
  let done = (): void => undefined
  return {
    languages,
    canSay: (_words, lang) => voiceIn(lang) !== undefined,
    say: (words, lang) =>
      new Promise((resolve) => {
        const voice = voiceIn(lang)
        if (synthesis === undefined || voice === undefined) return resolve()
        const utterance = new SpeechSynthesisUtterance(words)
        done = resolve
        utterance.voice = voice
        utterance.lang = voice.lang
        utterance.volume = volumeGain.peek()
        utterance.onend = utterance.onerror = () => resolve()
        synthesis.speak(utterance)
      }),
    stop: () => {
      synthesis?.cancel()
      done()
    },
  }
}
