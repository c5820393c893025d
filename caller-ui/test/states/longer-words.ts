/** The catalogues with every word two fifths longer, as another language might have them. For tests; no citizen gets them. */
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Language } from '#server/contract/ids.ts'
import { readCatalogue } from '../../text/read-catalogue.ts'
import type { ChangedFile } from '../served-files.ts'

/** By how much of its own length a word grows: German and Finnish are that much longer than English. */
const GROWTH = 0.4

/** `text` with letters within each word said twice, until it is two fifths longer. A longer word cannot be wrapped away. */
export function longer(text: string): string {
  return text.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
    const letters = [...word]
    const extra = Math.ceil(letters.length * GROWTH)
    const step = letters.length / extra
    const twice = new Set(Array.from({ length: extra }, (_, i) => Math.floor(i * step)))
    return letters.map((letter, i) => (twice.has(i) ? letter + letter : letter)).join('')
  })
}

/** A compiled message with its words longer; values and the choice of a plural stay. */
function longerMessage(message: CompiledMessage): CompiledMessage {
  return message.map((token) => {
    if (typeof token === 'string') return token === '#' ? token : longer(token)
    const [name, kind, forms] = token
    if (kind === undefined || forms === null || typeof forms !== 'object') return token
    const grown = Object.entries(forms).map(([form, of]) => [form, Array.isArray(of) ? longerMessage(of) : of])
    return [name, kind, Object.fromEntries(grown)]
  })
}

/** A whole catalogue with its words longer. */
export const longerMessages = (messages: Readonly<Record<string, CompiledMessage>>): Record<string, CompiledMessage> =>
  Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, longerMessage(message)]))

/** Languages that the page has other words in here: those of another, longer. Chosen among what nothing else is judged in. */
export const LONGER_AS = { ro: 'da', fa: 'ar' } as const satisfies Partial<Record<Language, Language>>
export type LongerLanguage = keyof typeof LONGER_AS

const grown = new Map<Language, Promise<string>>()

/** A catalogue with its words longer, as the build writes one down. */
async function grownCatalogue(language: Language): Promise<string> {
  const { messages } = await readCatalogue(language, longerMessages)
  return `JSON.parse(${JSON.stringify(JSON.stringify(messages))})`
}

/** The page's files with longer words: those of `LONGER_AS`, and its own Danish where `isDanishLonger`. */
export function longerPages(isDanishLonger: boolean): readonly ChangedFile[] {
  const files = Object.entries(LONGER_AS).map(([name, of]) => [name, of] as readonly [string, Language])
  if (isDanishLonger) files.push(['index', 'da'])
  return files.map(([name, of]) => ({
    pattern: new RegExp(`/assets/${name}-[^/]+\\.js$`),
    change: async (code) => {
      const catalogue = /JSON\.parse\(`\{"[a-z.-]+":\[.*?\}`\)/s.exec(code)?.[0]
      if (catalogue === undefined) throw new Error('catalogues are compiled in another way than before')
      const longer = grown.get(of) ?? grownCatalogue(of)
      grown.set(of, longer)
      return code.replace(catalogue, await longer)
    },
  }))
}
