/** A report out of sums: figures with their intervals, exact quantiles, and all rows together. */
import { AGENT_FIGURES, CALL_FIGURES, CALLBACK_FIGURES, figuresOf, type Figure } from './definitions.ts'
import { nearestRank, unpackWaits } from './quantiles.ts'
import { CALLBACK_SUMS, SUMS, type AgentSums, type CallbackSums, type Sums, type SumName } from './sums.ts'

export type Row = {
  readonly at: number | string | null
  readonly group: Readonly<Record<string, string>>
  readonly sums: Sums
  readonly waits: Buffer
}

/** Where the bars of the distribution of waits end, in seconds. */
const BUCKETS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200]

const flat = (figures: Readonly<Record<string, Figure>>) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, { value, of, interval }]) => {
      return [name, { value, of, low: interval?.low ?? null, high: interval?.high ?? null }]
    }),
  )

/** The rows with their figures, their total, and how the waits are spread. Between rows others may have their turn. */
export async function reportOf(rows: readonly Row[]) {
  const done = []
  for (const { at, group, sums, waits } of rows) {
    done.push(rowOf({ at, group, sums }, unpackWaits([waits])))
    if (waits.length > TURN_BYTES) await new Promise((next) => setImmediate(next))
  }
  const all = unpackWaits(rows.map(({ waits }) => waits))
  const waitDistribution = spread(all)
  await new Promise((next) => setImmediate(next))
  return { rows: done, total: rowOf({ at: null, group: {}, sums: addUp(rows) }, all), waitDistribution }
}

/** A row with more waits than this takes milliseconds. */
const TURN_BYTES = 200_000

function rowOf({ at, group, sums }: Omit<Row, 'waits'>, waits: Int32Array) {
  const quantiles = { medianMs: nearestRank(waits, 0.5), p90Ms: nearestRank(waits, 0.9), maxMs: sums.waitMsMax }
  return { at, group, sums, figures: flat(figuresOf(CALL_FIGURES, sums)), waits: quantiles }
}

function addUp(rows: readonly Row[]): Sums {
  const add = (name: SumName) =>
    rows.reduce((sum, { sums }) => (name === 'waitMsMax' ? Math.max(sum, sums[name]) : sum + sums[name]), 0)
  return Object.fromEntries(SUMS.map((name) => [name, add(name)])) as Sums
}

function spread(waits: Int32Array) {
  const ends = Float64Array.from([...BUCKETS_S.map((seconds) => seconds * 1_000), Infinity])
  const counts = new Float64Array(ends.length)
  // Of millions of waits: no call for each.
  for (let i = 0; i < waits.length; i += 1) {
    const wait = waits[i] ?? 0
    let bucket = 0
    while (wait > (ends[bucket] ?? Infinity)) bucket += 1
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  return [...counts].map((count, i) => ({ upToMs: i < BUCKETS_S.length ? (BUCKETS_S[i] ?? 0) * 1_000 : null, count }))
}

/** An agent's row with its figures. */
export function agentRowOf<R extends { readonly sums: AgentSums }>(row: R) {
  return { ...row, figures: flat(figuresOf(AGENT_FIGURES, row.sums)) }
}

export type CallbackRow = { readonly group: Readonly<Record<string, string>>; readonly sums: CallbackSums }

/** The rows of promised callbacks with their figures, and all together. */
export function callbackReportOf(rows: readonly CallbackRow[]) {
  const done = ({ group, sums }: CallbackRow) => ({ group, sums, figures: flat(figuresOf(CALLBACK_FIGURES, sums)) })
  const all = CALLBACK_SUMS.map((name) => [name, rows.reduce((sum, { sums }) => sum + sums[name], 0)])
  return { rows: rows.map(done), total: done({ group: {}, sums: Object.fromEntries(all) as CallbackSums }) }
}
