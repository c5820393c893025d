/** Percentiles of what was measured, by the nearest rank: a value that really occurred. */

export type Summary = { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }

/** The percentiles of at least one value, rounded to a tenth. */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
    return Math.round(value * 10) / 10
  }
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
