/** The page's own language: remembered on this computer, switched without loading the page again. */
import { setupI18n } from '@lingui/core'
import { effect, signal } from '@preact/signals'
import type { Labels } from '#server/contract/ids.ts'
import { messages as danish } from './da.po'

/** The languages of the staff's own pages. Calls are held in more of them. */
export type StaffLanguage = 'da' | 'en'

const REMEMBERED_AS = 'skranke.language'

const i18n = setupI18n({ locale: 'da', messages: { da: danish } })

/** The language the screen is in now. Reading it in a component draws the component again when it changes. */
export const language = signal<StaffLanguage>(await bring(recall()))

effect(() => {
  i18n.activate(language.value)
  document.documentElement.lang = language.value
})

/**
 * Fetches the words of a language: a quarter of what a page weighs, which most people never read. Resolves with the language, or with
 * Danish, which every page has, where the words cannot be had.
 */
async function bring(wanted: StaffLanguage): Promise<StaffLanguage> {
  if (wanted === 'da') return wanted
  try {
    const { messages } = await import('./en.po')
    i18n.load('en', messages)
    return wanted
  } catch {
    return 'da'
  }
}

/** Switches the screen's language and remembers it. Without a connection a language that was never read here stays away. */
export async function speak(chosen: StaffLanguage): Promise<void> {
  if ((await bring(chosen)) !== chosen) return
  language.value = chosen
  try {
    localStorage.setItem(REMEMBERED_AS, chosen)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}

/** The words for `id` in the language of the screen; `values` fill its placeholders. */
export function t(id: string, values?: Record<string, string | number>): string {
  void language.value
  return i18n._(id, values)
}

/** The name of something in the language of the screen. */
export function label(labels: Labels): string {
  return labels[language.value]
}

/** The BCP 47 tag to format numbers and times with. */
export function formatTag(): string {
  return language.value === 'da' ? 'da-DK' : 'en-GB'
}

function recall(): StaffLanguage {
  try {
    const remembered = localStorage.getItem(REMEMBERED_AS)
    return remembered === 'en' ? 'en' : 'da'
  } catch {
    return 'da'
  }
}
