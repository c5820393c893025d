/** How the browser writes numbers, dates and plurals in each language. Pure. */
import type { Language } from '#server/contract/ids.ts'

/**
 * English of a city in Europe: the day before the month. Digits are the same in all, because the number on the screen is
 * also a large figure of its own, and days are those of the calendar on the wall. Browsers know no Somali.
 */
const LOCALES = {
  da: ['da-DK'],
  en: ['en-GB'],
  ar: ['ar-u-ca-gregory-nu-latn'],
  tr: ['tr-TR'],
  pl: ['pl-PL'],
  uk: ['uk-UA'],
  ur: ['ur-u-nu-latn'],
  so: ['so', 'en-GB'],
  fa: ['fa-u-ca-gregory-nu-latn'],
  ro: ['ro-RO'],
} as const satisfies Record<Language, readonly string[]>

/** What `Intl` is to be asked for, the best first. */
export const localesOf = (language: Language): string[] => [...LOCALES[language]]
