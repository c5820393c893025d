import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { callerRequests } from '#server/contract/caller-socket.ts'
import { supervisorRequests } from '#server/contract/supervisor-socket.ts'

const agentUi = fileURLToPath(new URL('..', import.meta.url))
const LANGUAGES = ['da', 'en'] as const

/** The catalogue of a language: id → words. */
function catalogue(language: string): Map<string, string> {
  const source = readFileSync(join(agentUi, `text/${language}.po`), 'utf8')
  const entries = [...source.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)]
  return new Map(entries.map(([, id, words]) => [id ?? '', words ?? '']))
}

/** Every quoted word with a dot in the pages' code, and those handed to `t` by name. */
function literals(): { all: Set<string>; asked: Set<string> } {
  const all = new Set<string>()
  const asked = new Set<string>()
  for (const entry of readdirSync(agentUi, { recursive: true, withFileTypes: true })) {
    const isCode = entry.isFile() && /\.tsx?$/.test(entry.name) && entry.name !== 'vite.config.ts'
    if (!isCode || /\/test$/.test(entry.parentPath)) continue
    const source = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [, id] of source.matchAll(/'([a-zA-Z]+\.[a-zA-Z0-9]+)'/g)) all.add(id ?? '')
    for (const [, id] of source.matchAll(/\bt\('([^']+)'/g)) asked.add(id ?? '')
  }
  return { all, asked }
}

const placeholders = (words: string): string[] =>
  [...words.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? '').sort()

t.test('every catalogue has the same ids, all with words, and the same placeholders', async (t) => {
  const danish = catalogue('da')
  const english = catalogue('en')
  t.ok(danish.size > 200)
  t.same([...english.keys()].sort(), [...danish.keys()].sort())
  for (const [id, words] of danish) {
    t.not(words, '', `${id} has Danish words`)
    t.not(english.get(id), '', `${id} has English words`)
    t.same(placeholders(english.get(id) ?? ''), placeholders(words), `${id} has the same placeholders`)
  }
})

t.test('every id in the code is in the catalogues, and none is unused', async (t) => {
  const { all, asked } = literals()
  for (const language of LANGUAGES) {
    const ids = new Set(catalogue(language).keys())
    const roots = new Set([...ids].map((id) => id.split('.')[0]))
    // Requests are named as texts are.
    const requests = { ...callerRequests, ...supervisorRequests }
    const used = [...all].filter((id) => roots.has(id.split('.')[0]) && !Object.hasOwn(requests, id))
    t.same(
      [...asked].filter((id) => !ids.has(id)),
      [],
      `asked for and not in ${language}.po`,
    )
    t.same(
      used.filter((id) => !ids.has(id)),
      [],
      `named and not in ${language}.po`,
    )
    t.same(
      [...ids].filter((id) => !all.has(id)),
      [],
      `in ${language}.po and not used`,
    )
  }
})
