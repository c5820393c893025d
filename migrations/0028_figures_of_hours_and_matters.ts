/**
 * Figures of a month's hours, of what citizens came for and of places, so that whatever a report over a year asks is read from few rows. They
 * are added up here from the calls that are counted: the journal need not be read again.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const LINE = ['queue_id', 'service_id', 'language', 'centre_id']
const PLACE = ['district_id', 'site_id']

/** By what each is, beside `city_date`: a day, or the first of a month. `week_hour` is the weekday and the hour, as `1 08`. */
const DAYS = { figure_place_days: PLACE, figure_matter_days: [...LINE, 'matter_id'] }
const MONTHS = {
  figure_place_months: PLACE,
  figure_line_months: LINE,
  figure_matter_months: [...LINE, 'matter_id'],
  figure_all_months: [...PLACE, ...LINE, 'matter_id'],
  figure_matter_hours: ['week_hour', 'service_id', 'matter_id'],
  figure_place_hours: ['week_hour', ...PLACE],
  figure_line_hours: ['week_hour', ...LINE],
  figure_hours: ['week_hour', ...PLACE, ...LINE],
}

/** What a report of one of something is found by, where a year has many rows. */
const INDEXES = {
  figure_days: ['district_id'],
  figure_months: ['site_id', 'district_id'],
  figure_matter_days: ['matter_id'],
  figure_all_months: ['matter_id', 'site_id', 'district_id'],
  figure_hours: ['site_id', 'district_id'],
  figure_calls: ['matter_id'],
}

const VALUES: Readonly<Record<string, string>> = {
  matter_id: `coalesce(matter_id, '')`,
  week_hour: `to_char(quarter at time zone 'Europe/Copenhagen', 'ID HH24')`,
}
/** Months that the job adds up from days hold the waits of one day after those of another. */
const OF_DAYS = ['figure_place_months', 'figure_line_months', 'figure_matter_months']
const waitsOf = (table: string) =>
  `coalesce(string_agg(int4send(answered_wait_ms), ''::bytea order by ${OF_DAYS.includes(table) ? 'city_date, ' : ''}answered_wait_ms)
    filter (where answered = 1), ''::bytea)`

const AGENT_SUMS = [
  ...['idle_ms', 'offered_ms', 'in_call_ms', 'hold_ms', 'wrap_up_ms', 'away_ms', 'offer_answer_ms', 'lent_ms'],
  ...['offers_made', 'offers_accepted', 'offers_declined', 'offers_expired', 'offers_caller_left', 'offers_taken_back'],
  ...['handlings', 'handed_over', 'joined', 'lent_handlings'],
]
/** The days of agents, for the same few to see, and deleted with their quarter-hours. */
const AGENT_DAYS = [
  `create table figure_agent_days (city_date date not null, agent_id text not null, centre_id text not null,
    ${AGENT_SUMS.map((name) => `${name} bigint not null`).join(', ')}, primary key (agent_id, city_date, centre_id))`,
  `insert into figure_agent_days (city_date, agent_id, centre_id, ${AGENT_SUMS.join(', ')})
    select city_date, agent_id, centre_id, ${AGENT_SUMS.map((name) => `sum(${name})`).join(', ')}
    from figure_agent_quarters group by 1, 2, 3 order by 1, 2, 3`,
  `create index figure_agent_days_by_date on figure_agent_days (city_date)`,
]

/** A table and its rows. `sums`: the columns that add up, as those of `figure_line_days`. */
function made(table: string, date: string, by: readonly string[], sums: readonly string[]): string[] {
  const key = ['city_date', ...by]
  const values = [date, ...by.map((name) => VALUES[name] ?? name)]
  const added = sums.map((name) => (name === 'wait_ms_max' ? `max(${name})` : `sum(${name})`))
  const places = key.map((_, i) => i + 1).join(', ')
  return [
    `create table ${table} (like figure_line_days)`,
    `alter table ${table} ${LINE.map((name) => `drop column ${name}`).join(', ')}`,
    `alter table ${table} ${by.map((name) => `add column ${name} text not null`).join(', ')}`,
    `insert into ${table} (${[...key, ...sums].join(', ')}, answered_waits)
      select ${[...values, ...added].join(', ')}, ${waitsOf(table)} from figure_calls group by ${places} order by ${places}`,
    `create index ${table}_by_date on ${table} (city_date)`,
  ]
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ column_name: string }>`
    select column_name from information_schema.columns where table_schema = current_schema() and table_name = 'figure_line_days'
    order by ordinal_position`.execute(db)
  const sums = rows
    .map(({ column_name: name }) => name)
    .filter((name) => !['city_date', 'answered_waits', ...LINE].includes(name))
  const statements = [
    ...Object.entries(DAYS).flatMap(([table, by]) => made(table, 'city_date', by, sums)),
    ...Object.entries(MONTHS).flatMap(([table, by]) => made(table, `date_trunc('month', city_date)::date`, by, sums)),
    ...Object.entries(INDEXES).flatMap(([table, names]) =>
      names.map((name) => `create index ${table}_by_${name.replace('_id', '')} on ${table} (${name}, city_date)`),
    ),
  ]
  for (const statement of [...statements, ...AGENT_DAYS]) await sql.raw(statement).execute(db)
}
