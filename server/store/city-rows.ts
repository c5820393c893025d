/** The city's things as rows of their tables: put, and taken away or retired. */
import { sql, type Transaction } from 'kysely'
import type {
  CityContent,
  CityPart,
  KioskEntry,
  MatterEntry,
  OwnerEntry,
  PersonEntry,
  SiteEntry,
  StaffEntry,
} from '#server/contract/city-document.ts'
import type { Tables } from './database.ts'

type Trx = Transaction<Tables>

/** A hash that no secret fits: who is new in the city gets a password or a PIN by another way, as a kiosk its key. */
export type NoSecrets = { readonly passwordHash: string }

/** One row: as the document says, in use again where it was retired, and with its secrets where it has some already. */
export async function putEntry(
  trx: Trx,
  part: CityPart,
  id: string,
  value: unknown,
  secrets: NoSecrets,
): Promise<void> {
  const table = TABLE_OF[part]
  const values: Record<string, unknown> = { ...rowOf(part, value), retired_at: null }
  const first = secretsOf(part, secrets)
  const all: Record<string, unknown> = { [table.id]: id, ...values, ...first }
  const names = Object.keys(all).map((name) => sql.ref(name))
  const sets = Object.keys(values).map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)
  await sql`insert into ${sql.table(table.name)} (${sql.join(names)}) values (${sql.join(Object.values(all))})
    on conflict (${sql.ref(table.id)}) do update set ${sql.join(sets)}`.execute(trx)
}

/** The tables, and what tells of something that no reference holds: the history of it. */
const TABLE_OF: Readonly<
  Record<
    CityPart,
    { readonly name: keyof Tables; readonly id: string; readonly uses: readonly [keyof Tables, string][] }
  >
> = {
  districts: { name: 'districts', id: 'district_id', uses: [] },
  centres: { name: 'centres', id: 'centre_id', uses: [['figure_calls', 'centre_id']] },
  services: { name: 'services', id: 'service_id', uses: [] },
  matters: { name: 'matters', id: 'matter_id', uses: [['calls', 'matter_id']] },
  sites: { name: 'sites', id: 'site_id', uses: [['calls', 'site_id']] },
  kiosks: {
    name: 'kiosks',
    id: 'kiosk_id',
    uses: [
      ['calls', 'kiosk_id'],
      ['kiosk_orders', 'kiosk_id'],
    ],
  },
  people: {
    name: 'agents',
    id: 'agent_id',
    uses: [
      ['handlings', 'agent_id'],
      ['calls', 'beside_agent_id'],
      ['figure_spans', 'agent_id'],
      ['kiosk_orders', 'agent_id'],
    ],
  },
  staff: { name: 'staff', id: 'staff_id', uses: [['calls', 'staff_id']] },
  owners: { name: 'article_owners', id: 'owner_id', uses: [] },
}

function rowOf(part: CityPart, value: unknown): Record<string, unknown> {
  switch (part) {
    case 'districts':
    case 'centres':
      return { name: (value as { name: string }).name }
    case 'services':
      return { labels: JSON.stringify((value as CityContent['services'][string]).labels) }
    case 'matters': {
      const { service, labels, order } = value as MatterEntry
      return { service_id: service, labels: JSON.stringify(labels), sort_order: order }
    }
    case 'sites': {
      const { name, kind, address, district, point, phone, tellsWait, note } = value as SiteEntry
      const place = { latitude: point?.latitude ?? null, longitude: point?.longitude ?? null, phone: phone ?? null }
      const said = { is_wait_told: tellsWait, screen_note: note === undefined ? null : JSON.stringify(note) }
      return { name, site_type: kind, address, district_id: district, ...place, ...said }
    }
    case 'kiosks': {
      const { site, service, language, pxPerMm } = value as KioskEntry
      return { site_id: site, service_id: service, language, px_per_mm: pxPerMm ?? null }
    }
    case 'people': {
      const { username, name, firstName, role, centre, skills, besideSite } = value as PersonEntry
      const who = { username, name, first_name: firstName, role, centre_id: centre }
      return { ...who, attributes: JSON.stringify(skills), beside_site_id: besideSite ?? null }
    }
    case 'staff': {
      const { number, name, firstName, site, centre, mayCall } = value as StaffEntry
      const place = { site_id: site ?? null, centre_id: centre ?? null }
      return { staff_number: number, name, first_name: firstName, ...place, is_active: mayCall }
    }
    case 'owners': {
      const { name, people } = value as OwnerEntry
      return { name, people: JSON.stringify(people) }
    }
  }
}

function secretsOf(part: CityPart, { passwordHash }: NoSecrets): Record<string, unknown> {
  if (part === 'people') return { password_hash: passwordHash }
  return part === 'staff' ? { pin_hash: passwordHash } : {}
}

const FOREIGN_KEY_VIOLATION = '23503'

/** Deletes what nothing hangs on. Everything else is retired: its name and what was counted stay, and it is used no more. */
export async function takeEntryAway(trx: Trx, part: CityPart, id: string, at: number): Promise<void> {
  const { name, id: key, uses } = TABLE_OF[part]
  if (part === 'people') await sql`delete from sign_ins where agent_id = ${id}`.execute(trx)
  const used = uses.map(
    ([table, column]) => sql`exists (select from ${sql.table(table)} where ${sql.ref(column)} = ${id})`,
  )
  const isUnused = used.length === 0 ? sql`true` : sql`not (${sql.join(used, sql` or `)})`
  await sql`savepoint before_delete`.execute(trx)
  try {
    const gone = await sql`delete from ${sql.table(name)} where ${sql.ref(key)} = ${id} and ${isUnused}`.execute(trx)
    if ((gone.numAffectedRows ?? 0n) > 0n) return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION)) throw error
    await sql`rollback to savepoint before_delete`.execute(trx)
  }
  await sql`update ${sql.table(name)} set retired_at = ${new Date(at)} where ${sql.ref(key)} = ${id}`.execute(trx)
}
