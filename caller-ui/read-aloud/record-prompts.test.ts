/** The script that records: three prompts where its tools are, a plain sentence where they are not. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { ownKey } from './prompts.ts'

const script = fileURLToPath(new URL('record-prompts.ts', import.meta.url))
const ask = (args: readonly string[], path = process.env['PATH'] ?? '') =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, PATH: path } })

const hasTools = ['espeak-ng', 'opusenc'].every((tool) => spawnSync(tool, ['--version']).error === undefined)

t.test('three prompts', { skip: hasTools ? false : 'espeak-ng and opusenc are not installed' }, async (t) => {
  const dir = t.testdir({})
  writeFileSync(join(dir, 'matters.txt'), 'Pas og kørekort\n\n')
  const own = ownKey('Pas og kørekort')
  const only = ['idle.title', 'waiting.position.3', own]
  const words = ['--words', join(dir, 'matters.txt')]
  const { status, stdout, stderr } = ask(['--language', 'da', '--out', dir, '--only', only.join(','), ...words])
  t.equal(status, 0, stderr)
  t.match(stdout, '3 prompts in da')
  const files = only.map((key) => `${key}.opus`).toSorted()
  t.same(readdirSync(join(dir, 'da')).toSorted(), files, 'and nothing half made')
  for (const file of files) t.equal(readFileSync(join(dir, 'da', file)).toString('latin1', 0, 4), 'OggS')
  t.same(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')), { da: files })
})

t.test('without its tools it says which are missing, and leaves nothing', async (t) => {
  const dir = t.testdir({})
  const { status, stderr } = ask(['--language', 'da', '--out', dir], '')
  t.equal(status, 1)
  t.match(stderr, 'espeak-ng is not installed here (Debian package espeak-ng).')
  t.match(stderr, 'opusenc is not installed here (Debian package opus-tools).')
  t.same(readdirSync(dir), [])
})

t.test('what it cannot be asked', async (t) => {
  for (const args of [
    [],
    ['--language', 'xx', '--out', '/nowhere'],
    ['--language', 'da'],
    ['--louder'],
    ['--language', 'da', '--out', '/nowhere', '--only', 'no.such'],
  ]) {
    const { status, stderr } = ask(args)
    t.equal(status, hasTools || !args.includes('--only') ? 2 : 1, args.join(' '))
    t.ok(stderr.trim().length > 0)
  }
})
