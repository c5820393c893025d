/** Where a day comes from, and its exact replay: out of the database, or made up. */
import { hoursOf } from '#server/policy/hours.ts'
import type { CheckedPolicy } from '#server/policy/document.ts'
import { openDatabase } from '#server/store/database.ts'
import { findDatabase } from '#server/store/find-database.ts'
import { readJournalDay, type CityDay } from '#server/store/journal-days.ts'
import type { JournalEntry } from '#server/host/ports.ts'
import { simulateDay, WHOLE_DAY } from '../city/day.ts'
import { Replay, type ExactReplay } from './fold.ts'
import { DayWatch, type ObservedDay } from './observed.ts'
import { RowsWatch, type RowsComparison } from './rows.ts'

/** Days of opening times before and after the day: lines that close for the weekend know when they open again. */
const HOURS_DAYS_BEFORE = 1
const HOURS_DAYS = 9
const DAY_MS = 86_400_000

export type ReplayedDay = {
  readonly exact: ExactReplay
  /** For a day of the database: its calls and handlings against the rows. */
  readonly rows: RowsComparison | null
  readonly seen: ObservedDay | undefined
}

/** A policy and its opening times around a day. */
export function policyAround({ policy, document }: CheckedPolicy, { startsAt }: CityDay) {
  return { policy, hours: hoursOf(document, startsAt - HOURS_DAYS_BEFORE * DAY_MS, HOURS_DAYS) }
}

/** A whole day of a made-up city under a policy, kept as JSON as a journal would, and replayed. */
export function replaySimulatedDay(city: CheckedPolicy, day: CityDay, seed: number): ReplayedDay {
  const { entries } = simulateDay({ ...policyAround(city, day), ...WHOLE_DAY, dayStartAt: day.startsAt, seed })
  const watch = new DayWatch(day.startsAt, day.endsAt)
  const replay = new Replay(undefined, (entry, before, after) => watch.take(entry, before, after))
  for (const entry of entries) if (!replay.take(JSON.parse(JSON.stringify(entry)) as JournalEntry)) break
  return { exact: replay.result, rows: null, seen: watch.seen() }
}

/** A day of the journal, or undefined where it has none. */
export async function replayKeptDay(day: CityDay): Promise<ReplayedDay | undefined> {
  const { databaseUrl, close } = await findDatabase()
  const { db } = openDatabase(databaseUrl, () => undefined)
  try {
    const kept = await readJournalDay(db, day)
    if (kept === undefined) return undefined
    const watch = new DayWatch(day.startsAt, day.endsAt)
    const rows = new RowsWatch(kept.snapshot)
    const replay = new Replay(kept.snapshot, (entry, before, after) => {
      rows.take(entry.records)
      watch.take(entry, before, after)
    })
    for await (const row of kept.rows()) if (!replay.take(row)) break
    const exact = replay.result
    // After a difference the records are no longer whole, and would only say the same again.
    const compared = exact.firstDifference === null ? rows.compare(kept.calls, kept.handlings, day) : null
    return { exact, rows: compared, seen: watch.seen() }
  } finally {
    await db.destroy()
    await close()
  }
}
