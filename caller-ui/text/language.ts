/** The language of the screen: the site's own, until the person in front of it chooses, and again after they left. */
import { setupI18n, type Messages } from '@lingui/core'
import { signal } from '@preact/signals'
import { LANGUAGES, labelIn, type Labels, type Language } from '#server/contract/ids.ts'
import { localesOf } from '../model/locales.ts'
import { messages as danish } from './da.po'

const i18n = setupI18n({ locale: 'da', messages: { da: danish } })

/** Danish is in the page itself; the others come when they are wanted, or before, while nobody is there. */
const catalogues = {
  en: () => import('./en.po'),
  ar: () => import('./ar.po'),
  tr: () => import('./tr.po'),
  pl: () => import('./pl.po'),
  uk: () => import('./uk.po'),
  ur: () => import('./urdu.ts'),
  so: () => import('./so.po'),
  fa: () => import('./fa.po'),
  ro: () => import('./ro.po'),
} as const satisfies Record<Exclude<Language, 'da'>, () => Promise<{ readonly messages: Messages }>>

/** The language that is drawn now. Reading it in a component draws the component again when it changes. */
export const language = signal<Language>('da')

export { endonymOf, endonyms } from './endonyms.ts'

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(['ar', 'ur', 'fa'])

/** Which way a language is written. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr')

let wanted: Language = 'da'
const loaded = new Set<Language>()

/**
 * Draws everything in `chosen` from now on. Where its words cannot be fetched the screen stays as it was: some language
 * is better than none.
 */
export async function speak(chosen: Language): Promise<void> {
  wanted = chosen
  if (!(await hasWords(chosen)) || wanted !== chosen) return
  i18n.activate(chosen, localesOf(chosen))
  document.documentElement.lang = chosen
  document.documentElement.dir = directionOf(chosen)
  language.value = chosen
}

/** Fetches the words of every language, so that a screen whose network is gone still speaks all of them. */
export async function fetchLanguages(): Promise<void> {
  for (const each of LANGUAGES) await hasWords(each)
}

async function hasWords(of: Language): Promise<boolean> {
  if (of === 'da' || loaded.has(of)) return true
  try {
    const { messages } = await catalogues[of]()
    i18n.load(of, messages)
    loaded.add(of)
    return true
  } catch {
    return false
  }
}

/** The words for `id` in the language of the screen; `values` fill its placeholders. */
export function t(id: string, values?: Readonly<Record<string, string | number>>): string {
  // Read, so that whoever draws these words is drawn again in the next language.
  void language.value
  return i18n._(id, values === undefined ? undefined : { ...values })
}

/** All words of the language of the screen, as they were compiled, by their ids. */
export const wordsNow = (): Messages => (void language.value, i18n.messages)

/** What the city calls something, in the language of the screen. */
export const label = (labels: Labels): string => labelIn(labels, language.value)
