/**
 * `npm test`: one Postgres for all tests, then tap, then one line that says how it went. Arguments go to tap, so
 * `npm test -- server/routing/step.test.ts` runs one file.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { findWorker } from './find-worker.mjs'
import { startPostgres } from './postgres.ts'

const root = resolve(import.meta.dirname, '../..')
const dataDir = join(root, '.skranke', `test-${process.pid}`)

async function runTap(env: Record<string, string | undefined>, args: readonly string[]) {
  const tap = join(root, 'node_modules/.bin/tap')
  await once(spawn(tap, ['build'], { cwd: root, env, stdio: 'ignore' }), 'exit')
  const child = spawn(tap, ['--reporter=tap', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const counts = { passed: 0, failed: 0 }
  let isInFailure = false
  for await (const line of createInterface({ input: child.stdout })) {
    // Leaves only: a test file and a named test are counted by what they assert.
    const assertion = /^\s*(not )?ok \d+/.exec(line)
    if (assertion !== null && !/# time=/.test(line)) counts[assertion[1] === undefined ? 'passed' : 'failed'] += 1
    if (assertion !== null) isInFailure = assertion[1] !== undefined
    // Said in full where it failed, in a line where a file passed.
    if (isInFailure || /^(ok|not ok|Bail out)/.test(line) || /^\s*# Subtest: .*\.test\.ts/.test(line)) {
      process.stdout.write(`${line}\n`)
    }
  }
  const [code] = (await exited) as [number | null]
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

mkdirSync(dataDir, { recursive: true })
const password = randomBytes(16).toString('hex')
const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), password, isThrowaway: true })
let counts = { passed: 0, failed: 1 }
try {
  const env = {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    SKRANKE_TEST_DATABASE_URL: postgres.url,
    MEDIASOUP_WORKER_BIN: findWorker(root),
  }
  counts = await runTap(env, process.argv.slice(2))
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
process.exit(counts.failed === 0 ? 0 : 1)
