/** Articles as files: what is wrong is said with its line, and loading them is whole or not at all. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkArticles, loadArticles, showArticles } from '../launch/knowledge-command.ts'
import { seedDemoCity } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import { excerptOf } from './excerpt.ts'
import { textOfMarkdown } from './markdown-text.ts'

const FRONT = {
  title: 'Pas',
  service: 'citizen',
  language: 'da',
  validFrom: '2026-01-01',
  owner: 'amal',
  lastChecked: '2026-11-01',
}

const fileOf = (front: Readonly<Record<string, string>>, body = 'Et pas er et papir.') =>
  `---\n${Object.entries(front)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')}---\n\n${body}\n`

t.test('check says all that is wrong, with its line', async (t) => {
  const folder = t.testdir()
  const check = (files: Readonly<Record<string, string>>) => {
    const place = join(folder, `case-${(count += 1)}`)
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(place, file, '..'), { recursive: true })
      writeFileSync(join(place, file), text)
    }
    const { exitCode, out, faults } = checkArticles(place)
    return { exitCode, out, faults: faults.replaceAll(`${place}/`, '') }
  }
  let count = 0
  const { owner: _owner, ...ownerless } = FRONT
  t.same(check({ 'pas.md': fileOf(FRONT) }), { exitCode: 0, out: '1 articles are right.\n', faults: '' })
  const wrong: readonly [name: string, text: string, faults: RegExp][] = [
    ['pas.md', 'Et pas', /^pas\.md:1: must begin with what is to be known/],
    ['pas.md', fileOf(ownerless), /^pas\.md:\d: owner is missing\n$/],
    ['pas.md', fileOf({ ...FRONT, colour: 'red' }), /^pas\.md:8: colour: is not a setting here/],
    ['pas.md', fileOf({ ...FRONT, language: 'dansk' }), /^pas\.md:4: language: must be one of: da, en/],
    ['pas.md', fileOf({ ...FRONT, validFrom: '1.1.2026' }), /^pas\.md:5: validFrom: must be a date/],
    ['pas.md', fileOf({ ...FRONT, lastChecked: '2026-02-30' }), /^pas\.md:7: lastChecked: there is no 2026-02-30/],
    ['pas.md', fileOf({ ...FRONT, validUntil: '2025-12-31' }), /^pas\.md:8: validUntil: is before validFrom/],
    ['pas.md', fileOf({ ...FRONT, title: '[' }), /^pas\.md:\d: /],
    ['pas.md', fileOf(FRONT, ''), /^pas\.md:\d+: there is no text/],
    ['pas.md', fileOf(FRONT, 'x'.repeat(8_001)), /^pas\.md:9: the text is longer/],
    ['pas.md', fileOf(FRONT, 'Et\n\n- to <b>tre</b>'), /^pas\.md:12: HTML cannot be shown/],
    ['pas.md', fileOf(FRONT, '| a |\n|---|\n| b |'), /^pas\.md:10: a table cannot be shown/],
    ['Nyt pas.md', fileOf(FRONT), /^Nyt pas\.md:1: the name of the file/],
    ['readme.txt', 'no article', /there is no article/],
  ]
  for (const [name, text, faults] of wrong)
    t.match(check({ [name]: text }), { exitCode: 1, out: '', faults }, String(faults))
  t.match(check({ 'a/pas.md': fileOf(FRONT), 'b/pas.md': fileOf(FRONT) }), {
    exitCode: 1,
    faults: /^b\/pas\.md:1: another/,
  })
})

t.test('load changes what has changed, and nothing where anything is wrong', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  await seedDemoCity(db, 'a secret of a test')
  const folder = t.testdir()
  const load = async (files: Readonly<Record<string, string>>) => {
    const place = join(folder, `city-${(count += 1)}`)
    mkdirSync(place)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text)
    return await loadArticles(db, place)
  }
  let count = 0
  const first = await load({ 'pas.md': fileOf(FRONT), 'cpr.md': fileOf({ ...FRONT, title: 'CPR' }) })
  t.match(first, { exitCode: 0, out: /new: cpr\nnew: pas\n/ })
  t.match(first.out, /gone: fuldmagt/, 'the demo city’s are not among them')
  t.match(await load({ 'pas.md': fileOf({ ...FRONT, service: 'moon' }) }), { exitCode: 1, faults: /no service moon/ })
  t.match(await load({ 'pas.md': fileOf({ ...FRONT, matters: '[tides]' }) }), {
    exitCode: 1,
    faults: /no matter tides/,
  })
  const same = await load({ 'pas.md': fileOf(FRONT), 'cpr.md': fileOf({ ...FRONT, title: 'CPR' }) })
  t.same(same.out, 'Nothing has changed.\n2 articles are loaded.\n')
  t.match(await load({ 'pas.md': fileOf(FRONT, 'Nyt.') }), {
    exitCode: 0,
    out: 'changed: pas\ngone: cpr\n1 articles are loaded.\n',
  })
  t.match(await load({ 'pas.md': fileOf(FRONT, 'Nyt.'), 'cpr.md': fileOf(FRONT) }), { out: /^new: cpr\n/ })
  t.match(await showArticles(db), { out: /^cpr \(version 2, da, citizen\): Pas\n.*\npas \(version 2/m })
})

t.test('Markdown without its marks, and the sentence that answers', async (t) => {
  const { plain, headings } = textOfMarkdown(
    '# Et *pas*\n\nSe [borger.dk](https://www.borger.dk) & <b>læs</b>.\n\n- et\n- to\n  - tre\n\n> Citat\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  )
  t.same(headings, ['Et pas'])
  t.same(plain.split('\n').slice(0, 5), ['Et pas', 'Se borger.dk & <b>læs</b>.', 'et', 'to', 'tre'])
  const text = 'Om noget andet. Et pas koster penge, og passet hentes. Slut.'
  t.same(excerptOf(text, new Set(['pas', 'passet'])), [
    { text: 'Et ', isMarked: false },
    { text: 'pas', isMarked: true },
    { text: ' koster penge, og ', isMarked: false },
    { text: 'passet', isMarked: true },
    { text: ' hentes.', isMarked: false },
  ])
  const long = `${'ord '.repeat(200)}pas ${'ord '.repeat(200)}`
  const cut = excerptOf(long, new Set(['pas']))
  t.ok(cut.some(({ isMarked }) => isMarked))
  t.ok(cut.map((piece) => piece.text).join('').length < 200)
})
