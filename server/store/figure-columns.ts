/** The sums of `server/figures` as columns, so that each is written down once. */
import { sql, type RawBuilder } from 'kysely'
import { AGENT_SUMS, SUMS, type AgentSums, type Sums } from '#server/figures/sums.ts'

/** `answeredInTime` is kept as `answered_in_time`. */
export function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What a column of a call holds at most: 24 days. A conversation that nobody ended for longer must not stop the counting of all others. */
export const SUM_MAX = 2 ** 31 - 1

export const SUM_COLUMNS = SUMS.map(columnOf)
export const AGENT_SUM_COLUMNS = AGENT_SUMS.map(columnOf)

/** Names of columns, of our own making, with commas between. */
export function columns(names: readonly string[]): RawBuilder<unknown> {
  return sql.raw(names.join(', '))
}

/** Each column added up over the rows of a group; of the longest wait, the longest. */
export function summed(names: readonly string[]): RawBuilder<unknown> {
  const of = (name: string) => (name === 'wait_ms_max' ? `max(${name}) as ${name}` : `sum(${name}) as ${name}`)
  return sql.raw(names.map(of).join(', '))
}

/** The sums out of a row; Postgres gives great numbers as text. */
export function sumsOf(row: Readonly<Record<string, unknown>>): Sums {
  return Object.fromEntries(SUMS.map((name, i) => [name, Number(row[SUM_COLUMNS[i] ?? ''])])) as Sums
}

/** The sums of an agent's time out of a row. */
export function agentSumsOf(row: Readonly<Record<string, unknown>>): AgentSums {
  return Object.fromEntries(AGENT_SUMS.map((name, i) => [name, Number(row[AGENT_SUM_COLUMNS[i] ?? ''])])) as AgentSums
}
