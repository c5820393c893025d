/** The city as it is configured: read whole at the start, small enough to keep in memory. Queues follow the policy. */
import type { Role } from '#server/contract/http.ts'
import type { Labels } from '#server/contract/ids.ts'
import type { Database } from './database.ts'

export type Site = {
  readonly siteId: string
  readonly name: string
  readonly siteType: string
  readonly address: string
  readonly districtName: string
  /** Whether the screens there tell how long the wait may be. */
  readonly isWaitTold: boolean
  /** Degrees north and east; null where nobody has said where it is. */
  readonly point: Point | null
  /** A number of its own. */
  readonly phone: string | null
}
export type Point = { readonly latitude: number; readonly longitude: number }
/** Numbers that a city shows where nobody answers. */
export type CityPhones = {
  /** Of the contact centre. */
  readonly contact: string | null
  readonly emergency: readonly { readonly labels: Labels; readonly number: string }[]
}
export type Kiosk = {
  readonly kioskId: string
  readonly site: Site
  readonly serviceId: string
  readonly language: string
  readonly deviceKeyHash: Buffer
  /** Pixels to a millimetre of its glass; null where nobody has measured it. */
  readonly pxPerMm: number | null
}
export type Person = {
  readonly agentId: string
  readonly username: string
  readonly passwordHash: string
  readonly name: string
  readonly firstName: string
  readonly role: Role
  readonly centreId: string
  readonly centreName: string
  /** What the person can, each at a level from 1 to 5. */
  readonly attributes: Readonly<Record<string, number>>
  /** From where they may call with a citizen beside them; null where they may not. */
  readonly besideSite: Site | null
}
/** A queue as it is shown and counted; its rules are in the policy. */
export type QueueSetting = {
  readonly id: string
  readonly serviceId: string
  readonly serviceLabels: Labels
  readonly language: string
  readonly answerWithinMs: number
  readonly shortAbandonMs: number
}
export type Matter = { readonly matterId: string; readonly serviceId: string; readonly labels: Labels }

export type Directory = {
  /** After a policy was loaded: the queues from now on. */
  showQueues(queues: ReadonlyMap<string, QueueSetting>): void
  readonly kiosks: ReadonlyMap<string, Kiosk>
  readonly people: ReadonlyMap<string, Person>
  readonly queues: ReadonlyMap<string, QueueSetting>
  readonly serviceIds: ReadonlySet<string>
  readonly centreIds: ReadonlySet<string>
  readonly matters: readonly Matter[]
  readonly sites: ReadonlyMap<string, Site>
  readonly phones: CityPhones
}

/** Reads everything that is configured. */
export async function loadDirectory(db: Database): Promise<Directory> {
  const siteById = await loadSites(db)
  const kiosks = new Map<string, Kiosk>()
  for (const row of await db.selectFrom('kiosks').selectAll().orderBy('kiosk_id').execute()) {
    const site = siteById.get(row.site_id)
    if (site === undefined) continue
    const { kiosk_id: kioskId, service_id: serviceId, language, device_key_hash: deviceKeyHash } = row
    const { px_per_mm: pxPerMm } = row
    kiosks.set(kioskId, { kioskId, site, serviceId, language, deviceKeyHash, pxPerMm })
  }
  const services = await db.selectFrom('services').select('service_id').execute()
  const centres = await db.selectFrom('centres').select('centre_id').execute()
  const matters = await db.selectFrom('matters').selectAll().orderBy('sort_order').execute()
  let queues: ReadonlyMap<string, QueueSetting> = await loadQueues(db)
  return {
    get queues() {
      return queues
    },
    showQueues: (loaded) => void (queues = loaded),
    kiosks,
    people: await loadPeople(db, siteById),
    serviceIds: new Set(services.map(({ service_id: id }) => id)),
    centreIds: new Set(centres.map(({ centre_id: id }) => id)),
    matters: matters.map((row) => ({ matterId: row.matter_id, serviceId: row.service_id, labels: row.labels })),
    sites: siteById,
    phones: await loadPhones(db),
  }
}

async function loadSites(db: Database): Promise<Map<string, Site>> {
  const rows = await db
    .selectFrom('sites')
    .innerJoin('districts', 'districts.district_id', 'sites.district_id')
    .selectAll('sites')
    .select('districts.name as district_name')
    .orderBy('site_id')
    .execute()
  return new Map(
    rows.map(({ latitude, longitude, ...row }): [string, Site] => [
      row.site_id,
      {
        siteId: row.site_id,
        name: row.name,
        siteType: row.site_type,
        address: row.address,
        districtName: row.district_name,
        isWaitTold: row.is_wait_told,
        point: latitude === null || longitude === null ? null : { latitude, longitude },
        phone: row.phone,
      },
    ]),
  )
}

async function loadPhones(db: Database): Promise<CityPhones> {
  const rows = await db.selectFrom('city_phones').selectAll().orderBy('sort_order').execute()
  return {
    contact: rows.find(({ kind }) => kind === 'contact')?.number ?? null,
    emergency: rows.filter(({ kind }) => kind === 'emergency').map(({ labels, number }) => ({ labels, number })),
  }
}

async function loadPeople(db: Database, sites: ReadonlyMap<string, Site>): Promise<Map<string, Person>> {
  const rows = await db
    .selectFrom('agents')
    .innerJoin('centres', 'centres.centre_id', 'agents.centre_id')
    .selectAll('agents')
    .select('centres.name as centre_name')
    .execute()
  return new Map(
    rows.map((row): [string, Person] => [
      row.agent_id,
      {
        agentId: row.agent_id,
        username: row.username,
        passwordHash: row.password_hash,
        name: row.name,
        firstName: row.first_name,
        // The table holds no other.
        role: row.role as Role,
        centreId: row.centre_id,
        centreName: row.centre_name,
        attributes: row.attributes,
        besideSite: sites.get(row.beside_site_id ?? '') ?? null,
      },
    ]),
  )
}

/** The queues that are in use. */
export async function loadQueues(db: Database): Promise<Map<string, QueueSetting>> {
  const rows = await db
    .selectFrom('queues')
    .innerJoin('services', 'services.service_id', 'queues.service_id')
    .selectAll('queues')
    .select('services.labels')
    .where('is_retired', '=', false)
    .orderBy('queue_id')
    .execute()
  return new Map(
    rows.map((row): [string, QueueSetting] => [
      row.queue_id,
      {
        id: row.queue_id,
        serviceId: row.service_id,
        serviceLabels: row.labels,
        language: row.language,
        answerWithinMs: row.answer_within_ms,
        shortAbandonMs: row.short_abandon_ms,
      },
    ]),
  )
}
