/**
 * Figures of whole months, and of days without their places: what most reports over a year add up from. Everything counted so far is
 * counted again from the journal, by the job, so that they are there for all of it.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const COUNTED = ['calls', 'trails', 'spans', 'quarters', 'days', 'agent_quarters']

const statements = [
  // `city_date` is the first of the month.
  `create table figure_months (like figure_days)`,
  `create index figure_months_by_date on figure_months (city_date)`,
  `create table figure_line_days (like figure_days)`,
  `alter table figure_line_days drop column site_id, drop column district_id`,
  `create index figure_line_days_by_date on figure_line_days (city_date)`,
  ...COUNTED.map((name) => `delete from figure_${name}`),
  `update figures_position set seq = 0, at = to_timestamp(0), beside_at = to_timestamp(0)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
