/** The words of the catalogues, so that a test can name a button in any language. */
import type { Language } from '#server/contract/ids.ts'
import { readCatalogue, type Messages } from '../../text/read-catalogue.ts'

export type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string

/** Every text of a language, without what holds its values and plurals together. */
export const textsOf = async (language: Language): Promise<string[]> =>
  Object.values((await readCatalogue(language)).texts).map((words) =>
    words.replaceAll(/\{[a-z]+, plural,|\b(?:zero|one|two|few|many|other) \{|=\d \{|\{[a-z]+\}|[{}]/g, ' '),
  )

/** What the page says for an id in `language`, after `changed`. Throws for an id that no catalogue has. */
export async function wordsOf(language: Language, changed = (messages: Messages) => messages): Promise<Say> {
  const { messages, say } = await readCatalogue(language, changed)
  return (id, values) => {
    if (messages[id] === undefined) throw new Error(`${language}.po has no ${id}`)
    return say(id, values)
  }
}
