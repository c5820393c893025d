/** Every id that the code uses is in every catalogue, none is there for nothing, and the words take the same values. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatter } from '@lingui/format-po'
import t from 'tap'

const folder = fileURLToPath(new URL('..', import.meta.url))

async function catalogue(language: string): Promise<Map<string, string>> {
  const path = join(folder, 'text', `${language}.po`)
  const context = { locale: language, sourceLocale: 'da', filename: path }
  const parsed = await formatter({ explicitIdAsDefault: true }).parse(readFileSync(path, 'utf8'), context)
  return new Map(Object.entries(parsed).map(([id, { translation }]) => [id, translation ?? '']))
}

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$|^test\//.test(path))
  .map((path) => readFileSync(join(folder, path), 'utf8'))

/** Names of values in a message, such as `position`. */
function valuesOf(message: string): string[] {
  return [...new Set([...message.matchAll(/\{([a-z]+)[,}]/g)].map(([, name]) => name ?? ''))].sort()
}

t.test('catalogues', async (t) => {
  const danish = await catalogue('da')
  const english = await catalogue('en')
  t.ok(danish.size > 50)
  t.same([...english.keys()].sort(), [...danish.keys()].sort(), 'the same ids in both')

  const prefixes = new Set([...danish.keys()].map((id) => id.split('.')[0]))
  const used = new Set<string>()
  for (const source of sources) {
    for (const [, id, prefix] of source.matchAll(/'(([a-z-]+)\.[a-z-]+)'/g)) {
      if (id !== undefined && prefixes.has(prefix)) used.add(id)
    }
  }
  t.same([...used].sort(), [...danish.keys()].sort(), 'what is used is what there is')

  for (const [id, words] of danish) {
    t.ok(words.length > 0, `${id} has Danish words`)
    t.ok(english.get(id), `${id} has English words`)
    t.same(valuesOf(english.get(id) ?? ''), valuesOf(words), `${id} takes the same values`)
  }
})
