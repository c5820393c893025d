/** How calls were handed over and joined, and whose time was lent: folded from the handlings; defined in `#server/contract/people-figures.ts`. */
import { sql } from 'kysely'
import type { LentTime, QueuePeople } from '#server/contract/people-figures.ts'
import type { Database } from './database.ts'

type Range = { readonly from: number; readonly to: number }

/** For each queue with an answered call that was queued from `from` up to, not including, `to` (ms since 1970). */
export async function loadPeopleFigures(db: Database, range: Range): Promise<QueuePeople[]> {
  const { rows } = await sql<QueuePeople>`
    select c.queue_id as "queueId", count(*)::int as answered,
      count(*) filter (where h.is_handed_over)::int as transferred,
      count(*) filter (where h.joins > 0)::int as joined,
      count(*) filter (where h.joins > 0 and not h.is_handed_over)::int as "firstStayed",
      (sum(h.joins_ms) / nullif(sum(h.joins), 0))::float8 as "joinMsAverage"
    from calls c join lateral (
      select coalesce(bool_or(is_handed_over), false) as is_handed_over,
        count(*) filter (where asked_in_as = 'join') as joins,
        sum(searched_ms) filter (where asked_in_as = 'join') as joins_ms
      from handlings where handlings.call_id = c.call_id) h on true
    where c.arrived_at >= ${new Date(range.from)} and c.arrived_at < ${new Date(range.to)} and c.answered_at is not null
    group by c.queue_id order by c.queue_id`.execute(db)
  return rows
}

/** For each centre that lent people to a queue in calls of the range, their time from coming into the call to the end of wrap-up. */
export async function loadLentTime(db: Database, range: Range): Promise<LentTime[]> {
  const { rows } = await sql<LentTime>`
    select h.lent_by_centre_id as "centreId", coalesce(n.name, h.lent_by_centre_id) as "centreName",
      c.queue_id as "queueId", count(*)::int as handlings,
      round(sum(extract(epoch from coalesce(h.wrapped_up_at, h.hung_up_at) - h.accepted_at)) * 1000)::float8 as "lentMs"
    from handlings h join calls c on c.call_id = h.call_id left join centres n on n.centre_id = h.lent_by_centre_id
    where h.lent_by_centre_id is not null
      and c.arrived_at >= ${new Date(range.from)} and c.arrived_at < ${new Date(range.to)}
    group by 1, 2, 3 order by 1, 3`.execute(db)
  return rows
}
