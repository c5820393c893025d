/** What a replay came to, as tables for people. */
import type { Interval } from '#server/figures/wilson.ts'
import type { Estimate } from './estimate.ts'
import type { ExactReplay } from './fold.ts'
import type { GroupAnswer, WhatIf } from './what-if.ts'

const NONE = '–'

/** One sentence, and the first difference where there is one. */
export function exactText({ eventsCount, decisionsCount, firstDifference }: ExactReplay): string {
  const count = (n: number) => n.toLocaleString('en')
  if (firstDifference === null) {
    return `${count(eventsCount)} events replayed: all ${count(decisionsCount)} decisions are as they were.\n`
  }
  const { seq, type, at, path, kept, replayed } = firstDifference
  return (
    `The replay differs at entry ${seq}, ${type} at ${new Date(at).toISOString()}, ` +
    `after ${count(eventsCount)} events: ${path} was ${shown(kept)} and is now ${shown(replayed)}.\n`
  )
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

/** A row for each group: what was seen, the same day run again, and with the change. */
export function whatIfText({ groups, resamplesCount, noKiosk, unserved }: WhatIf): string {
  const hasChange = groups.some(({ changed }) => changed !== null)
  const head = ['', 'offered', 'level seen', 'run again', 'seen P50/P90', 'again P50/P90', 'left', 'full+closed']
  const changeHead = ['changed', 'change in points', 'P50/P90', 'left', 'full+closed']
  const rows = groups.map((group) => rowOf(group, hasChange))
  const notes = [
    'Service level in per cent: answered in time / (answered + abandoned − short abandons). Seen: with Wilson’s 95 %',
    `interval. Others: the mean of ${resamplesCount} reruns and their middle 95 %. The change is taken within pairs of reruns`,
    'that share citizens and conversations. Waits in seconds. Left: abandoned, short ones included.',
  ]
  if (hasChange) {
    notes.push(
      `Every kiosk taken: ${rounded(noKiosk.baseline)} times as it was, ${rounded(noKiosk.changed)} times with the change.`,
    )
    if ((unserved.changed?.mean ?? 0) > 0)
      notes.push(`Queue or class not in the policy: ${rounded(unserved.changed)} calls.`)
  }
  return `${table([hasChange ? [...head, ...changeHead] : head, ...rows])}\n${notes.join('\n')}\n`
}

function rowOf(group: GroupAnswer, hasChange: boolean): string[] {
  const { kind, id, observed, baseline, changed, serviceLevelChange } = group
  const waits = (p50: number | null | undefined, p90: number | null | undefined) => `${seconds(p50)}/${seconds(p90)}`
  const left = [
    id === '' ? kind : `${kind} ${id}`,
    String(observed?.offered ?? 0),
    percent(observed?.serviceLevel ?? null, observed?.serviceLevelWilson ?? null),
    percent(baseline.serviceLevel?.mean ?? null, baseline.serviceLevel),
    waits(observed?.waitP50Ms, observed?.waitP90Ms),
    waits(baseline.waitP50Ms?.mean, baseline.waitP90Ms?.mean),
    rounded(baseline.abandoned),
    turnedAway(baseline),
  ]
  if (!hasChange) return left
  const change = serviceLevelChange
  return [
    ...left,
    percent(changed?.serviceLevel?.mean ?? null, changed?.serviceLevel ?? null),
    change === null ? NONE : `${signed(change.mean)} [${signed(change.low)} ${signed(change.high)}]`,
    waits(changed?.waitP50Ms?.mean, changed?.waitP90Ms?.mean),
    rounded(changed?.abandoned ?? null),
    changed === null ? NONE : turnedAway(changed),
  ]
}

function turnedAway({ full, closed, paused }: GroupAnswer['baseline']): string {
  return String(Math.round((full?.mean ?? 0) + (closed?.mean ?? 0) + (paused?.mean ?? 0)))
}

function percent(share: number | null, interval: Interval | null): string {
  if (share === null) return NONE
  const whole = (value: number) => String(Math.round(value * 100))
  return interval === null ? whole(share) : `${whole(share)} [${whole(interval.low)}–${whole(interval.high)}]`
}

function signed(share: number): string {
  const points = (share * 100).toFixed(1)
  return share > 0 ? `+${points}` : points
}

function seconds(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? NONE : String(Math.round(ms / 1000))
}

function rounded(estimate: Estimate | null): string {
  return estimate === null ? NONE : String(Math.round(estimate.mean))
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))))
    .map((row) => `${row.join('  ').trimEnd()}\n`)
    .join('')
}
