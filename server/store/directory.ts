/**
 * The city as it is configured: read whole at the start and whenever it is changed, small enough to keep in memory. What is
 * retired is not in it. Queues follow the policy.
 */
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
  /** What its screens say of it while nobody calls there. */
  readonly note?: Labels | null
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
  /** Of a key that can be copied: for demonstrations and tests. Null where it has none. */
  readonly deviceKeyHash: Buffer | null
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

/** A function that articles name as their owner, and who is asked about them. */
export type ArticleOwner = { readonly ownerId: string; readonly name: string; readonly people: readonly string[] }

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
  readonly owners: readonly ArticleOwner[]
}

/** A directory that can be brought up to date while it is used. */
export type LoadedDirectory = Directory & {
  /** Reads everything anew. Whoever holds a part of the directory, or a person of it, has the new one in hand. */
  readAgain(): Promise<void>
}

/** Reads everything that is configured and not retired. */
export async function loadDirectory(db: Database): Promise<LoadedDirectory> {
  const city = await readAll(db)
  let queues: ReadonlyMap<string, QueueSetting> = await loadQueues(db)
  return {
    get queues() {
      return queues
    },
    showQueues: (loaded) => void (queues = loaded),
    kiosks: city.kiosks,
    people: city.people,
    serviceIds: city.serviceIds,
    centreIds: city.centreIds,
    matters: city.matters,
    sites: city.sites,
    phones: city.phones,
    owners: city.owners,
    readAgain: async () => {
      const [next, nextQueues] = [await readAll(db), await loadQueues(db)]
      queues = nextQueues
      takeOver(city.sites, next.sites)
      takeOver(city.kiosks, next.kiosks)
      takeOver(city.people, next.people)
      for (const [ids, nextIds] of [
        [city.serviceIds, next.serviceIds],
        [city.centreIds, next.centreIds],
      ] as const) {
        ids.clear()
        for (const id of nextIds) ids.add(id)
      }
      city.matters.splice(0, city.matters.length, ...next.matters)
      city.owners.splice(0, city.owners.length, ...next.owners)
      Object.assign(city.phones, next.phones)
    },
  }
}

/** Those that stay are the same things with other settings: connections know them by what they are. */
function takeOver<T extends object>(things: Map<string, T>, next: ReadonlyMap<string, T>): void {
  const before = new Map(things)
  things.clear()
  for (const [id, thing] of next) things.set(id, Object.assign(before.get(id) ?? thing, thing))
}

async function readAll(db: Database) {
  const sites = await loadSites(db)
  const services = await db.selectFrom('services').select('service_id').where('retired_at', 'is', null).execute()
  const centres = await db.selectFrom('centres').select('centre_id').where('retired_at', 'is', null).execute()
  return {
    sites,
    kiosks: await loadKiosks(db, sites),
    people: await loadPeople(db, sites),
    serviceIds: new Set(services.map(({ service_id: id }) => id)),
    centreIds: new Set(centres.map(({ centre_id: id }) => id)),
    matters: await loadMatters(db),
    phones: await loadPhones(db),
    owners: await loadOwners(db),
  }
}

async function loadKiosks(db: Database, siteById: ReadonlyMap<string, Site>): Promise<Map<string, Kiosk>> {
  const kiosks = new Map<string, Kiosk>()
  const rows = await db.selectFrom('kiosks').selectAll().where('retired_at', 'is', null).orderBy('kiosk_id').execute()
  for (const row of rows) {
    const site = siteById.get(row.site_id)
    if (site === undefined) continue
    const { kiosk_id: kioskId, service_id: serviceId, language, device_key_hash: deviceKeyHash } = row
    const { px_per_mm: pxPerMm } = row
    kiosks.set(kioskId, { kioskId, site, serviceId, language, deviceKeyHash, pxPerMm })
  }
  return kiosks
}

async function loadMatters(db: Database): Promise<Matter[]> {
  const rows = await db
    .selectFrom('matters')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('sort_order')
    .orderBy('matter_id')
    .execute()
  return rows.map((row) => ({ matterId: row.matter_id, serviceId: row.service_id, labels: row.labels }))
}

async function loadSites(db: Database): Promise<Map<string, Site>> {
  const rows = await db
    .selectFrom('sites')
    .innerJoin('districts', 'districts.district_id', 'sites.district_id')
    .selectAll('sites')
    .select('districts.name as district_name')
    .where('sites.retired_at', 'is', null)
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
        note: row.screen_note,
      },
    ]),
  )
}

async function loadOwners(db: Database): Promise<ArticleOwner[]> {
  const rows = await db.selectFrom('article_owners').selectAll().where('retired_at', 'is', null).execute()
  return rows.map(({ owner_id: ownerId, name, people }) => ({ ownerId, name, people }))
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
    .where('agents.retired_at', 'is', null)
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

/** As whom an article may name somebody as its owner: by their own id, and as each function they are asked for. */
export function ownerNames({ owners }: Pick<Directory, 'owners'>, agentId: string): string[] {
  const functions = owners.filter(({ people }) => people.includes(agentId))
  return [agentId, ...functions.flatMap(({ ownerId, name }) => [ownerId, name])]
}

/** Somebody who was deleted is nobody from now on: they cannot sign in, and are not offered as a colleague. */
export function forgetPerson({ people }: Directory, agentId: string): void {
  // Made below `loadDirectory` and read by everybody else.
  const known = people as Map<string, Person>
  known.delete(agentId)
}
