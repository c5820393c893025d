/** Who is signed in, by the hash of their token; how long that holds, and what else somebody is signed in with. */
import { sql } from 'kysely'
import type { Role } from '#server/contract/http.ts'
import { SignInEnd } from '#server/contract/sign-ins.ts'
import { listenTo } from './channel.ts'
import type { Database } from './database.ts'

/** Postgres' channel on which the end of a sign-in is announced: its id, a space, and why. */
const CHANNEL = 'skranke_ended_sign_ins'

export type SignInLimits = {
  /** From signing in to its end, in ms, whatever is done. */
  readonly signInMs: number
  /** Without a request or an open page, in ms. */
  readonly signInIdleMs: number
}

const SIGN_IN_ENDS: ReadonlySet<string> = new Set(SignInEnd.anyOf.map((each) => each.const))

/** Noted no oftener: every request would write otherwise. In ms. */
const NOTE_USE_MS = 60_000

export type NewSignIn = {
  readonly agentId: string
  readonly way: 'password' | 'provider'
  readonly browser: string | null
  /** Who it is to the provider, and which of the provider's sessions it is: what a sign-out there names. */
  readonly provider?: { readonly subject: string; readonly session: string | null }
}

export type SignIn = {
  readonly signInId: string
  readonly agentId: string
  readonly way: 'password' | 'provider'
  readonly browser: string | null
  readonly startedAt: Date
  readonly usedAt: Date
}

/** Keeps a sign-in, and forgets those that are over: nobody's comings and goings are collected. */
export async function keepSignIn(
  db: Database,
  tokenHash: Buffer,
  { agentId, way, browser, provider }: NewSignIn,
  limits: SignInLimits,
): Promise<void> {
  // Not those of age alone: one that is in use belongs to a call, and ends with it.
  await db.deleteFrom('sign_ins').where('used_at', '<=', before(limits.signInIdleMs)).execute()
  await db
    .insertInto('sign_ins')
    .values({
      token_hash: tokenHash,
      agent_id: agentId,
      way,
      browser,
      provider_subject: provider?.subject ?? null,
      provider_session: provider?.session ?? null,
    })
    .execute()
}

const before = (ms: number): Date => new Date(Date.now() - ms)

function standing(db: Database, { signInMs, signInIdleMs }: SignInLimits) {
  return db
    .selectFrom('sign_ins')
    .select(['sign_in_id', 'sign_ins.agent_id', 'way', 'browser', 'created_at', 'used_at'])
    .where('created_at', '>', before(signInMs))
    .where('used_at', '>', before(signInIdleMs))
}

type Row = {
  sign_in_id: string
  agent_id: string
  way: SignIn['way']
  browser: string | null
  created_at: Date
  used_at: Date
}
const signInOf = (row: Row): SignIn => ({
  signInId: row.sign_in_id,
  agentId: row.agent_id,
  way: row.way,
  browser: row.browser,
  startedAt: row.created_at,
  usedAt: row.used_at,
})

/** A sign-in, with what its owner may do as it is kept now, whatever anybody remembers. */
export type FoundSignIn = SignIn & { readonly role: Role; readonly hasSecondFactor: boolean }

/** The sign-in behind a token, unless it is over. Asking is using. */
export async function findSignIn(
  db: Database,
  tokenHash: Buffer,
  limits: SignInLimits,
): Promise<FoundSignIn | undefined> {
  const row = await standing(db, limits)
    .innerJoin('agents', 'agents.agent_id', 'sign_ins.agent_id')
    .leftJoin('second_factors', 'second_factors.agent_id', 'sign_ins.agent_id')
    .select(['agents.role', 'second_factors.secret_sealed'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.used_at <= before(NOTE_USE_MS)) await noteUse(db, [row.sign_in_id])
  // The table holds no other role.
  return { ...signInOf(row), role: row.role as Role, hasSecondFactor: row.secret_sealed !== null }
}

/** What somebody is signed in with, the newest first. */
export async function signInsOf(db: Database, agentId: string, limits: SignInLimits): Promise<SignIn[]> {
  const rows = await standing(db, limits).where('agent_id', '=', agentId).orderBy('created_at', 'desc').execute()
  return rows.map(signInOf)
}

/** Notes that these are in use. Returns those that still are sign-ins. */
export async function noteUse(db: Database, signInIds: readonly string[]): Promise<SignIn[]> {
  const rows = await db
    .updateTable('sign_ins')
    .set({ used_at: new Date() })
    .where('sign_in_id', 'in', signInIds)
    .returning(['sign_in_id', 'agent_id', 'way', 'browser', 'created_at', 'used_at'])
    .execute()
  return rows.map(signInOf)
}

/** A new token for the same sign-in: the old one is nobody's from here on. */
export async function renewToken(db: Database, signInId: string, tokenHash: Buffer): Promise<void> {
  await db.updateTable('sign_ins').set({ token_hash: tokenHash }).where('sign_in_id', '=', signInId).execute()
}

/** Ends every sign-in of somebody. */
export async function endSignInsOf(db: Database, agentId: string): Promise<void> {
  await db.deleteFrom('sign_ins').where('agent_id', '=', agentId).execute()
}

/** Ends a sign-in. */
export async function endSignIn(db: Database, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute()
}

/** Runs `work` in one transaction; the pages of every sign-in that it ends are told `why`. */
export async function endSaying<T>(db: Database, why: SignInEnd, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('skranke.sign_in_ends', ${why}, true)`.execute(trx)
    return work(trx)
  })
}

/** Ends one sign-in of somebody, or all but one, and says `why`. Returns how many that were: none where the id is not theirs. */
export async function endOwnSignIns(
  db: Database,
  agentId: string,
  which: { readonly signInId: string } | { readonly butSignInId: string },
  why: SignInEnd = 'elsewhere',
): Promise<number> {
  return endSaying(db, why, async (trx) => {
    const mine = trx.deleteFrom('sign_ins').where('agent_id', '=', agentId)
    const some =
      'signInId' in which
        ? mine.where('sign_in_id', '=', which.signInId)
        : mine.where('sign_in_id', '<>', which.butSignInId)
    const { numDeletedRows } = await some.executeTakeFirst()
    return Number(numDeletedRows)
  })
}

/** The hash of somebody's password as it is kept now. */
export async function passwordHashOf(db: Database, agentId: string): Promise<string | undefined> {
  const row = await db.selectFrom('agents').select('password_hash').where('agent_id', '=', agentId).executeTakeFirst()
  return row?.password_hash
}

/**
 * Keeps another hash of somebody's password. Of their sign-ins those stay that `stays` names: one by its id, or all where the password
 * itself is the same; every other one ends.
 */
export async function keepPasswordHash(
  db: Database,
  agentId: string,
  passwordHash: string,
  stays: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('skranke.sign_in_stays', ${stays}, true)`.execute(trx)
    await trx.updateTable('agents').set({ password_hash: passwordHash }).where('agent_id', '=', agentId).execute()
  })
}

const isEnd = (why: string): why is SignInEnd => SIGN_IN_ENDS.has(why)

/**
 * Calls `onEnded` with the id of each sign-in that ends, and why where that was said. Resolves with what ends it; `onLost` is called where the connection breaks,
 * since an end could then be missed.
 */
export async function watchEndedSignIns(
  databaseUrl: string,
  onEnded: (signInId: string, why: SignInEnd | undefined) => void,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const onNews = (payload: string): void => {
    const [signInId = '', why = ''] = payload.split(' ')
    onEnded(signInId, isEnd(why) ? why : undefined)
  }
  return listenTo(databaseUrl, CHANNEL, onNews, onLost)
}
