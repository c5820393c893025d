/** Languages by the name their speakers give them, in the order in which they are shown. */
import type { Language } from '#server/contract/ids.ts'

export const endonyms: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'da', name: 'Dansk' },
  { language: 'en', name: 'English' },
  { language: 'ar', name: 'العربية' },
  { language: 'tr', name: 'Türkçe' },
  { language: 'pl', name: 'Polski' },
  { language: 'uk', name: 'Українська' },
  { language: 'ur', name: 'اردو' },
  { language: 'so', name: 'Soomaali' },
  { language: 'fa', name: 'فارسی' },
  { language: 'ro', name: 'Română' },
]

/** The name that its speakers give a language. */
export const endonymOf = (language: Language): string =>
  endonyms.find((endonym) => endonym.language === language)?.name ?? language
