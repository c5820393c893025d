/** The city's tables as one content, read and written. What is retired is not part of it. */
import { sql } from 'kysely'
import {
  RETENTION,
  type CityContent,
  type KioskEntry,
  type PersonEntry,
  type RetentionEntry,
  type SiteEntry,
  type StaffEntry,
} from '#server/contract/city-document.ts'
import type { Database } from './database.ts'
import { newestPolicy } from './policies.ts'

export type KeptCity = { readonly content: CityContent; readonly policyText: string | undefined }

/** Everything of which two may not be changed at the same time. */
const TABLES =
  'districts, centres, services, matters, sites, kiosks, agents, staff, article_owners, city_phones, city_retention, policies'

/** Until the end of the transaction nobody else changes the city, by whatever way. Reading goes on. */
export async function holdCity(trx: Database): Promise<void> {
  await sql.raw(`lock table ${TABLES} in share row exclusive mode`).execute(trx)
}

/** The city as it is, without what is secret and what is retired. Ids are in their order, so that the text is always the same. */
export async function readKeptCity(db: Database): Promise<KeptCity> {
  const [districts, centres, services, matters] = [
    await db.selectFrom('districts').selectAll().where('retired_at', 'is', null).orderBy('district_id').execute(),
    await db.selectFrom('centres').selectAll().where('retired_at', 'is', null).orderBy('centre_id').execute(),
    await db.selectFrom('services').selectAll().where('retired_at', 'is', null).orderBy('service_id').execute(),
    await db.selectFrom('matters').selectAll().where('retired_at', 'is', null).orderBy('matter_id').execute(),
  ]
  const content: CityContent = {
    format: 1,
    districts: byId(districts.map(({ district_id: id, name }) => [id, { name }])),
    centres: byId(centres.map(({ centre_id: id, name }) => [id, { name }])),
    services: byId(services.map(({ service_id: id, labels }) => [id, { labels: inOrder(labels) }])),
    matters: byId(
      matters.map(({ matter_id: id, service_id: service, labels, sort_order: order }) => [
        id,
        { service, labels: inOrder(labels), order },
      ]),
    ),
    sites: await readSites(db),
    kiosks: await readKiosks(db),
    people: await readPeople(db),
    staff: await readStaff(db),
    owners: await readOwners(db),
    phones: await readPhones(db),
    retention: await readRetention(db),
  }
  return { content, policyText: (await newestPolicy(db))?.document }
}

async function readSites(db: Database): Promise<CityContent['sites']> {
  const rows = await db.selectFrom('sites').selectAll().where('retired_at', 'is', null).orderBy('site_id').execute()
  return byId(
    rows.map(({ site_id: id, name, site_type: kind, address, district_id: district, ...row }): [string, SiteEntry] => {
      const { latitude, longitude, phone, is_wait_told: tellsWait, screen_note: note } = row
      const point = latitude === null || longitude === null ? {} : { point: { latitude, longitude } }
      // Kinds were checked when they were written.
      const place = { name, kind: kind as SiteEntry['kind'], address, district, ...point }
      const said = { tellsWait, ...(note === null ? {} : { note: inOrder(note) }) }
      return [id, { ...place, ...(phone === null ? {} : { phone }), ...said }]
    }),
  )
}

async function readKiosks(db: Database): Promise<CityContent['kiosks']> {
  const rows = await db.selectFrom('kiosks').selectAll().where('retired_at', 'is', null).orderBy('kiosk_id').execute()
  return byId(
    rows.map(({ kiosk_id: id, site_id: site, service_id: service, language, px_per_mm: px }): [string, KioskEntry] => {
      const glass = px === null ? {} : { pxPerMm: px }
      return [id, { site, service, language: language as KioskEntry['language'], ...glass }]
    }),
  )
}

async function readPeople(db: Database): Promise<CityContent['people']> {
  const rows = await db.selectFrom('agents').selectAll().where('retired_at', 'is', null).orderBy('agent_id').execute()
  return byId(
    rows.map(({ agent_id: id, username, name, first_name: firstName, centre_id: centre, ...row }) => {
      const { role, attributes, beside_site_id: besideSite } = row
      const beside = besideSite === null ? {} : { besideSite }
      const who = { username, name, firstName, role: role as PersonEntry['role'], centre }
      return [id, { ...who, skills: inOrder(attributes), ...beside }]
    }),
  )
}

async function readStaff(db: Database): Promise<CityContent['staff']> {
  const rows = await db.selectFrom('staff').selectAll().where('retired_at', 'is', null).orderBy('staff_id').execute()
  return byId(
    rows.map(({ staff_id: id, staff_number: number, name, first_name: firstName, ...row }): [string, StaffEntry] => {
      const place = row.site_id === null ? {} : { site: row.site_id }
      const centre = row.centre_id === null ? {} : { centre: row.centre_id }
      return [id, { number, name, firstName, ...place, ...centre, mayCall: row.is_active }]
    }),
  )
}

async function readOwners(db: Database): Promise<CityContent['owners']> {
  const query = db.selectFrom('article_owners').selectAll().where('retired_at', 'is', null)
  const rows = await query.orderBy('owner_id').execute()
  return byId(rows.map(({ owner_id: id, name, people }) => [id, { name, people: [...people] }]))
}

async function readPhones(db: Database): Promise<CityContent['phones']> {
  const rows = await db.selectFrom('city_phones').selectAll().orderBy('sort_order').orderBy('number').execute()
  return rows.map(({ kind, number, labels }) => {
    return { kind: kind as CityContent['phones'][number]['kind'], number, labels: inOrder(labels) }
  })
}

/** How long things are kept: what was set, and what holds where nothing was. */
export async function readRetention(db: Database): Promise<RetentionEntry> {
  const row = await db.selectFrom('city_retention').select('retention').executeTakeFirst()
  return { ...RETENTION, ...row?.retention }
}

/** As a record without a prototype's names, in the order of the rows. */
function byId<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries)
}

/** Postgres gives JSON's keys in its own order; Danish and English come first, then the alphabet. */
function inOrder<T extends object>(record: T): T {
  const rank = (key: string) => (key === 'da' ? '0' : key === 'en' ? '1' : key)
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))) as T
}
