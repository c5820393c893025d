/**
 * `npm run loadtest -- SCENARIO [--seed N] [--calls N] [--access FILE]`: drives the running system and prints one line of JSON.
 * The exit code is the verdict.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readAccess, type Access } from './access.ts'
import { demo } from './scenarios/demo.ts'
import { firstFrame } from './scenarios/first-frame.ts'
import { smoke } from './scenarios/smoke.ts'

export type Report = { readonly isPassed: boolean; readonly figures: Readonly<Record<string, unknown>> }

type Options = { readonly seed: number; readonly calls: number }

const scenarios: Readonly<Record<string, (access: Access, options: Options) => Promise<Report>>> = {
  smoke: (access) => smoke(access),
  'first-frame': (access, options) => firstFrame(access, options),
  demo: (access, { seed }) => demo(access, seed),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    calls: { type: 'string', default: '20' },
    access: { type: 'string', default: join(resolve(import.meta.dirname, '..'), '.skranke/access.json') },
  },
})

try {
  const name = positionals[0] ?? ''
  const scenario = scenarios[name]
  if (scenario === undefined) throw new Error(`Say one of: ${Object.keys(scenarios).join(', ')}.`)
  const { isPassed, figures } = await scenario(readAccess(values.access), {
    seed: Number(values.seed),
    calls: Number(values.calls),
  })
  process.stdout.write(`${JSON.stringify({ scenario: name, isPassed, ...figures })}\n`)
  process.exit(isPassed ? 0 : 1)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
