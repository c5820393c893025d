/**
 * The roll-ups of calls, each for one span of time and some of the dimensions. A report is read from the first that knows what it asks: a year
 * of two million calls is a thousand rows in the one and a million in the other.
 */
import { sql } from 'kysely'

/** `month-hour`: the same hour of the same weekday of a month, added up, as `1 08`. */
export type Span = 'quarter' | 'day' | 'month' | 'month-hour'

export type RollUp = {
  readonly table: string
  readonly span: Span
  /** The columns that it is by, beside its time. */
  readonly by: readonly string[]
  /** Months are added up from what knows the same of their days; where nothing does, from calls. */
  readonly from?: string
}

const LINE = ['queue_id', 'service_id', 'language', 'centre_id']
/** In this order rows lie on the disk too: what is asked of one place lies together. */
const PLACE = ['district_id', 'site_id']

/** Those with fewer rows first. */
export const ROLL_UPS: readonly RollUp[] = [
  { table: 'figure_place_months', span: 'month', by: PLACE, from: 'figure_place_days' },
  { table: 'figure_line_months', span: 'month', by: LINE, from: 'figure_line_days' },
  { table: 'figure_matter_months', span: 'month', by: [...LINE, 'matter_id'], from: 'figure_matter_days' },
  { table: 'figure_months', span: 'month', by: [...PLACE, ...LINE], from: 'figure_days' },
  { table: 'figure_all_months', span: 'month', by: [...PLACE, ...LINE, 'matter_id'] },
  { table: 'figure_place_days', span: 'day', by: PLACE },
  { table: 'figure_line_days', span: 'day', by: LINE },
  { table: 'figure_matter_days', span: 'day', by: [...LINE, 'matter_id'] },
  { table: 'figure_days', span: 'day', by: [...PLACE, ...LINE] },
  { table: 'figure_matter_hours', span: 'month-hour', by: ['service_id', 'matter_id'] },
  { table: 'figure_place_hours', span: 'month-hour', by: PLACE },
  { table: 'figure_line_hours', span: 'month-hour', by: LINE },
  { table: 'figure_hours', span: 'month-hour', by: [...PLACE, ...LINE] },
  { table: 'figure_quarters', span: 'quarter', by: LINE },
]

/** The columns of the time of a roll-up: for months the first of them. */
export const TIME_COLUMNS: Readonly<Record<Span, readonly string[]>> = {
  quarter: ['quarter'],
  day: ['city_date'],
  month: ['city_date'],
  'month-hour': ['city_date', 'week_hour'],
}

/** The weekday and hour of a quarter-hour on the city's clock, as `1 08`; the hour that comes twice is one. */
export const WEEK_HOUR = sql`to_char(quarter at time zone 'Europe/Copenhagen', 'ID HH24')`

/** What tells the rows of a roll-up apart. */
export const keyOf = ({ span, by }: RollUp): string[] => [...TIME_COLUMNS[span], ...by]
