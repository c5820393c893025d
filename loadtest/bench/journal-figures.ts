/** How the server's journal did between two scrapes of its `/metrics`. */

/** Counts of a histogram up to and including each upper edge. */
type Cumulative = { readonly edges: readonly number[]; readonly counts: readonly number[]; readonly sum: number }

export type JournalCounts = { readonly commitSeconds: Cumulative; readonly batchEntries: Cumulative }

export type JournalFigures = {
  readonly transactions: number
  readonly entries: number
  readonly entriesPerTransaction: number
  /** Read from the histogram, whose edges lie a third apart. */
  readonly commitMs: { readonly p50: number; readonly p99: number; readonly maxAtMost: number }
}

/** Reads the journal's histograms out of Prometheus' text. */
export function readJournalCounts(text: string): JournalCounts {
  return {
    commitSeconds: readHistogram(text, 'skranke_journal_commit_seconds'),
    batchEntries: readHistogram(text, 'skranke_journal_batch_entries'),
  }
}

function readHistogram(text: string, name: string): Cumulative {
  const edges: number[] = []
  const counts: number[] = []
  for (const [, edge, count] of text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\S+)$`, 'gm'))) {
    edges.push(edge === '+Inf' ? Number.POSITIVE_INFINITY : Number(edge))
    counts.push(Number(count))
  }
  if (edges.length === 0) throw new Error(`the server's metrics hold no ${name}`)
  const sum = new RegExp(`^${name}_sum (\\S+)$`, 'm').exec(text)?.[1]
  return { edges, counts, sum: Number(sum) }
}

/** What happened between the two. */
export function journalBetween(before: JournalCounts, after: JournalCounts): JournalFigures {
  const { edges } = after.commitSeconds
  const counts = after.commitSeconds.counts.map((count, i) => count - (before.commitSeconds.counts[i] ?? 0))
  const transactions = counts.at(-1) ?? 0
  const entries = after.batchEntries.sum - before.batchEntries.sum
  const at = (share: number) => rounded(1_000 * quantile(edges, counts, share))
  return {
    transactions,
    entries,
    entriesPerTransaction: rounded(entries / Math.max(transactions, 1)),
    commitMs: { p50: at(0.5), p99: at(0.99), maxAtMost: at(1) },
  }
}

/** The value below which `share` of all lie, taken to be spread evenly within a bucket; 0 where there are none. */
function quantile(edges: readonly number[], counts: readonly number[], share: number): number {
  const rank = share * (counts.at(-1) ?? 0)
  const i = counts.findIndex((count) => count >= rank && count > 0)
  const upper = edges[i] ?? 0
  const lower = edges[i - 1] ?? 0
  const below = counts[i - 1] ?? 0
  const within = (counts[i] ?? 0) - below
  if (within === 0 || share === 1 || !Number.isFinite(upper)) return Number.isFinite(upper) ? upper : lower
  return lower + ((rank - below) / within) * (upper - lower)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
