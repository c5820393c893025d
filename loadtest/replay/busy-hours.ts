/** Some hours of a small city, for tests: busy enough that people wait, leave, come back and are lost on the way. */
import { join } from 'node:path'
import { cityDay } from '#server/store/journal-days.ts'
import { simulateDay, type DayPlan } from '../city/day.ts'
import { policyAround } from './days.ts'
import { Replay, type KeptEntry } from './fold.ts'
import { DayWatch, type ObservedDay } from './observed.ts'
import { readPolicyFile } from './question.ts'

export const CITY = readPolicyFile(join(import.meta.dirname, '../city/ten-services.yaml'))
export const DAY = cityDay('2026-11-23')

/** Two hours with one restart of the server; `more` changes the plan. */
export function busyHours(seed: number, more: Partial<DayPlan> = {}): KeptEntry[] {
  const { entries } = simulateDay({
    ...policyAround(CITY, DAY),
    dayStartAt: DAY.startsAt,
    seed,
    sitesCount: 12,
    kiosksCount: 60,
    agentsCount: 24,
    callsPerDay: 1_900,
    fromHour: 9,
    untilHour: 11,
    restartHour: 10,
    isExplained: true,
    ...more,
  })
  return entries.map((entry) => asJsonb(entry) as KeptEntry)
}

/** What was seen of a day; throws where its replay differs. */
export function seenOf(entries: readonly KeptEntry[]): ObservedDay {
  const watch = new DayWatch(DAY.startsAt, DAY.endsAt)
  const replay = new Replay(undefined, (entry, before, after) => watch.take(entry, before, after))
  for (const entry of entries) replay.take(entry)
  const seen = watch.seen()
  if (seen === undefined || replay.result.firstDifference !== null) throw new Error(JSON.stringify(replay.result))
  return seen
}

/** As it comes back from jsonb: nothing undefined, and the keys of objects in an order of their own. */
export function asJsonb(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
      const isBefore = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1)
      return Object.fromEntries(Object.entries(each).sort(([a], [b]) => isBefore(a, b)))
    }),
  )
}
