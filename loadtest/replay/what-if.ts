/**
 * What if: the day is run R times as it was and R times with the change, each pair under one seed. What is told of the
 * change is the difference within the pairs, whose citizens are the same: luck that both share is not in it.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { wilsonInterval, type Interval } from '#server/figures/wilson.ts'
import { countsByGroup, yardstickOf, type Counts, type Kind, type Yardstick } from './counts.ts'
import { estimateOf, type Estimate } from './estimate.ts'
import type { ObservedDay } from './observed.ts'
import { NO_CHANGE, policiesOf, rerun, type Change } from './rerun.ts'

/** One rerun: which it is, and under which seed. */
export type Job = { readonly isChanged: boolean; readonly seed: number }

export type JobInput = { readonly day: ObservedDay; readonly change: Change; readonly yardstick: Yardstick }

export type JobResult = Job & {
  readonly counts: ReadonlyMap<string, Counts>
  readonly noKioskCount: number
  readonly unservedCount: number
  readonly eventsCount: number
}

export type Estimates = { readonly [Name in keyof Counts]: Estimate | null }

export type GroupAnswer = {
  readonly kind: Kind
  readonly id: string
  readonly observed: (Counts & { readonly serviceLevelWilson: Interval | null }) | null
  /** The same policy and roster, run again. */
  readonly baseline: Estimates
  readonly changed: Estimates | null
  /** Of the service level, changed less baseline, within the pairs. */
  readonly serviceLevelChange: Estimate | null
}

export type WhatIf = {
  readonly resamplesCount: number
  readonly seed: number
  readonly eventsCount: number
  readonly groups: readonly GroupAnswer[]
  readonly noKiosk: { readonly baseline: Estimate | null; readonly changed: Estimate | null }
  readonly unserved: { readonly changed: Estimate | null }
}

export type WhatIfQuestion = {
  readonly day: ObservedDay
  /** Null for the baseline alone. */
  readonly change: Change | null
  readonly resamplesCount: number
  readonly seed: number
  /** Threads to run on; 0 for this one. */
  readonly threadsCount: number
}

/** Threads that help: one for each core that there is. */
export const threadsMax = (): number => availableParallelism()

export async function whatIf({ day, change, resamplesCount, seed, threadsCount }: WhatIfQuestion): Promise<WhatIf> {
  const yardstick = yardstickOf(policiesOf(day, change ?? NO_CHANGE))
  const input: JobInput = { day, change: change ?? NO_CHANGE, yardstick }
  const seeds = Array.from({ length: resamplesCount }, (_, i) => seed * 100_003 + i)
  const jobs = seeds.flatMap((each): Job[] => {
    const baseline = { isChanged: false, seed: each }
    return change === null ? [baseline] : [baseline, { isChanged: true, seed: each }]
  })
  const results =
    threadsCount === 0 ? jobs.map((job) => runJob(input, job)) : await inThreads(input, jobs, threadsCount)
  results.sort((a, b) => a.seed - b.seed)
  const baseline = results.filter(({ isChanged }) => !isChanged)
  const changed = change === null ? null : results.filter(({ isChanged }) => isChanged)
  const observed = countsByGroup(day.outcomes, yardstick)
  const keys = new Set([observed, ...results.map(({ counts }) => counts)].flatMap((counts) => [...counts.keys()]))
  const ofJobs = (from: readonly JobResult[] | null, value: (result: JobResult) => number) =>
    from === null ? null : estimateOf(from.map(value))
  return {
    resamplesCount,
    seed,
    eventsCount: results.reduce((sum, { eventsCount }) => sum + eventsCount, 0),
    groups: [...keys].sort(byKindThenId).map((key) => groupAnswer(key, observed.get(key), baseline, changed)),
    noKiosk: {
      baseline: ofJobs(baseline, ({ noKioskCount }) => noKioskCount),
      changed: ofJobs(changed, ({ noKioskCount }) => noKioskCount),
    },
    unserved: { changed: ofJobs(changed, ({ unservedCount }) => unservedCount) },
  }
}

export function runJob({ day, change, yardstick }: JobInput, job: Job): JobResult {
  const { outcomes, ...rest } = rerun(day, job.isChanged ? change : NO_CHANGE, job.seed)
  return { ...job, ...rest, counts: countsByGroup(outcomes, yardstick) }
}

/** Each thread takes every n-th job; rejects when one of them fails. */
async function inThreads(input: JobInput, jobs: readonly Job[], threadsCount: number): Promise<JobResult[]> {
  const shares = Array.from({ length: Math.min(threadsCount, jobs.length) }, (_, i) =>
    jobs.filter((_job, j) => j % threadsCount === i),
  )
  const results = await Promise.all(
    shares.map(
      (share) =>
        new Promise<JobResult[]>((resolve, reject) => {
          const worker = new Worker(new URL('./what-if-worker.ts', import.meta.url), {
            workerData: { input, jobs: share },
          })
          worker.once('message', resolve)
          worker.once('error', reject)
          worker.once('exit', (code) => reject(new Error(`a thread of the what-if ended with ${code}`)))
        }),
    ),
  )
  return results.flat()
}

const KINDS: readonly Kind[] = ['city', 'queue', 'site', 'language']

function byKindThenId(a: string, b: string): number {
  const kindOf = (key: string) => KINDS.indexOf(key.slice(0, key.indexOf(':')) as Kind)
  return kindOf(a) - kindOf(b) || (a < b ? -1 : 1)
}

const NOTHING: Counts = {
  offered: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  abandonedShort: 0,
  full: 0,
  closed: 0,
  paused: 0,
  otherwise: 0,
  serviceLevel: null,
  waitP50Ms: null,
  waitP90Ms: null,
}

function groupAnswer(
  key: string,
  observed: Counts | undefined,
  baseline: readonly JobResult[],
  changed: readonly JobResult[] | null,
): GroupAnswer {
  const colon = key.indexOf(':')
  const levelOf = ({ counts }: JobResult) => counts.get(key)?.serviceLevel ?? null
  const differences = changed?.map((result, i) => {
    const before = baseline[i] === undefined ? null : levelOf(baseline[i])
    const after = levelOf(result)
    return before === null || after === null ? null : after - before
  })
  return {
    kind: key.slice(0, colon) as Kind,
    id: key.slice(colon + 1),
    observed: observed === undefined ? null : { ...observed, serviceLevelWilson: wilsonOf(observed) },
    baseline: estimatesOf(key, baseline),
    changed: changed === null ? null : estimatesOf(key, changed),
    serviceLevelChange: differences === undefined ? null : estimateOf(differences),
  }
}

function wilsonOf({ answered, answeredInTime, abandoned, abandonedShort }: Counts): Interval | null {
  return wilsonInterval(answeredInTime, answered + abandoned - abandonedShort)
}

function estimatesOf(key: string, results: readonly JobResult[]): Estimates {
  const of = (name: keyof Counts) => estimateOf(results.map(({ counts }) => (counts.get(key) ?? NOTHING)[name]))
  const names = Object.keys(NOTHING) as (keyof Counts)[]
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Estimates
}
