import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { PLANTED_BUGS } from '#server/routing/test/planted-bugs/bugs.ts'
import { HUNT_SEEDS_MAX, huntAll, withBug } from '../simulation/planted-bugs.ts'

t.test('the simulation finds every planted bug: where it does not, its checks are too weak', async (t) => {
  t.ok(PLANTED_BUGS.length >= 14)
  const hunts = await huntAll(Math.min(2, availableParallelism()))
  for (const { id, foundAtSeed, message } of hunts) {
    t.ok(foundAtSeed !== undefined && foundAtSeed <= HUNT_SEEDS_MAX, `${id} (${message})`)
  }
})

t.test('a planted bug whose line is gone, or is there twice, is a mistake of the list', async (t) => {
  const bug = { id: 'x', file: 'x.ts', before: 'line', after: 'none' }
  t.equal(withBug('one line here', bug), 'one none here')
  t.equal(withBug('line, then below, then line', { ...bug, below: 'below' }), 'line, then below, then none')
  t.throws(() => withBug('nothing here', bug), /just once/)
  t.throws(() => withBug('line and line', bug), /just once/)
  t.throws(() => withBug('line', { ...bug, below: 'gone' }), /just once/)
})

t.test('`npm run simulate` counts what it ran in one line of JSON, and fails on nonsense', async (t) => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, '../simulate.ts'), ...args])
  const { stdout } = await run('--seeds', '6', '--first-seed', '50', '--steps', '60', '--threads', '2')
  const figures = JSON.parse(stdout) as Record<string, number>
  t.equal(figures['violations'], 0)
  t.ok((figures['seeds'] ?? 0) >= 6 && (figures['calls'] ?? 0) > 20 && (figures['offers'] ?? 0) > 0, stdout)
  await t.rejects(run('--seeds', 'many'), { code: 1, stderr: /whole number/ })
})
