import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { TestSystem } from './harness.ts'

t.test('the smoke scenario: one virtual caller is answered by one virtual agent', async (t) => {
  const system = await TestSystem.start(t)
  const folder = mkdtempSync(join(tmpdir(), 'skranke-smoke-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'access.json')
  writeFileSync(file, JSON.stringify({ url: system.url, ...system.access }))
  const run = join(resolve(import.meta.dirname, '../..'), 'loadtest/run.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [run, 'smoke', '--access', file])
  t.match(JSON.parse(stdout), { scenario: 'smoke', isPassed: true, outcome: 'answered', takenCount: 1 })
})
