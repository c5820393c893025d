/** What an agent has done today, for the agent alone. */
import { sql } from 'kysely'
import type { OwnDay } from '#server/contract/desk.ts'
import type { Database } from './database.ts'

/** A day is the city's day, also on the two days when the clock changes. */
const CITY_TIME_ZONE = 'Europe/Copenhagen'

/** When the city's day began that `now` (ms since 1970) is in. */
export function startOfCityDay(now: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(CITY_TIME_ZONE)
  return at.startOfDay().epochMilliseconds
}

/** When the city's day is over that `now` (ms since 1970) is in. */
export function endOfCityDay(now: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(CITY_TIME_ZONE)
  return at.add({ days: 1 }).startOfDay().epochMilliseconds
}

type Row = {
  answered: number
  talk_ms: number
  handling_average: number | null
  declined: number
  missed: number
}

/** The day of `agentId` from `from` (ms since 1970) on. */
export async function ownDay(db: Database, agentId: string, from: number): Promise<OwnDay> {
  const since = new Date(from)
  const expired = sql`'[{"type": "offer.expired"}]'::jsonb`
  const { rows } = await sql<Row>`
    with own as (
      select call_id, extract(epoch from hung_up_at - accepted_at) * 1000 as talk_ms,
        extract(epoch from wrapped_up_at - accepted_at) * 1000 as handling_ms
      from handlings where agent_id = ${agentId} and accepted_at >= ${since}),
    day as (
      select count(distinct call_id)::int as answered, coalesce(sum(talk_ms), 0)::float8 as talk_ms,
        avg(handling_ms)::float8 as handling_average from own)
    select day.*,
      (select count(*)::int from journal
        where type = 'offer.declined' and agent_id = ${agentId} and at >= ${since}) as declined,
      (select count(*)::int from journal, jsonb_array_elements(facts) as fact
        where facts @> ${expired} and at >= ${since} and fact->>'type' = 'offer.expired'
          and fact->>'agentId' = ${agentId}) as missed
    from day`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('a count over no rows gave no row')
  return {
    answered: row.answered,
    talkMs: Math.round(row.talk_ms),
    handlingMsAverage: row.handling_average === null ? null : Math.round(row.handling_average),
    declined: row.declined,
    missed: row.missed,
  }
}
