/** The catalogues with every word two fifths longer, as another language might have them. For tests; no citizen gets them. */
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'

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

/** Makes every catalogue of a build longer. */
export const longerCatalogues = (): Plugin => ({
  name: 'longer-catalogues',
  enforce: 'post',
  transform: {
    filter: { id: /\.po$/ },
    handler(code) {
      const literal = /JSON\.parse\((".*")\)/s.exec(code)?.[1]
      if (literal === undefined) throw new Error('catalogues are compiled in another way than before')
      const messages = JSON.parse(JSON.parse(literal) as string) as Record<string, CompiledMessage>
      return { code: `export const messages = ${JSON.stringify(longerMessages(messages))}`, map: null }
    },
  },
})

/** A whole catalogue with its words longer. */
export const longerMessages = (messages: Readonly<Record<string, CompiledMessage>>): Record<string, CompiledMessage> =>
  Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, longerMessage(message)]))
