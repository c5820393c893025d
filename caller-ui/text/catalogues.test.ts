/** Every id that the code uses is in every catalogue, none is there for nothing, and the words are those of the language. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatter } from '@lingui/format-po'
import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage'
import t from 'tap'
import { LANGUAGES, type Language } from '#server/contract/ids.ts'
import { localesOf } from '../model/locales.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

type Entry = { readonly words: string; readonly isUnread: boolean }

async function catalogue(language: Language): Promise<Map<string, Entry>> {
  const path = join(folder, 'text', `${language}.po`)
  const context = { locale: language, sourceLocale: 'da', filename: path }
  const parsed = await formatter({ explicitIdAsDefault: true }).parse(readFileSync(path, 'utf8'), context)
  return new Map(
    Object.entries(parsed).map(([id, { translation, extra }]) => {
      const { flags = [] } = (extra ?? {}) as { flags?: string[] }
      return [id, { words: translation ?? '', isUnread: flags.includes('fuzzy') }]
    }),
  )
}

const catalogues = new Map<Language, Map<string, Entry>>()
for (const language of LANGUAGES) catalogues.set(language, await catalogue(language))
const danish = catalogues.get('da') ?? new Map<string, Entry>()

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$|^test\//.test(path))
  .map((path) => readFileSync(join(folder, path), 'utf8'))

/** The forms of a plural by category, or by `1` for exactly one. */
type Forms = Readonly<Record<string, CompiledMessage | number | undefined>>

/** A message taken apart: its values, its plurals, and what is written in it, a piece for each form. */
type Parts = { readonly values: Set<string>; readonly plurals: Forms[]; readonly texts: string[] }

function partsOf(message: CompiledMessage, parts: Parts = { values: new Set(), plurals: [], texts: [] }): Parts {
  for (const token of message) {
    if (typeof token === 'string') {
      if (token !== '#') parts.texts.push(token)
      continue
    }
    const [name, kind, forms] = token
    parts.values.add(name)
    if (kind === undefined || forms === null || typeof forms !== 'object') continue
    if (kind === 'plural') parts.plurals.push(forms as Forms)
    for (const form of Object.values(forms as Forms)) if (Array.isArray(form)) partsOf(form, parts)
  }
  return parts
}

/** Categories of a language's plural that `forms` does not say. One that is for a single number may be said by the number. */
function missingForms(forms: Forms, language: Language): string[] {
  const rules = new Intl.PluralRules(localesOf(language))
  const isSaid = (category: string) => {
    if (forms[category] !== undefined) return true
    const numbers = Array.from({ length: 200 }, (_, n) => n).filter((n) => rules.select(n) === category)
    return category !== 'other' && numbers.every((n) => forms[String(n)] !== undefined)
  }
  return rules.resolvedOptions().pluralCategories.filter((category) => !isSaid(category))
}

/** What each script may hold besides its own: letters of a ticket, and names that are the same everywhere. */
const NAMES = /\b(QR|MitID|Digital Post|CPR|[A-Z])\b/g
const LATIN = /\p{Script=Latin}/u
const SCRIPTS: Readonly<Record<Language, RegExp>> = {
  da: LATIN,
  en: LATIN,
  ar: /\p{Script_Extensions=Arabic}/u,
  tr: LATIN,
  pl: LATIN,
  uk: /\p{Script=Cyrillic}/u,
  ur: /\p{Script_Extensions=Arabic}/u,
  so: LATIN,
  fa: /\p{Script_Extensions=Arabic}/u,
  ro: LATIN,
}
/** Words that are spelled alike in Danish and in another language. */
const ALIKE = new Set(['Video', 'Kontrast', '{name}, specialist'])

/** Whether every mark that opens a direction is closed again: isolates and embeddings. */
function isBalanced(text: string): boolean {
  let open = 0
  for (const mark of text.match(/[\u202A-\u202E\u2066-\u2069]/g) ?? []) {
    open += mark === '\u2069' || mark === '\u202C' ? -1 : 1
    if (open < 0) return false
  }
  return open === 0
}

t.test('what is used is what there is', async (t) => {
  t.ok(danish.size > 50)
  const prefixes = new Set([...danish.keys()].map((id) => id.split('.')[0]))
  const used = new Set<string>()
  for (const source of sources) {
    for (const [, id, prefix] of source.matchAll(/'(([a-z-]+)\.[a-z-]+)'/g)) {
      if (id !== undefined && prefixes.has(prefix)) used.add(id)
    }
  }
  t.same([...used].sort(), [...danish.keys()].sort())
})

/** What is wrong with one message of `language`, against the Danish one of that id. */
function faultsOf(words: string, language: Language, ofDanish: string): string[] {
  if (words.trim() === '') return ['has no words']
  const { values, plurals, texts } = partsOf(compileMessageOrThrow(words))
  const wanted = [...partsOf(compileMessageOrThrow(ofDanish)).values].sort().join()
  const written = texts.join(' ').replaceAll(NAMES, '')
  const strays = (written.match(/\p{L}/gu) ?? []).filter((letter) => !SCRIPTS[language].test(letter))
  const missing = plurals.flatMap((forms) => missingForms(forms, language))
  const isForeign = language !== 'da'
  const rules: readonly (readonly [isBroken: boolean, fault: string])[] = [
    [[...values].sort().join() !== wanted, `takes ${[...values].join()}, not ${wanted}`],
    [missing.length > 0, `has no form for ${missing.join()}`],
    [strays.length > 0, `has letters of another script: ${strays.join('')}`],
    [/[^\P{Nd}0-9]/u.test(written), 'has other digits than all the others'],
    [!isBalanced(words), 'does not close a direction that it opens'],
    [isForeign && /[æøå]/i.test(words), 'has Danish letters'],
    [isForeign && words === ofDanish && !ALIKE.has(ofDanish), 'is Danish'],
  ]
  return rules.flatMap(([isBroken, fault]) => (isBroken ? [fault] : []))
}

for (const language of LANGUAGES) {
  t.test(`the words in ${language}`, async (t) => {
    const entries = catalogues.get(language) ?? new Map<string, Entry>()
    t.same([...entries.keys()], [...danish.keys()], 'the ids of the Danish, in their order')
    for (const [id, { words }] of entries) {
      const faults = faultsOf(words, language, danish.get(id)?.words ?? '')
      if (faults.length > 0) t.fail(`${id} ${faults.join(', ')}`)
    }
  })
}

t.test('a fault is seen', async (t) => {
  const danish = '{n, plural, =1 {# gang} other {# gange}}, {name}'
  t.same(faultsOf('', 'pl', danish), ['has no words'])
  t.same(faultsOf('{n, plural, one {# raz} many {# razy} other {# razu}}, {name}', 'pl', danish), [
    'has no form for few',
  ])
  t.same(faultsOf('{n, plural, =1 {раз} other {разів}}, {name}', 'uk', danish), ['has no form for one,few,many'])
  t.same(faultsOf('{n} times', 'en', danish), ['takes n, not n,name'])
  t.same(faultsOf('Læg på', 'tr', 'Læg på'), ['has Danish letters', 'is Danish'])
  t.same(faultsOf('مرحبا hello', 'ar', 'Hej'), ['has letters of another script: hello'])
  t.same(faultsOf('۱۱۲', 'fa', '112'), ['has other digits than all the others'])
  t.same(faultsOf('\u2068Ali', 'en', 'Hej'), ['does not close a direction that it opens'])
  t.throws(() => faultsOf('{n, plural', 'en', danish))
})

t.test('what no native speaker has read yet is marked in its file, and counted here', async (t) => {
  for (const [language, entries] of catalogues) {
    const unread = [...entries].filter(([, { isUnread }]) => isUnread).length
    t.comment(`${language}: ${unread} of ${entries.size} texts are unread`)
    t.ok(unread === 0 || language !== 'da', 'the Danish is what all others are held against')
  }
})
