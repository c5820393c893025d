/**
 * `npm run seed`: puts the demo city into an empty database, and prints, as its last line, what a person needs to
 * try it. In a database that has a site it changes nothing and prints the same. The password and the kiosks' keys
 * follow from SKRANKE_DEMO_SECRET, which is made for each checkout: no two have the same.
 */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { hashPassword } from '../auth/passwords.ts'
import { hashToken } from '../auth/tokens.ts'
import { readPolicy } from '../policy/document.ts'
import { readArticleFolder } from '../knowledge/article-folder.ts'
import { keepArticles } from '../store/articles.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { keepPolicy, newestPolicy } from '../store/policies.ts'
import { STAFF_PIN_LENGTH } from '../contract/staff-words.ts'
import { besideSites, centres, counters, districts, matters, people } from './demo-city.ts'
import { owners, phones, points, services, sites, staff } from './demo-city.ts'

/** All of them know what they do well. */
const LEVEL_OF_PEOPLE = 4

const POLICY_FILE = resolve(import.meta.dirname, '../policy/copenhagen.yaml')
const ARTICLES_FOLDER = resolve(import.meta.dirname, '../knowledge/copenhagen')

/** What the launcher prints, and what load runs sign in with. */
export type DemoAccess = {
  readonly kiosks: readonly { readonly kioskId: string; readonly deviceKey: string; readonly urlPath: string }[]
  readonly accounts: readonly { username: string; password: string; role: string; name: string }[]
  /** Employees of the places, for the kiosks. */
  readonly staff: readonly { number: string; pin: string; badge: string; name: string }[]
}

function derive(secret: string, what: string): string {
  return createHmac('sha256', secret).update(what).digest('base64url')
}

/** The password of every demo account. */
export function demoPassword(secret: string): string {
  return derive(secret, 'password').replace(/[-_]/g, '').slice(0, 10)
}

/** The PIN of every demo employee: digits only. */
export function demoPin(secret: string): string {
  const digits = BigInt(`0x${Buffer.from(derive(secret, 'pin')).toString('hex')}`).toString()
  return digits.slice(-STAFF_PIN_LENGTH)
}

const BADGE_LENGTH = 32

/** What the badge of a demo employee makes a reader type. */
export function demoBadge(secret: string, number: string): string {
  return derive(secret, `badge ${number}`).replace(/[-_]/g, '').slice(0, BADGE_LENGTH)
}

/** The key of a demo kiosk. */
export function deviceKeyOf(secret: string, kioskId: string): string {
  return derive(secret, kioskId)
}

/** How a demo kiosk gets in. */
export function kioskAccess(secret: string, kioskId: string): DemoAccess['kiosks'][number] {
  const deviceKey = deviceKeyOf(secret, kioskId)
  return { kioskId, deviceKey, urlPath: `/kiosk/#kiosk=${kioskId}&key=${deviceKey}` }
}

/** The demo city's keys and passwords, which follow from the secret alone. */
export function demoAccess(secret: string): DemoAccess {
  const password = demoPassword(secret)
  const kiosks = sites.map(([siteId]) => kioskAccess(secret, `kiosk-${siteId}`))
  const pin = demoPin(secret)
  return {
    kiosks,
    accounts: people.map(([username, name, role]) => ({ username, password, role, name })),
    staff: staff.map(([number, name]) => ({ number, name, pin, badge: demoBadge(secret, number) })),
  }
}

/** One of the demo city's people, as the database holds them. */
function rowOf([username, name, role, centre_id, skills]: (typeof people)[number], password_hash: string) {
  return {
    agent_id: username,
    username,
    password_hash,
    name,
    first_name: name.split(' ')[0] ?? name,
    role,
    centre_id,
    attributes: JSON.stringify(Object.fromEntries(skills.map((skill) => [skill, LEVEL_OF_PEOPLE]))),
  }
}

/** Loads the demo city's policy where none was ever loaded: also into a database of a former version. */
async function seedPolicy(db: Database): Promise<void> {
  if ((await newestPolicy(db)) !== undefined) return
  const document = readFileSync(POLICY_FILE, 'utf8')
  const checked = readPolicy(document)
  if (!checked.isValid) throw new Error(`${POLICY_FILE} is wrong: ${checked.faults[0]?.sentence}`)
  await keepPolicy(db, { version: checked.policy.version, document, isForWaiting: true })
}

/** Where the places are, and whom to ring. */
async function seedPlaces(trx: Database): Promise<void> {
  await trx
    .insertInto('districts')
    .values(districts.map(([district_id, name]) => ({ district_id, name })))
    .execute()
  await trx
    .insertInto('sites')
    .values(
      sites.map(([site_id, name, site_type, address, district_id]) => {
        const [latitude, longitude] = points[site_id]
        return { site_id, name, site_type, address, district_id, latitude, longitude }
      }),
    )
    .execute()
  await trx
    .insertInto('city_phones')
    .values(
      phones.map(([kind, number, labels], sort_order) => {
        return { kind, number, labels: JSON.stringify(labels), sort_order }
      }),
    )
    .execute()
}

/** The employees of the demo city's places, where there are none: also into a database of a former version. */
async function seedStaff(db: Database, secret: string): Promise<void> {
  if ((await db.selectFrom('staff').select('staff_id').executeTakeFirst()) !== undefined) return
  const pin_hash = await hashPassword(demoPin(secret))
  const rows = staff.map(([staff_number, name, site_id, centre_id]) => ({
    staff_id: `staff-${staff_number}`,
    staff_number,
    name,
    first_name: name.split(' ')[0] ?? name,
    site_id,
    centre_id,
    pin_hash,
    badge_hash: hashToken(demoBadge(secret, staff_number)),
  }))
  await db.insertInto('staff').values(rows).execute()
}

/** The desks from which employees call beside citizens, where nobody may yet: also into a database of a former version. */
async function seedDesks(db: Database): Promise<void> {
  const known = db.selectFrom('agents').select('agent_id').where('beside_site_id', 'is not', null)
  if ((await known.executeTakeFirst()) !== undefined) return
  const rows = counters.map(([site_id, name, site_type, address, district_id]) => {
    return { site_id, name, site_type, address, district_id }
  })
  await db
    .insertInto('sites')
    .values(rows)
    .onConflict((there) => there.column('site_id').doNothing())
    .execute()
  for (const [username, siteId] of Object.entries(besideSites)) {
    await db.updateTable('agents').set({ beside_site_id: siteId }).where('username', '=', username).execute()
  }
}

/** Who sets up the demo city, where nobody may yet: also into a database of a former version. */
async function seedAdministrators(db: Database, secret: string): Promise<void> {
  const known = db.selectFrom('agents').select('agent_id').where('role', '=', 'administrator')
  if ((await known.executeTakeFirst()) !== undefined) return
  const password_hash = await hashPassword(demoPassword(secret))
  const rows = people.filter(([, , role]) => role === 'administrator').map((person) => rowOf(person, password_hash))
  await db.insertInto('agents').values(rows).execute()
}

/** The demo city's articles, where none was ever loaded. */
async function seedArticles(db: Database): Promise<void> {
  if ((await db.selectFrom('articles').select('article_id').executeTakeFirst()) !== undefined) return
  const { articles, faults } = readArticleFolder(ARTICLES_FOLDER)
  if (faults.length > 0) throw new Error(faults[0])
  await keepArticles(db, articles, Date.now())
  const rows = owners.map(([owner_id, name, people]) => ({ owner_id, name, people: JSON.stringify(people) }))
  await db
    .insertInto('article_owners')
    .values(rows)
    .onConflict((there) => there.column('owner_id').doNothing())
    .execute()
}

/** What a database of a former version lacks too. */
async function seedMore(db: Database, secret: string): Promise<void> {
  await seedPolicy(db)
  await seedStaff(db, secret)
  await seedDesks(db)
  await seedAdministrators(db, secret)
  await seedArticles(db)
}

/** Seeds the database unless it holds a site already. Returns whether it did. */
export async function seedDemoCity(db: Database, secret: string): Promise<boolean> {
  const known = await db.selectFrom('sites').select('site_id').execute()
  if (known.length > 0) {
    if (known.some(({ site_id: siteId }) => siteId === sites[0][0])) await seedMore(db, secret)
    return false
  }
  const passwordHash = await hashPassword(demoPassword(secret))
  await db.transaction().execute(async (trx) => {
    await seedPlaces(trx)
    await trx
      .insertInto('centres')
      .values(centres.map(([centre_id, name]) => ({ centre_id, name })))
      .execute()
    await trx
      .insertInto('services')
      .values(services.map(([service_id, labels]) => ({ service_id, labels: JSON.stringify(labels) })))
      .execute()
    await trx
      .insertInto('matters')
      .values(
        matters.map(([matter_id, service_id, labels], sort_order) => {
          return { matter_id, service_id, labels: JSON.stringify(labels), sort_order }
        }),
      )
      .execute()
    await trx
      .insertInto('kiosks')
      .values(
        sites.map(([site_id, , , , , service_id]) => ({
          kiosk_id: `kiosk-${site_id}`,
          site_id,
          service_id,
          language: 'da',
          device_key_hash: hashToken(deviceKeyOf(secret, `kiosk-${site_id}`)),
        })),
      )
      .execute()
    await trx
      .insertInto('agents')
      .values(people.map((person) => rowOf(person, passwordHash)))
      .execute()
  })
  await seedMore(db, secret)
  return true
}

if (import.meta.main) {
  const { DATABASE_URL: databaseUrl, SKRANKE_DEMO_SECRET: secret } = process.env
  if (databaseUrl === undefined || secret === undefined) {
    process.stderr.write('DATABASE_URL and SKRANKE_DEMO_SECRET must be set.\n')
    process.exit(1)
  }
  const { db } = openDatabase(databaseUrl, () => undefined)
  await seedDemoCity(db, secret)
  await db.destroy()
  process.stdout.write(`${JSON.stringify(demoAccess(secret))}\n`)
}
