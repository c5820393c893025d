/** Where the words are said: a recording where there is one, else the browser's own voice, else nowhere. */
import { volumeGain } from '../session/volume.ts'

/** Something that says words. `say` ends when they have been said, or when `stop` was called. */
export type Voice = {
  canSay(key: string | null, lang: string): boolean
  say(words: string, key: string | null, lang: string): Promise<void>
  stop(): void
}

const PROMPTS = `${import.meta.env.BASE_URL}prompts/`

/** Keys of the recordings there are, by language. */
type Manifest = Readonly<Record<string, readonly string[]>>

/** The recordings of this installation. Without any, or without a network, there are none. */
export async function recordedVoice(): Promise<Voice> {
  const manifest = await fetchManifest()
  const keys = new Map(Object.entries(manifest).map(([lang, all]) => [lang, new Set(all)]))
  const player = new Audio()
  let done = (): void => undefined
  const stop = (): void => {
    player.pause()
    done()
  }
  return {
    canSay: (key, lang) => key !== null && (keys.get(lang)?.has(key) ?? false),
    say: (_words, key, lang) =>
      new Promise((resolve) => {
        stop()
        done = resolve
        player.onended = player.onerror = () => resolve()
        player.src = `${PROMPTS}${lang}/${key}.opus`
        player.volume = volumeGain.peek()
        player.play().catch(() => resolve())
      }),
    stop,
  }
}

async function fetchManifest(): Promise<Manifest> {
  try {
    const answer = await fetch(`${PROMPTS}manifest.json`)
    const read: unknown = answer.ok ? await answer.json() : {}
    return isManifest(read) ? read : {}
  } catch {
    return {}
  }
}

const isManifest = (read: unknown): read is Manifest =>
  typeof read === 'object' && read !== null && Object.values(read).every(Array.isArray)

/** The browser's voice: many have none, and none has all languages. */
export function browserVoice(): Voice {
  const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined
  let done = (): void => undefined
  const voiceIn = (lang: string) => synthesis?.getVoices().find((voice) => voice.lang.split(/[-_]/)[0] === lang)
  return {
    canSay: (_key, lang) => voiceIn(lang) !== undefined,
    say: (words, _key, lang) =>
      new Promise((resolve) => {
        const utterance = new SpeechSynthesisUtterance(words)
        const voice = voiceIn(lang)
        if (synthesis === undefined || voice === undefined) return resolve()
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
