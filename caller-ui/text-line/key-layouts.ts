/**
 * The keys of the keyboard on the screen. Where a library has a layout that people of that language know, it is taken,
 * without the keys of a computer that nobody needs here; the others are written here.
 */
import type { Language } from '#server/contract/ids.ts'

export const SHIFT = '{shift}'
export const SPACE = '{space}'
export const ERASE = '{bksp}'
export const ENTER = '{enter}'

/** Rows of keys, those of a row separated by spaces, as simple-keyboard has them. */
export type KeyLayout = { readonly default: string[]; readonly shift: string[] }
type LibraryLayout = { readonly default: { readonly layout: Readonly<Record<string, string[]>> } }

const LAST_ROW = `${SHIFT} ${SPACE} ${ERASE} ${ENTER}`
const DIGITS = '1 2 3 4 5 6 7 8 9 0'

/** A keyboard of Latin letters: `rows` in small letters, whose capitals are behind the shift key. */
function latin(...rows: string[]): KeyLayout {
  const signs = '! " # % & / ( ) = ;'
  return {
    default: [DIGITS, ...rows, LAST_ROW],
    shift: [signs, ...rows.map((row) => row.toUpperCase().replace(', .', '; :')), LAST_ROW],
  }
}

/** Keys that are for programs, or that no font has a sign for. */
const UNUSED = new Set([...'`~\\|{}[]<>^·¤', '\u02DB', '\u0303', '\u06D6', '\u0703', '\u05F4', '.com', '@'])

function isUsed(key: string): boolean {
  return key !== '' && !UNUSED.has(key) && !/^\{\w+\}$/.test(key)
}

/** A layout of the library, with the keys that are used. `instead`: letters that this language writes otherwise. */
function taken({ default: { layout } }: LibraryLayout, instead: Readonly<Record<string, string>> = {}): KeyLayout {
  const rowsOf = (name: string): string[] => [
    ...(layout[name] ?? []).slice(0, -1).map((row) =>
      row
        .split(' ')
        .filter(isUsed)
        .map((key) => instead[key] ?? key)
        .join(' '),
    ),
    LAST_ROW,
  ]
  return { default: rowsOf('default'), shift: rowsOf('shift') }
}

const layouts: Readonly<Record<Language, () => Promise<KeyLayout>>> = {
  da: async () => latin('q w e r t y u i o p å', 'a s d f g h j k l æ ø', 'z x c v b n m , . - ?'),
  en: async () => latin('q w e r t y u i o p', "a s d f g h j k l '", 'z x c v b n m , . - ?'),
  // The library's Polish one is the typist's, in which small letters stand where capitals are looked for.
  pl: async () => latin('ą ć ę ł ń ó ś ź ż', 'q w e r t y u i o p', 'a s d f g h j k l', 'z x c v b n m , . - ?'),
  ro: async () => latin('q w e r t y u i o p ă â', 'a s d f g h j k l î ș ț', 'z x c v b n m , . - ?'),
  so: async () => latin('q w e r t y u i o p', "a s d f g h j k l '", 'z x c v b n m , . - ?'),
  ar: async () => taken(await import('simple-keyboard-layouts/build/layouts/arabic.js')),
  // The comma of the library separates thousands.
  fa: async () => taken(await import('simple-keyboard-layouts/build/layouts/farsi.js'), { '\u066C': '،' }),
  tr: async () => taken(await import('simple-keyboard-layouts/build/layouts/turkish.js')),
  uk: async () => taken(await import('simple-keyboard-layouts/build/layouts/ukrainian.js')),
  // Urdu has a ye of its own; the library writes the Arabic one.
  ur: async () =>
    taken(await import('simple-keyboard-layouts/build/layouts/urduStandard.js'), {
      '\u0649': '\u06CC',
      '\u064A': '\u0626',
    }),
}

/** The keys for a language, fetched the first time. */
export async function layoutOf(language: Language): Promise<KeyLayout> {
  return await layouts[language]()
}
