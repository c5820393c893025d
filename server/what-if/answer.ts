/** Runs a day of the journal again with agents more or fewer in one queue. Long work: for a thread of its own (`worker.ts`). */
import { Replay } from '#loadtest/replay/fold.ts'
import { DayWatch, type ObservedDay } from '#loadtest/replay/observed.ts'
import type { Change } from '#loadtest/replay/rerun.ts'
import { whatIf, type GroupAnswer, type WhatIf } from '#loadtest/replay/what-if.ts'
import type { WhatIfBody, WhatIfFailure, WhatIfResult, WhatIfRow } from '#server/contract/what-if.ts'
import type { CallRecord } from '#server/routing/effect.ts'
import type { Database } from '#server/store/database.ts'
import { cityDay, readJournalDay } from '#server/store/journal-days.ts'

export type WhatIfAnswer =
  { readonly kind: 'done'; readonly result: WhatIfResult } | { readonly kind: 'failed'; readonly code: WhatIfFailure }

/** Fewer pairs of runs say nothing of the ends of an interval, more nothing new. */
const RESAMPLES_MIN = 5
const RESAMPLES_MAX = 20
const SEED = 1

/** Who took how many calls of one queue, while a day is replayed. */
export class QueueWork {
  readonly #queueId: string
  readonly #queueOf = new Map<string, string>()
  readonly #handledBy = new Map<string, number>()

  constructor(queueId: string) {
    this.#queueId = queueId
  }

  take(records: readonly CallRecord[]): void {
    for (const record of records) {
      if (record.type === 'arrived') this.#queueOf.set(record.callId, record.queueId)
      if (record.type !== 'handled' || this.#queueOf.get(record.callId) !== this.#queueId) continue
      this.#handledBy.set(record.agentId, (this.#handledBy.get(record.agentId) ?? 0) + 1)
    }
  }

  /** The agents of the queue, who took most first. */
  get agentIds(): string[] {
    const byCalls = [...this.#handledBy].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    return byCalls.map(([agentId]) => agentId)
  }
}

/** Whoever took most calls of the queue is left out first, or is there twice; null where nobody took any. */
export function changeOf(agentIds: readonly string[], moreCount: number): Change | null {
  if (agentIds.length === 0) return null
  if (moreCount <= 0) return { withoutAgentIds: agentIds.slice(0, -moreCount), copies: [], policy: null }
  const counts = new Map<string, number>()
  for (let i = 0; i < moreCount; i += 1) {
    const agentId = agentIds[i % agentIds.length] ?? ''
    counts.set(agentId, (counts.get(agentId) ?? 0) + 1)
  }
  const copies = [...counts].map(([agentId, count]) => ({ agentId, count }))
  return { withoutAgentIds: [], copies, policy: null }
}

/** Reads the day, replays it and runs it again; takes about `budgetMs` for the runs. */
export async function answerWhatIf(db: Database, question: WhatIfBody, budgetMs: number): Promise<WhatIfAnswer> {
  const day = cityDay(question.date)
  const kept = await readJournalDay(db, day)
  if (kept === undefined) return { kind: 'failed', code: 'no-such-day' }
  const watch = new DayWatch(day.startsAt, day.endsAt)
  const work = new QueueWork(question.queueId)
  const replay = new Replay(kept.snapshot, (entry, before, after) => {
    watch.take(entry, before, after)
    work.take(entry.records)
  })
  for await (const row of kept.rows()) if (!replay.take(row)) break
  if (replay.result.firstDifference !== null) return { kind: 'failed', code: 'differs' }
  const seen = watch.seen()
  if (seen === undefined) return { kind: 'failed', code: 'no-such-day' }
  return await answerOfDay(seen, work.agentIds, question, budgetMs)
}

/** The answer for a day that was seen, with the agents of the queue. */
export async function answerOfDay(
  day: ObservedDay,
  agentIds: readonly string[],
  { queueId, moreCount }: WhatIfBody,
  budgetMs: number,
): Promise<WhatIfAnswer> {
  const change = changeOf(agentIds, moreCount)
  if (change === null) return { kind: 'failed', code: 'nobody' }
  const startedAt = performance.now()
  const run = (resamplesCount: number) => whatIf({ day, change, resamplesCount, seed: SEED, threadsCount: 0 })
  // One pair first, to see how long they take.
  await run(1)
  const pairs = Math.floor(budgetMs / (performance.now() - startedAt))
  const answer = await run(Math.max(RESAMPLES_MIN, Math.min(RESAMPLES_MAX, pairs)))
  const [queue, city] = [rowOf(answer, 'queue', queueId), rowOf(answer, 'city', '')]
  if (queue === null || city === null) return { kind: 'failed', code: 'nobody' }
  const { resamplesCount } = answer
  const agentsCount = moreCount > 0 ? moreCount : change.withoutAgentIds.length
  return { kind: 'done', result: { resamplesCount, agentsCount, queue, city } }
}

function rowOf({ groups }: WhatIf, kind: GroupAnswer['kind'], id: string): WhatIfRow | null {
  const group = groups.find((each) => each.kind === kind && each.id === id)
  if (group === undefined || group.changed === null) return null
  const { observed, baseline, changed, serviceLevelChange } = group
  const told = <T>(all: { readonly [Name in keyof WhatIfRow['baseline']]: T }) => {
    const { serviceLevel, waitP50Ms, waitP90Ms, abandoned } = all
    return { serviceLevel, waitP50Ms, waitP90Ms, abandoned }
  }
  return {
    observed: observed === null ? null : (told<unknown>(observed) as WhatIfRow['observed']),
    baseline: told(baseline),
    changed: told(changed),
    serviceLevelChange,
  }
}
