/**
 * A roster out of a spreadsheet: lines of queue, date, time and how many agents, with `;` or `,` or a tab between. All of it is taken or
 * none: half a roster would be believed to be a whole one.
 */
import { clockOf, quartersOrNone } from './day-forecast.ts'

/** So many lines are a month of thirty queues, from eight to sixteen. */
export const ROSTER_LINES_MAX = 30_000
/** More agents in one queue are a slip of the finger. */
export const ROSTER_AGENTS_MAX = 999

/** How many agents are planned for a quarter-hour, which begins at `at`, in ms since 1970. */
export type RosterEntry = { readonly queueId: string; readonly at: number; readonly agentsCount: number }

export type RosterFaultCode = 'columns' | 'queue' | 'date' | 'time' | 'agents' | 'twice' | 'empty' | 'too-long'

/** What is wrong with a line, from 1, and what stands there. */
export type RosterFault = { readonly line: number; readonly code: RosterFaultCode; readonly text: string }

export type RosterText =
  | { readonly isTaken: true; readonly entries: readonly RosterEntry[] }
  | { readonly isTaken: false; readonly faults: readonly RosterFault[] }

const TEXT_SHOWN_MAX = 80

/**
 * Reads the lines. Dates are `2026-11-30` or `30-11-2026`, times `8:15`, `08:15` or `08.15`. A first line whose last column is no number is a
 * heading; empty lines are let pass. `isQueue`: whether there is a queue of that id.
 */
export function readRoster(csv: string, isQueue: (queueId: string) => boolean): RosterText {
  const faults: RosterFault[] = []
  const found = new Map<string, RosterEntry>()
  const lines = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  if (lines.length > ROSTER_LINES_MAX) {
    return { isTaken: false, faults: [{ line: ROSTER_LINES_MAX + 1, code: 'too-long', text: '' }] }
  }
  const clocks = new ClocksOfDays()
  let isFirst = true
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue
    const cells = text.split(/[;,\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const isHeading = isFirst && cells.length === 4 && !/\d/.test(cells[3] ?? '')
    isFirst = false
    if (isHeading) continue
    const read = readLine(cells, isQueue, clocks)
    const keys = typeof read === 'string' ? [] : read.map(({ queueId, at }) => `${queueId} ${at}`)
    const code = typeof read === 'string' ? read : keys.some((key) => found.has(key)) ? 'twice' : null
    if (code !== null) faults.push({ line: i + 1, code, text: text.slice(0, TEXT_SHOWN_MAX) })
    if (typeof read !== 'string') for (const [n, entry] of read.entries()) found.set(keys[n] ?? '', entry)
  }
  if (faults.length === 0 && found.size === 0) faults.push({ line: 1, code: 'empty', text: '' })
  return faults.length > 0 ? { isTaken: false, faults } : { isTaken: true, entries: [...found.values()] }
}

/** The quarter-hours of a line; on the day whose clock is put back, one time may be two. */
function readLine(
  cells: readonly string[],
  isQueue: (queueId: string) => boolean,
  clocks: ClocksOfDays,
): readonly RosterEntry[] | RosterFaultCode {
  const [queueId = '', dateText = '', timeText = '', agents = ''] = cells
  if (cells.length !== 4) return 'columns'
  if (!isQueue(queueId)) return 'queue'
  const times = clocks.of(isoDate(dateText))
  if (times === undefined) return 'date'
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(timeText) ?? []
  const starts = times.get(`${hour.padStart(2, '0')}:${minute}`)
  if (starts === undefined) return 'time'
  const agentsCount = Number(agents)
  if (!/^\d{1,4}$/.test(agents) || agentsCount > ROSTER_AGENTS_MAX) return 'agents'
  return starts.map((at) => ({ queueId, at, agentsCount }))
}

/** `30-11-2026` as `2026-11-30`; anything else as it is. */
function isoDate(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** When each time of a day's clock is; each day is worked out once. */
class ClocksOfDays {
  readonly #known = new Map<string, ReadonlyMap<string, readonly number[]> | undefined>()

  /** Undefined for what is no date. */
  of(date: string): ReadonlyMap<string, readonly number[]> | undefined {
    if (!this.#known.has(date)) this.#known.set(date, clocksOf(date))
    return this.#known.get(date)
  }
}

function clocksOf(date: string): Map<string, number[]> | undefined {
  const starts = /^\d{4}-\d{2}-\d{2}$/.test(date) ? quartersOrNone(date) : []
  const clocks = new Map<string, number[]>()
  for (const at of starts) clocks.set(clockOf(at), [...(clocks.get(clockOf(at)) ?? []), at])
  return starts.length === 0 ? undefined : clocks
}
