/** The soak in its shortest form: forty people at one page, and nothing of them is held. */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')

type Held = { readonly heapKb: number; readonly nodes: number; readonly listeners: number; readonly documents: number }
type Report = {
  readonly bench: string
  readonly isPassed: boolean
  readonly calls: number
  readonly faults: readonly string[]
  readonly growthPer1000: Held
  readonly samples: readonly (Held & { readonly calls: number })[]
}

/** A screen of the kiosk has some hundred nodes: one that stays behind with each call would show at once. */
const NODES_PER_1000_MAX = 5_000
/** In its first minute a page still compiles and caches, some kilobytes with each call. */
const HEAP_KB_PER_1000_MAX = 10_000

function bench(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'loadtest/bench.ts'), ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

t.test('forty calls in one page leave nothing behind', async (t) => {
  const { code, stdout, stderr } = await bench(['soak', '--calls', '40'])
  t.match(stdout, /^\{.*\}\n$/, stderr)
  const report = JSON.parse(stdout) as Report
  t.match(report, { bench: 'soak', calls: 40, faults: [] })
  t.equal(code === 0, report.isPassed, 'the exit code is the verdict')
  t.equal(report.samples.at(-1)?.calls, 40)
  const { nodes, documents, heapKb } = report.growthPer1000
  t.ok(nodes < NODES_PER_1000_MAX, `${nodes} nodes for 1,000 calls`)
  t.ok(documents < 1, `${documents} documents for 1,000 calls`)
  t.ok(heapKb < HEAP_KB_PER_1000_MAX, `${heapKb} KB for 1,000 calls`)
})

t.test('what it cannot do is said in a sentence', async (t) => {
  t.match(await bench(['soak', '--calls', '3']), { code: 1, stdout: '', stderr: 'Say --calls from 40 to 20000.' })
  t.match(await bench(['kiosk', '--presses', '0']), { code: 1, stdout: '', stderr: 'Say --presses from 1 to 500.' })
})
