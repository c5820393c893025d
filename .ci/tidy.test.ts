import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

/** What no compiler and no linter looks at: the tree as a whole. */
const root = resolve(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sources = files.filter((file) => /\.(ts|tsx|mjs|css)$/.test(file))

t.test('files are at most 400 lines, and no path says utils, helpers, common, misc or manager', async (t) => {
  t.same(
    sources.filter((file) => !/\.test\.ts$/.test(file) && read(file).split('\n').length > 401),
    [],
  )
  t.same(
    files.filter((file) => /(^|[/-])(utils?|helpers?|common|misc|manager)([./-]|$)/.test(file)),
    [],
  )
})

t.test('no mark of unfinished work, no skipped test, no path of one machine, no registry address', async (t) => {
  // In comments and in what is thrown: elsewhere such a word may be data, as in tap's own lines.
  const marks = /(?:\/\/|^\s*\/?\*).*\b(?:TODO|FIXME)\b|Error\(.not implemented/m
  t.same(
    sources.filter((file) => marks.test(read(file))),
    [],
  )
  t.same(
    sources.filter((file) => file.endsWith('.test.ts') && /\b(t|test)\.(skip|todo|only)\(/.test(read(file))),
    [],
  )
  t.notMatch(read('package-lock.json'), /"resolved"/)
})

t.test('settings are read where a process begins, and nowhere behind it', async (t) => {
  const doors =
    /(^|\/)(main|run|find-database|vite\.config)\.ts$|^server\/launch\/|^loadtest\/|\/test\/|\.test\.ts$|\.mjs$/
  t.same(
    sources.filter((file) => !doors.test(file) && read(file).includes('process.env')),
    [],
  )
})

t.test('every rule of the engine is cited by a test, and the core is pure', async (t) => {
  const tests = files.filter((file) => file.startsWith('server/routing/') && file.endsWith('.test.ts'))
  const cited = tests.map(read).join('\n')
  const rules = [...read('server/routing/SPEC.md').matchAll(/^- \*\*(\[R\d+\])\*\*/gm)].map(([, rule]) => rule ?? '')
  t.ok(rules.length >= 18)
  t.same(
    rules.filter((rule) => !cited.includes(rule)),
    [],
  )
  const core = files.filter((file) => /^server\/routing\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
  t.same(
    core.filter((file) => /Math\.random|Date\.now|new Date|\basync\b|\bawait\b/.test(read(file))),
    [],
  )
  t.same(
    core.filter((file) => /from '(?!\.)/.test(read(file))),
    [],
  )
})

t.test('migrations are numbered without a gap', async (t) => {
  const numbers = files.flatMap((file) => /^migrations\/(\d{4})_\w+\.ts$/.exec(file)?.[1] ?? []).map(Number)
  t.same(
    numbers,
    numbers.map((_number, i) => i + 1),
  )
})
