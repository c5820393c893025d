/** People as the city's own sign-in names them: found, bound to their account once, entered where the city wishes it. */
import { randomBytes } from 'node:crypto'
import type { Role } from '#server/contract/http.ts'
import { announceCity } from './city-changes.ts'
import type { Database } from './database.ts'
import { endSaying } from './sign-ins.ts'

export type CityWord = {
  /** Issuer and subject: what never is somebody else's. */
  readonly key: string
  readonly username: string | null
  readonly name: string | null
  readonly firstName: string | null
  readonly role: Role
}

/** A hash that no password has. */
const NO_PASSWORD = '!'
const NAME_LENGTH_MAX = 64

/**
 * The account of whom the city names, with the role that the city gives them. Null: there is none, or it is another's there, or somebody
 * left. `enterAtCentre`: where somebody new is entered; undefined: they are not.
 */
export async function cityPerson(
  db: Database,
  word: CityWord,
  enterAtCentre: string | undefined,
): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    const known = await knownAs(trx, word)
    const before = known ?? (await bound(trx, word))
    if (before?.retired_at != null) return null
    if (before !== undefined) {
      if (before.role === word.role) return before.agent_id
      // Every sign-in by the former role ends with it.
      await trx.updateTable('agents').set({ role: word.role }).where('agent_id', '=', before.agent_id).execute()
      await announceCity(trx)
      return before.agent_id
    }
    if (enterAtCentre === undefined || word.username === null) return null
    const agentId = `person-${randomBytes(8).toString('hex')}`
    const name = word.name ?? word.username
    const entered = await trx
      .insertInto('agents')
      .values({
        agent_id: agentId,
        username: word.username.slice(0, NAME_LENGTH_MAX),
        password_hash: NO_PASSWORD,
        name,
        first_name: word.firstName ?? name.split(' ')[0] ?? name,
        role: word.role,
        centre_id: enterAtCentre,
        attributes: '{}',
        provider_key: word.key,
      })
      .onConflict((there) => there.doNothing())
      .executeTakeFirst()
    // The name is somebody else's.
    if (entered.numInsertedOrUpdatedRows === 0n) return null
    await announceCity(trx)
    return agentId
  })
}

/** Which role is kept of whom the city names; null: none is known. */
export async function roleKept(db: Database, key: string, username: string | null): Promise<string | null> {
  const row = await knownAs(db, { key })
  if (row !== undefined) return row.role
  const named = await db
    .selectFrom('agents')
    .select('role')
    .where('username', '=', username ?? '')
    .where('provider_key', 'is', null)
    .executeTakeFirst()
  return named?.role ?? null
}

const knownAs = (db: Database, { key }: Pick<CityWord, 'key'>) =>
  db.selectFrom('agents').select(['agent_id', 'role', 'retired_at']).where('provider_key', '=', key).executeTakeFirst()

/** The account of that user name, which is theirs from here on, unless it is somebody else's there. */
async function bound(trx: Database, { key, username }: CityWord) {
  if (username === null) return undefined
  return trx
    .updateTable('agents')
    .set({ provider_key: key })
    .where('username', '=', username)
    .where('provider_key', 'is', null)
    .where('retired_at', 'is', null)
    .returning(['agent_id', 'role', 'retired_at'])
    .executeTakeFirst()
}

/** Ends the sign-ins that a sign-out at the city names. Returns how many. */
export async function endSignInsOfCity(
  db: Database,
  { key, session }: { readonly key: string | null; readonly session: string | null },
): Promise<number> {
  return endSaying(db, 'city', async (trx) => {
    let ended = trx.deleteFrom('sign_ins').where('way', '=', 'provider')
    if (session !== null) ended = ended.where('provider_session', '=', session)
    if (key !== null) ended = ended.where('provider_subject', '=', key)
    const { numDeletedRows } = await ended.executeTakeFirst()
    return Number(numDeletedRows)
  })
}
