/** The language of the screen: the site's own, until the person in front of it chooses, and again after they left. */
import { setupI18n } from '@lingui/core'
import { effect, signal } from '@preact/signals'
import type { Language } from '#server/contract/ids.ts'
import { messages as danish } from './da.po'
import { messages as english } from './en.po'

const i18n = setupI18n({ locale: 'da', messages: { da: danish, en: english } })

/** Reading it in a component draws the component again when it changes. */
export const language = signal<Language>('da')

effect(() => {
  i18n.activate(language.value)
  document.documentElement.lang = language.value
})

/** Languages by the name their speakers give them, in the order in which they are shown. */
export const endonyms: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'da', name: 'Dansk' },
  { language: 'en', name: 'English' },
]

/** The words for `id` in the language of the screen; `values` fill its placeholders. */
export function t(id: string, values?: Readonly<Record<string, string | number>>): string {
  // Read, so that whoever draws these words is drawn again in the next language.
  void language.value
  return i18n._(id, values === undefined ? undefined : { ...values })
}
