/** A catalogue from its file, for tests and for scripts: the page itself gets its words compiled by the build. */
import { readFileSync } from 'node:fs'
import { setupI18n } from '@lingui/core'
import { formatter } from '@lingui/format-po'
import { compileMessage, type CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Language } from '#server/contract/ids.ts'
import { localesOf } from '../model/locales.ts'

/** Compiled, by their ids. */
export type Messages = Record<string, CompiledMessage>

export type Catalogue = {
  /** As they are written, by their ids. */
  readonly texts: Readonly<Record<string, string>>
  readonly messages: Messages
  /** The words of an id that is in it, with its values filled in. */
  say(id: string, values?: Readonly<Record<string, string | number>>): string
}

/** The catalogue of `language` as the page would say it, after `changed`. Rejects where there is no file. */
export async function readCatalogue(
  language: Language,
  changed = (messages: Messages) => messages,
): Promise<Catalogue> {
  const path = new URL(`${language}.po`, import.meta.url)
  const context = { locale: language, sourceLocale: 'da', filename: path.pathname }
  const parsed = await formatter({ explicitIdAsDefault: true }).parse(readFileSync(path, 'utf8'), context)
  const texts = Object.fromEntries(Object.entries(parsed).map(([id, { translation }]) => [id, translation ?? '']))
  const compiled = Object.entries(texts).map(([id, words]) => [id, compileMessage(words)])
  const messages = changed(Object.fromEntries(compiled) as Messages)
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } })
  i18n.activate(language, localesOf(language))
  return { texts, messages, say: (id, values) => i18n._(id, values === undefined ? undefined : { ...values }) }
}
