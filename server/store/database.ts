/** The rows of Postgres and the way to them. Rows stay in this folder: what leaves it is named for its reader. */
import { Kysely, PostgresDialect } from 'kysely'
import type { ColumnType, Generated } from 'kysely'
import pg from 'pg'
import type { ChangeWay, CityDifference } from '#server/contract/admin.ts'
import type { RetentionEntry } from '#server/contract/city-document.ts'
import type { Labels } from '#server/contract/ids.ts'
import type { KeyAct } from '#server/contract/kiosk-keys.ts'
import type { KioskReport } from '#server/contract/kiosk-report.ts'

type Written<Read, Write> = ColumnType<Read, Write, Write>

type ArticleRow = {
  article_id: string
  version: number
  updated_at: Date
  title: string
  title_letters: string
  service_id: string | null
  matter_ids: string[]
  language: string
  keywords: string[]
  body: string
  plain: string
  valid_from: Written<unknown, string>
  valid_until: Written<unknown, string | null>
  owner: string
  last_checked: Written<unknown, string>
  is_retired: Generated<boolean>
  search: Written<unknown, string>
}

/** What figures are made of; their sums are columns by `figure-columns.ts`, read and written as such. */
type FigureTables = {
  figures_position: {
    is_only: Generated<boolean>
    seq: Written<string, number>
    at: Date
    beside_at: Date
    agents_since: Generated<Date>
  }
  figure_trails: { call_id: string; trail: Written<unknown, string> }
  figure_calls: { call_id: string; pressed_at: Date; quarter: Date; city_date: string }
  figure_agent_quarters: { quarter: Date; agent_id: string; centre_id: string }
  figure_agent_days: { city_date: string; agent_id: string; centre_id: string }
  figure_spans: {
    span_id: Generated<string>
    agent_id: string
    kind: string
    from_at: Date
    until_at: Date | null
    centre_id: string
    call_id: string | null
    offer_id: string | null
    how: string | null
  }
}

export type Tables = {
  districts: { district_id: string; name: string; retired_at: Generated<Date | null> }
  sites: {
    site_id: string
    name: string
    site_type: string
    address: string
    district_id: string
    is_wait_told: Generated<boolean>
    latitude: Generated<number | null>
    longitude: Generated<number | null>
    phone: Generated<string | null>
    screen_note: Generated<Labels | null>
    retired_at: Generated<Date | null>
  }
  article_owners: {
    owner_id: string
    name: string
    people: Written<readonly string[], string>
    retired_at: Generated<Date | null>
  }
  city_phones: { kind: string; labels: Written<Labels, string>; number: string; sort_order: number }
  notices: {
    notice_id: string
    audience: Written<unknown, string>
    labels: Written<Labels, string>
    posted_by: string
    posted_at: Date
    expires_at: Date
    taken_back_at: Generated<Date | null>
  }
  staff_messages: {
    message_id: string
    to_id: string
    by_id: string
    words: string
    sent_at: Date
    read_at: Generated<Date | null>
  }
  centres: { centre_id: string; name: string; retired_at: Generated<Date | null> }
  report_mails: {
    mail_id: string
    title: string
    question: string
    every: 'day' | 'week' | 'month'
    recipients: string[]
    sent_for: string | null
    sent_at: Generated<Date | null>
    failing_since: Generated<Date | null>
    refused_count: Generated<number>
  }
  services: { service_id: string; labels: Written<Labels, string>; retired_at: Generated<Date | null> }
  matters: {
    matter_id: string
    service_id: string
    labels: Written<Labels, string>
    sort_order: number
    retired_at: Generated<Date | null>
  }
  queues: {
    queue_id: string
    service_id: string
    language: string
    callers_max: number
    answer_within_ms: number
    short_abandon_ms: number
    is_retired: boolean
  }
  kiosks: {
    kiosk_id: string
    site_id: string
    service_id: string
    language: string
    device_key_hash: Buffer | null
    px_per_mm: Generated<number | null>
    is_out_of_order: Generated<boolean>
    retired_at: Generated<Date | null>
  }
  kiosk_health: {
    kiosk_id: string
    at: Date
    report: Written<KioskReport, string>
    faulty_since: Written<Readonly<Record<string, number>>, string>
  }
  kiosk_keys: { key_id: string; kiosk_id: string; public_key: string; made_at: Date; valid_until: Date | null }
  kiosk_key_acts: {
    act_id: Generated<string>
    at: Date
    act: KeyAct
    kiosk_id: string
    key_id: string | null
    agent_id: string | null
  }
  kiosk_orders: {
    order_id: Generated<string>
    kiosk_id: string
    at: Date
    agent_id: string
    is_out_of_order: boolean
  }
  agents: {
    agent_id: string
    username: string
    password_hash: string
    name: string
    first_name: string
    role: string
    centre_id: string
    attributes: Written<Readonly<Record<string, number>>, string>
    beside_site_id: Generated<string | null>
    provider_key: Generated<string | null>
    retired_at: Generated<Date | null>
  }
  staff: {
    staff_id: string
    staff_number: string
    name: string
    first_name: string
    site_id: string | null
    centre_id: string | null
    pin_hash: string
    badge_hash: Buffer | null
    is_active: Generated<boolean>
    retired_at: Generated<Date | null>
  }
  city_retention: { is_only: Generated<boolean>; retention: Written<RetentionEntry, string> }
  city_changes: {
    change_id: Generated<string>
    at: Date
    by_id: string | null
    by_name: string
    how: ChangeWay
    takes_back: string | null
    differences: Written<CityDifference[], string>
  }
  call_notes: { call_id: string; note: Written<unknown, string> }
  policies: {
    policy_number: Generated<string>
    version: string
    document: string
    is_for_waiting: boolean
    loaded_at: Generated<Date>
  }
  articles: ArticleRow
  article_words: { language: string; word: string; letters: string; stem: string; articles_count: number }
  article_remarks: {
    remark_id: string
    article_id: string
    article_version: number
    said_by: string
    said_at: Date
    words: string
    done_at: Generated<Date | null>
    done_by: Generated<string | null>
  }
  sign_ins: {
    token_hash: Buffer
    agent_id: string
    created_at: Generated<Date>
    used_at: Generated<Date>
    sign_in_id: Generated<string>
    way: Generated<'password' | 'provider'>
    browser: Generated<string | null>
    provider_subject: Generated<string | null>
    provider_session: Generated<string | null>
  }
  second_factors: {
    agent_id: string
    secret_sealed: Generated<Buffer | null>
    pending_sealed: Generated<Buffer | null>
    last_period: Generated<string>
  }
  recovery_codes: { agent_id: string; code_hash: Buffer }
  job_runs: { job: string; done_at: Generated<Date | null>; failed_at: Generated<Date | null> }
  journal: {
    seq: Written<string, number>
    at: Date
    type: string
    call_id: string | null
    agent_id: string | null
    event: Written<unknown, string>
    facts: Written<unknown, string>
  }
  journal_snapshots: { seq: Written<string, number>; at: Date; snapshot: Written<unknown, string> }
  calls: {
    call_id: string
    kiosk_id: string
    site_id: string | null
    queue_id: string
    class_id: string
    mode: string
    language: string
    ticket: string | null
    matter_id: string | null
    arrived_at: Date
    answered_at: Date | null
    ended_at: Date | null
    agent_id: string | null
    outcome: string | null
    end_reason: string | null
    promised_p50_ms: number | null
    promised_p80_ms: number | null
    origin: Generated<string>
    staff_id: string | null
    staff_left_at: Date | null
    beside_agent_id: Generated<string | null>
  }
  earlier_tickets: { call_id: string; ticket: string; at: Date }
  ratings: { call_id: string; site_id: string; queue_id: string; face: string; at: Date }
  handlings: {
    call_id: string
    agent_id: string
    accepted_at: Date
    hung_up_at: Date
    wrapped_up_at: Date | null
    lent_by_centre_id: string | null
    asked_in_as: string | null
    searched_ms: number | null
    is_handed_over: Generated<boolean>
  }
  callbacks: {
    call_id: string
    of_call_id: string
    first_call_id: string
    promised_by_id: string
    promised_at: Date
    due_at: Date
    is_by_promiser: boolean
    result: string | null
    rung_at: Date | null
    tries_count: Generated<number>
    ended_at: Date | null
  }
  warnings: {
    warning_id: string
    kind: string
    subject: string
    value: number | null
    raised_at: Date
    cleared_at: Generated<Date | null>
    acknowledged_by: Generated<string | null>
    acknowledged_at: Generated<Date | null>
  }
  webhook_outbox: {
    delivery_id: Generated<string>
    url: string
    body: string
    created_at: Date
    next_try_at: Date
    tries_count: Generated<number>
    ended_at: Generated<Date | null>
    result: Generated<string | null>
  }
  wrap_ups: {
    call_id: string
    agent_id: string
    outcome_codes: string[]
    is_solved_first: boolean | null
    note: string | null
    note_deleted_at: Generated<Date | null>
    written_at: Date
  }
} & FigureTables

export type Database = Kysely<Tables>

/** A pool on `databaseUrl`. The caller destroys it. `onError` hears of idle connections that break. */
export function openDatabase(databaseUrl: string, onError: (error: Error) => void): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    statement_timeout: 10_000,
    connectionTimeoutMillis: 15_000,
  })
  pool.on('error', onError)
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool }
}
