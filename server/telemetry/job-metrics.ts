/** What Prometheus may read of background jobs, in whichever process they are done, and of whether they are done at all. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Tracing } from './tracing.ts'

/** A run of a background job that took so long (s), and was done or failed. */
export type JobRan = (job: string, seconds: number, isDone: boolean) => void

/** Upper edges in s: most jobs find nothing to do, the largest fold a year. */
const EDGES_S = [0.01, 0.05, 0.25, 1, 5, 30, 120]

// Not `job`: that is what Prometheus calls whom it reads from, and it would rename ours.
const labelNames = ['background_job'] as const

/** Adds the counters to `registry`. What is returned is to be called after each run, and tells `tracing` too. */
export function countJobs(registry: Registry, tracing: Tracing): JobRan {
  const registers = [registry]
  const jobSeconds = new Histogram({
    name: 'skranke_job_seconds',
    help: 'How long a run of a background job took.',
    labelNames,
    buckets: EDGES_S,
    registers,
  })
  const jobFaults = new Counter({
    name: 'skranke_job_faults_total',
    help: 'Runs of background jobs that failed.',
    labelNames,
    registers,
  })
  const jobDoneAt = new Gauge({
    name: 'skranke_job_done_timestamp_seconds',
    help: 'When a background job was last done, in s since 1970.',
    labelNames,
    registers,
  })
  return (job, seconds, isDone) => {
    const labels = { background_job: job }
    tracing.done({ name: job, kind: 'job', ms: seconds * 1_000, outcome: isDone ? 'ok' : 'failed' })
    jobSeconds.observe(labels, seconds)
    jobFaults.inc(labels, isDone ? 0 : 1)
    if (isDone) jobDoneAt.setToCurrentTime(labels)
  }
}

/** Adds how many jobs are overdue. `overdue` is asked at each scrape; where nobody knows, there is no figure. */
export function countOverdue(registry: Registry, overdue: () => Promise<readonly string[]>): void {
  new Gauge({
    name: 'skranke_jobs_overdue',
    help: 'Background jobs that were not done for two of their turns and five minutes, whoever is to do them.',
    registers: [registry],
    async collect() {
      this.set((await overdue().catch(() => undefined))?.length ?? NaN)
    },
  })
}
