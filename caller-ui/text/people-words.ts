/** Who is in the call and who is looked for, in the language of the screen. */
import type { Joining, OtherInCall } from '#server/contract/views.ts'
import { LANGUAGES, type Language } from '#server/contract/ids.ts'
import { localesOf } from '../model/locales.ts'
import { endonymOf, label, language, t } from './language.ts'

/** Each with what they are there for: «Yusuf, tolk». */
export function roleWords({ firstName: name, role }: Pick<OtherInCall, 'firstName' | 'role'>): string {
  switch (role) {
    case 'interpreter':
      return t('people.interpreter', { name })
    case 'specialist':
      return t('people.specialist', { name })
    case 'staff':
      return t('people.staff', { name })
  }
}

/** A language by its name in the language of the screen; where the browser knows none, as its speakers call it. */
function languageWords(tag: string): string {
  const known = new Intl.DisplayNames(localesOf(language.value), { type: 'language', fallback: 'none' }).of(tag)
  return known ?? (LANGUAGES.some((each) => each === tag) ? endonymOf(tag as Language) : tag)
}

const joiningIds = {
  language: 'joining.language',
  signing: 'joining.signing',
  skill: 'joining.skill',
  somebody: 'joining.somebody',
} as const
const transferIds = {
  language: 'transfer.language',
  signing: 'transfer.signing',
  skill: 'transfer.skill',
  somebody: 'transfer.somebody',
} as const

/** Who is looked for beside `name`, or to take over from them. */
export function soughtWords({ kind, attribute, labels, isTransfer }: Joining, name: string): string {
  const ids = isTransfer ? transferIds : joiningIds
  if (kind === 'language' && attribute !== null) return t(ids.language, { name, language: languageWords(attribute) })
  if (kind === 'signing') return t(ids.signing, { name })
  return labels === null ? t(ids.somebody, { name }) : t(ids.skill, { name, what: label(labels) })
}

/** Several names as one would say them. */
export const listWords = (names: readonly string[]): string =>
  new Intl.ListFormat(localesOf(language.value), { type: 'conjunction' }).format(names)
