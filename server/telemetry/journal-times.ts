/** How long the journal takes: every answer waits for a commit, so this is the floor of every delay. */
import { Histogram, type Registry } from 'prom-client'
import type { Journal } from '#server/host/ports.ts'

/** Upper edges in s, each a third more than the last: a percentile read from them is good to a sixth. */
const COMMIT_EDGES_S = Array.from({ length: 32 }, (_, i) => Math.round(0.25 * 1.333 ** i * 1_000) / 1_000_000)
const BATCH_EDGES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 150]

/** `journal`, with each of its transactions counted in `registry` by its time (s) and its entries. */
export function timedJournal(journal: Journal, registry: Registry): Journal {
  const registers = [registry]
  const commitSeconds = new Histogram({
    name: 'skranke_journal_commit_seconds',
    help: 'Time of one transaction of the journal, from its first statement to its end.',
    buckets: COMMIT_EDGES_S,
    registers,
  })
  const batchEntries = new Histogram({
    name: 'skranke_journal_batch_entries',
    help: 'Entries kept in one transaction of the journal.',
    buckets: BATCH_EDGES,
    registers,
  })
  return {
    load: (snapshotVersion) => journal.load(snapshotVersion),
    keepSnapshot: (seq, snapshot) => journal.keepSnapshot(seq, snapshot),
    async append(entries) {
      const startedAt = performance.now()
      await journal.append(entries)
      commitSeconds.observe((performance.now() - startedAt) / 1_000)
      batchEntries.observe(entries.length)
    },
  }
}
