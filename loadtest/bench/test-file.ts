/** One test file, run by itself in a copy of the tree, for as long as it takes to see what was asked. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { TapCounts } from '#server/launch/tap-counts.ts'

/** How long a test file may take, in s. Longer, and one that waits in vain for what a mistake took away holds up all others. */
const TEST_S_MAX = 240
const WORDS_KEPT = 4_000

export type TestRun = {
  /** Whether it ended by itself, and well, and asserted something. */
  readonly isPassed: boolean
  /** What failed, from the test inwards. */
  readonly failures: readonly string[]
  /** The first failure within the test that was asked about. */
  readonly found: string | undefined
  readonly isTooLong: boolean
  readonly seconds: number
  /** What was printed last beside the results. */
  readonly words: string
}

/**
 * Runs `node file` in `folder`. With `isEnoughAt`, a piece of the name of a test, it is ended as soon as something fails in that test:
 * the rest would say no more.
 */
export async function runTestFile(
  folder: string,
  file: string,
  { env, isEnoughAt }: { readonly env: NodeJS.ProcessEnv; readonly isEnoughAt?: string },
): Promise<TestRun> {
  const startedAt = performance.now()
  const counts = new TapCounts()
  // A group of its own: with a test end the servers that it has started.
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: { ...env, TAP_TIMEOUT: String(TEST_S_MAX) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const end = (): void => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  let isTooLong = false
  const timer = setTimeout(() => {
    isTooLong = true
    end()
  }, TEST_S_MAX * 1_000)
  let words = ''
  child.stderr.on('data', (data: Buffer) => (words = (words + String(data)).slice(-WORDS_KEPT)))
  const exited = once(child, 'exit')
  // A server that it left behind would hold what is read here open.
  child.once('exit', end)
  const isMeant = (failure: string) => isEnoughAt !== undefined && failure.includes(isEnoughAt)
  // Before the folder goes in which it works.
  process.prependOnceListener('exit', end)
  for await (const line of createInterface({ input: child.stdout })) {
    counts.take(line)
    if (counts.failures.some(isMeant)) {
      end()
      break
    }
  }
  const [code] = (await exited) as [number | null]
  clearTimeout(timer)
  end()
  process.off('exit', end)
  const { failures, passed, failed } = counts
  return {
    isPassed: code === 0 && failed === 0 && passed > 0,
    failures,
    found: failures.find(isMeant),
    isTooLong,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    words,
  }
}
