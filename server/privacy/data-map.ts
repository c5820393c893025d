/**
 * What is kept of people: every table of the database, what of it is somebody's, what for, and when it goes. Pure. The test
 * compares it with the schema: a table or a personal column that is not said here fails it.
 */

/** Whose data it is. Citizens have no account and are never named; what is written about them in free text may name them. */
export type Whose = 'nobody' | 'staff' | 'citizens' | 'both'

export type Kept =
  /** Nothing personal is in it. */
  | { readonly kind: 'not-personal' }
  /** A background job deletes it; `days` as the settings or the policy say by default. */
  | { readonly kind: 'job'; readonly job: string; readonly days: number; readonly setBy: string | null }
  /** It is as long there as what it is about, and goes by `npm run person`. */
  | { readonly kind: 'person'; readonly until: string }
  /** Only ids: whose they are stands in `agents` and `staff`, and goes with the person there. */
  | { readonly kind: 'ids'; readonly why: string }
  /** It goes by itself as the call ends. */
  | { readonly kind: 'call' }

export type TableRule = {
  readonly table: string
  readonly whose: Whose
  /** The columns that say something of somebody, in the order of the table. */
  readonly personal: readonly string[]
  readonly purpose: string
  readonly kept: Kept
}

const nobody = (table: string, purpose: string): TableRule => ({
  table,
  whose: 'nobody',
  personal: [],
  purpose,
  kept: { kind: 'not-personal' },
})
const byJob = (job: string, days: number, setBy: string | null = null): Kept => ({ kind: 'job', job, days, setBy })
const IDS: Kept = {
  kind: 'ids',
  why: 'the record of calls, from which every figure is folded and every decision explained',
}
const WHILE_EMPLOYED: Kept = { kind: 'person', until: 'the employee leaves' }

export const DATA_MAP: readonly TableRule[] = [
  {
    table: 'agents',
    whose: 'staff',
    personal: [
      'agent_id',
      'username',
      'password_hash',
      'name',
      'first_name',
      'role',
      'centre_id',
      'attributes',
      'provider_key',
    ],
    purpose: 'who may sign in, what calls they can take, and what citizens and colleagues call them',
    kept: WHILE_EMPLOYED,
  },
  {
    table: 'article_owners',
    whose: 'staff',
    personal: ['people'],
    purpose: 'who is asked about articles of a function',
    kept: WHILE_EMPLOYED,
  },
  {
    table: 'article_remarks',
    whose: 'staff',
    personal: ['said_by', 'words', 'done_by'],
    purpose: 'what agents find wrong in articles',
    kept: byJob('remark-retention', 180),
  },
  nobody('article_words', 'search among articles'),
  nobody('articles', 'what agents look up; an owner is an office'),
  {
    table: 'call_notes',
    whose: 'both',
    personal: ['note'],
    purpose: 'what an employee beside a citizen writes to whoever answers',
    kept: { kind: 'call' },
  },
  {
    table: 'callbacks',
    whose: 'both',
    personal: ['first_call_id', 'promised_by_id'],
    purpose: 'callbacks that were promised: at a kiosk by its ticket, never at a telephone number',
    kept: IDS,
  },
  {
    table: 'calls',
    whose: 'both',
    personal: ['agent_id', 'ticket', 'staff_id', 'beside_agent_id'],
    purpose: 'the record of calls: where from, what about, how long, what came of it',
    kept: IDS,
  },
  nobody('centres', 'contact centres'),
  {
    table: 'city_changes',
    whose: 'staff',
    personal: ['by_id', 'by_name', 'differences'],
    purpose: 'who changed what of the city, people among it, so that it can be taken back',
    kept: byJob('change-retention', 730, 'retention.changesDays of the city'),
  },
  nobody('city_phones', 'telephone numbers of the city'),
  nobody('city_retention', 'how long things are kept'),
  nobody('districts', 'districts'),
  {
    table: 'earlier_tickets',
    whose: 'citizens',
    personal: ['ticket'],
    purpose: 'who comes back the same day meets whoever they talked with',
    kept: byJob('earlier-ticket-retention', 1),
  },
  {
    table: 'figure_agent_days',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: "agents' figures, added up by day",
    kept: byJob('agent-figures-retention', 400, 'SKRANKE_SERVER_AGENT_FIGURES_DAYS'),
  },
  {
    table: 'figure_agent_quarters',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: 'agents read their own figures, supervisors those of their centre',
    kept: byJob('agent-figures-retention', 400, 'SKRANKE_SERVER_AGENT_FIGURES_DAYS'),
  },
  nobody('figure_calls', 'figures of calls: no person is in them'),
  nobody('figure_checks', 'whether figures are what the journal says'),
  nobody('figure_days', 'figures, added up'),
  nobody('figure_line_days', 'figures, added up'),
  nobody('figure_months', 'figures, added up'),
  nobody('figure_quarters', 'figures, added up'),
  {
    table: 'figure_spans',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: "what agents' figures are added up from",
    kept: byJob('agent-figures-retention', 400, 'SKRANKE_SERVER_AGENT_FIGURES_DAYS'),
  },
  {
    table: 'figure_trails',
    whose: 'staff',
    personal: ['trail'],
    purpose: 'calls that are not over, as far as they are counted',
    kept: { kind: 'call' },
  },
  nobody('figure_place_days', 'figures, added up'),
  nobody('figure_matter_days', 'figures, added up'),
  nobody('figure_place_months', 'figures, added up'),
  nobody('figure_line_months', 'figures, added up'),
  nobody('figure_matter_months', 'figures, added up'),
  nobody('figure_all_months', 'figures, added up'),
  nobody('figure_matter_hours', 'figures, added up'),
  nobody('figure_place_hours', 'figures, added up'),
  nobody('figure_line_hours', 'figures, added up'),
  nobody('figure_hours', 'figures, added up'),
  nobody('figures_position', 'how far the journal is counted'),
  {
    table: 'handlings',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: 'who talked with a citizen, from when to when',
    kept: IDS,
  },
  nobody('job_runs', 'when each background job was last done'),
  {
    table: 'journal',
    whose: 'both',
    personal: ['agent_id', 'event', 'facts'],
    purpose:
      'every event the engine took in, with its reasons: what was decided can be explained and replayed. Ids only',
    kept: IDS,
  },
  {
    table: 'journal_snapshots',
    whose: 'staff',
    personal: ['snapshot'],
    purpose: 'the state of the engine at a moment, so that a start is quick. Ids only',
    kept: IDS,
  },
  nobody('kiosk_health', 'kiosks as machines'),
  {
    table: 'kiosk_key_acts',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: 'who let in which kiosk, and who sent it away',
    kept: byJob('kiosk-key-retention', 730),
  },
  nobody('kiosk_keys', 'the public keys that kiosks are known by'),
  {
    table: 'kiosk_orders',
    whose: 'staff',
    personal: ['agent_id'],
    purpose: 'who took a screen out of use and back',
    kept: byJob('order-retention', 400),
  },
  nobody('kiosks', 'kiosks'),
  nobody('kysely_migration', 'which migrations have run'),
  nobody('kysely_migration_lock', 'that one runs at a time'),
  nobody('matters', 'what citizens may come for'),
  {
    table: 'notices',
    whose: 'staff',
    personal: ['posted_by'],
    purpose: 'what staff says on the screens, and who said it',
    kept: byJob('notice-retention', 90),
  },
  nobody('policies', 'the rules of the city, as they were reviewed'),
  nobody('queues', 'queues'),
  nobody('ratings', 'one of three faces for a call; from five on shown, and never of one agent'),
  {
    table: 'report_mails',
    whose: 'staff',
    personal: ['recipients'],
    purpose: 'who is sent which report',
    kept: { kind: 'person', until: 'somebody takes the address off the report' },
  },
  nobody('roster', 'how many agents are planned: numbers without names'),
  nobody('services', 'services of the city'),
  {
    table: 'recovery_codes',
    whose: 'staff',
    personal: ['agent_id', 'code_hash'],
    purpose: 'codes on paper, for who has not the phone; hashes',
    kept: WHILE_EMPLOYED,
  },
  {
    table: 'second_factors',
    whose: 'staff',
    personal: ['agent_id', 'secret_sealed', 'pending_sealed', 'last_period'],
    purpose: 'the code beside a password: sealed',
    kept: WHILE_EMPLOYED,
  },
  {
    table: 'sign_ins',
    whose: 'staff',
    personal: ['token_hash', 'agent_id', 'created_at', 'used_at', 'browser', 'provider_subject', 'provider_session'],
    purpose: 'who is signed in',
    kept: byJob('sign-in-retention', 1),
  },
  nobody('sites', 'places with kiosks'),
  {
    table: 'staff',
    whose: 'staff',
    personal: ['staff_id', 'staff_number', 'name', 'first_name', 'site_id', 'centre_id', 'pin_hash', 'badge_hash'],
    purpose: 'employees who sign in at kiosks to call together with citizens',
    kept: WHILE_EMPLOYED,
  },
  {
    table: 'staff_messages',
    whose: 'staff',
    personal: ['to_id', 'by_id', 'words'],
    purpose: 'what supervisors write to agents',
    kept: byJob('message-retention', 1),
  },
  {
    table: 'warnings',
    whose: 'staff',
    personal: ['acknowledged_by'],
    purpose: 'what supervisors were warned of, and who had seen it',
    kept: byJob('warning-retention', 90, 'retention.warningsDays of the city'),
  },
  nobody('webhook_outbox', 'what webhooks are to be told: no person is in it'),
  {
    table: 'wrap_ups',
    whose: 'both',
    personal: ['agent_id', 'note'],
    purpose: 'what came of a call, by codes; a note for colleagues',
    kept: byJob('note-retention', 30, 'wrapUp.notesKeptDays of the policy'),
  },
]

/** Columns that name a person or are written by hand. A column like these that no rule calls personal fails the test. */
export const PERSONAL_COLUMN =
  /^(agent_id|staff_id|by_id|to_id|said_by|by_name|done_by|posted_by|acknowledged_by|promised_by_id|beside_agent_id|name|first_name|username|note|words|recipients|ticket|.*(email|phone_number|address_of|password|pin)_?.*)$/

/** Columns of that form that are nobody's, by table. */
export const NOT_A_PERSON: Readonly<Record<string, readonly string[]>> = {
  article_owners: ['name'],
  centres: ['name'],
  districts: ['name'],
  sites: ['name', 'screen_note'],
  kysely_migration: ['name'],
}
