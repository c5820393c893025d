/** The bench of offers in its smallest form: it measures something, and says it as one JSON object. */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')
const SMALL = ['--agents', '5', '--waiting', '5', '--rate', '5', '--seconds', '2', '--rates', '5,10']

type Stage = {
  readonly counts: { readonly calls: number; readonly offers: number }
  readonly errors: Readonly<Record<string, number>>
  readonly journal: { readonly transactions: number; readonly commitMs: { readonly p50: number; readonly p99: number } }
  readonly processorSeconds: Readonly<Record<string, number>>
}
type Report = {
  readonly bench: string
  readonly isPassed: boolean
  readonly lines: Stage & {
    readonly readyToOfferMs: Readonly<Record<string, number>>
    readonly waitingCountMin: number
  }
  readonly idle: Stage & { readonly startToOfferMs: Readonly<Record<string, number>> }
  readonly rates: { readonly steps: readonly (Stage & { readonly rate: number })[] }
}

function bench(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'loadtest/bench.ts'), ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

t.test('a small bench of offers reports what happened', async (t) => {
  const { code, stdout, stderr } = await bench(['offers', ...SMALL])
  t.match(stdout, /^\{.*\}\n$/, stderr)
  const report = JSON.parse(stdout) as Report
  t.equal(report.bench, 'offers')
  // How quick it was is for the bench to judge on a quiet machine, not for a test.
  t.equal(code === 0, report.isPassed, 'the exit code is the verdict')
  const { lines, idle, rates } = report
  for (const stage of [lines, idle, ...rates.steps]) {
    t.same(stage.errors, {})
    t.ok(stage.counts.calls > 0 && stage.counts.offers > 0, 'calls were made and offered')
    t.ok(stage.journal.transactions > stage.counts.calls, 'each call was kept, and more than its arrival')
    t.ok(stage.journal.commitMs.p50 > 0 && stage.journal.commitMs.p50 <= stage.journal.commitMs.p99)
    t.ok((stage.processorSeconds['server'] ?? 0) > 0 && (stage.processorSeconds['postgres'] ?? -1) >= 0)
  }
  t.ok((lines.readyToOfferMs['p50'] ?? 0) > 0)
  t.ok((idle.startToOfferMs['p50'] ?? 0) > 0)
  t.ok(lines.waitingCountMin > 0, 'the line was never empty')
  t.equal(rates.steps[0]?.rate, 5)
})

t.test('what it cannot do is said in a sentence', async (t) => {
  t.match(await bench(['nothing']), { code: 1, stdout: '', stderr: /^Say one of: .*offers/ })
  t.match(await bench(['offers', '--agents', '0']), { code: 1, stdout: '', stderr: 'Say --agents from 1 to 1000.' })
})
