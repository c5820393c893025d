/** The words of the catalogues, so that a test can name a button in any language. */
import { readFileSync } from 'node:fs'
import { setupI18n } from '@lingui/core'
import { formatter } from '@lingui/format-po'
import { compileMessage, type CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Language } from '#server/contract/ids.ts'
import { localesOf } from '../../model/locales.ts'

export type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string

type Messages = Record<string, CompiledMessage>

/** The catalogue of `language` as it is written, by id. */
async function catalogueOf(language: Language): Promise<Readonly<Record<string, string>>> {
  const path = new URL(`../../text/${language}.po`, import.meta.url)
  const context = { locale: language, sourceLocale: 'da', filename: path.pathname }
  const parsed = await formatter({ explicitIdAsDefault: true }).parse(readFileSync(path, 'utf8'), context)
  return Object.fromEntries(Object.entries(parsed).map(([id, { translation }]) => [id, translation ?? '']))
}

/** Every text of a language, without what holds its values and plurals together. */
export const textsOf = async (language: Language): Promise<string[]> =>
  Object.values(await catalogueOf(language)).map((words) =>
    words.replaceAll(/\{[a-z]+, plural,|\b(?:zero|one|two|few|many|other) \{|=\d \{|\{[a-z]+\}|[{}]/g, ' '),
  )

/** What the page says for an id in `language`, after `changed`. Throws for an id that no catalogue has. */
export async function wordsOf(language: Language, changed = (messages: Messages) => messages): Promise<Say> {
  const compiled = Object.entries(await catalogueOf(language)).map(([id, words]) => [id, compileMessage(words)])
  const messages = changed(Object.fromEntries(compiled) as Messages)
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } })
  i18n.activate(language, localesOf(language))
  return (id, values) => {
    if (messages[id] === undefined) throw new Error(`${language}.po has no ${id}`)
    return i18n._(id, values === undefined ? undefined : { ...values })
  }
}
