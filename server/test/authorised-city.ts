/**
 * A server in this process, without an SFU, in a city where everybody who can ask anything is there at once: each with a call of their
 * own, so that everybody has what is theirs and what is somebody else's. For what is asked of every route and every event.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { io, type Socket } from 'socket.io-client'
import { TRUSTED_LINK_LIMITS } from '#sfu/binding/bind.ts'
import { RawSocket } from '#loadtest/fuzz/raw-socket.ts'
import type { Audience } from '#server/auth/event-rights.ts'
import { RATES, type Rates, type Role } from '#server/auth/rights.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { startServer, type RunningServer } from '../app.ts'
import { readConfig } from '../config.ts'
import { privateSettings } from '../launch/private-system.ts'
import { demoAccess, seedDemoCity } from '../launch/seed-demo.ts'
import { openDatabase, type Database } from '../store/database.ts'

const SECRET = 'the demo city of a test'
const ANSWER_MS_MAX = 60_000
/** Nobody asks so often in service. */
const NEVER = 1_000_000_000
const NO_LIMIT = { burst: 1_000_000, perSecond: 1_000_000 }

/** What a slow machine brings about: connections that break off and come back, and what is counted and warned of later. */
const BY_ITSELF = {
  tables: /^(figure|warning|handlings|job_runs)/,
  events: ['caller.lost', 'caller.returned', 'agent.lost', 'agent.returned', 'promise.told', 'clock.ticked'],
}

export type Outcome = { readonly ok: boolean; readonly reply?: never; readonly error?: { readonly code: string } }

export type Identity = {
  readonly name: string
  /** What the table knows them as. */
  readonly role: Role
  readonly cookie?: string
  readonly auth?: Readonly<Record<string, unknown>>
  /** Where they come in. */
  readonly home?: Audience
  readonly callId?: string
}

type Test = { teardown(work: () => unknown): void }

export class AuthorisedCity {
  readonly url: string
  readonly asked: RunningServer['asked']
  readonly db: Database
  /** What the server could not go on with. */
  readonly faults: unknown[]
  readonly identities: Identity[] = []
  readonly #sockets = new Map<string, Socket>()
  #tables: readonly string[] | undefined

  private constructor(server: RunningServer, db: Database, faults: unknown[]) {
    this.url = server.url
    this.asked = server.asked
    this.db = db
    this.faults = faults
  }

  /** In the migrated, empty database at `databaseUrl`. It ends with `test`. */
  static async start(test: Test, databaseUrl: string): Promise<AuthorisedCity> {
    const { db } = openDatabase(databaseUrl, () => undefined)
    await seedDemoCity(db, SECRET)
    const pages = mkdtempSync(join(tmpdir(), 'skranke-pages-'))
    for (const page of ['kiosk', 'agent']) {
      mkdirSync(join(pages, page))
      writeFileSync(join(pages, page, 'index.html'), '<!doctype html>')
    }
    const settings = await privateSettings(databaseUrl, 'silent')
    const faults: unknown[] = []
    const config = readConfig({
      ...settings.server,
      SKRANKE_SERVER_PORT: '0',
      SKRANKE_SERVER_METRICS_PORT: '0',
      SKRANKE_SERVER_PAGES_DIR: pages,
    })
    const noRates = Object.fromEntries(Object.keys(RATES).map((name) => [name, null])) as Rates
    const server = await startServer(config, pino({ level: 'silent' }), (error) => faults.push(error), {
      rates: noRates,
      requests: { limits: { ...TRUSTED_LINK_LIMITS, strikesMax: NEVER, floodedRequestsMax: NEVER } },
      connections: {
        connectionsPerAddress: NO_LIMIT,
        frames: { frames: NO_LIMIT, beforeEntryMax: NEVER, endings: NO_LIMIT },
      },
    })
    const city = new AuthorisedCity(server, db, faults)
    test.teardown(async () => {
      for (const socket of city.#sockets.values()) socket.disconnect()
      await server.stop()
      await db.destroy()
      rmSync(pages, { recursive: true })
    })
    await city.#moveIn()
    return city
  }

  /** Asks something as somebody, who comes in where they are at home and stays. */
  async ask(who: Identity, name: string, body: unknown): Promise<Outcome> {
    const socket = await this.#socketOf(who)
    try {
      return (await socket.timeout(ANSWER_MS_MAX).emitWithAck(name, body)) as Outcome
    } catch (error) {
      // A connection that broke off just then, on a machine that is too busy: it is asked once more.
      if (socket.connected) throw error
      return (await (await this.#socketOf(who)).timeout(ANSWER_MS_MAX).emitWithAck(name, body)) as Outcome
    }
  }

  /** The code with which somebody is turned away at a door; undefined where they are let in, and gone again. */
  async knock(who: Identity, audience: Audience): Promise<string | undefined> {
    const socket = this.#connect(who, audience)
    const code = await entered(socket)
    socket.disconnect()
    return code
  }

  /** Asks an event by hand, without having come in where it is asked. Resolves with what came back until the connection was closed. */
  async askUnentered(who: Identity, audience: Audience, name: string, body: unknown): Promise<string[]> {
    const raw = await RawSocket.open({ url: this.url })
    const frames: string[] = []
    const ask = (): void => raw.send(`42${audience},1${JSON.stringify([name, body])}`)
    raw.onText = (text) => {
      frames.push(text)
      if (text.startsWith('40/')) ask()
    }
    if (who.auth === undefined) ask()
    else raw.send(`40/caller,${JSON.stringify({ protocolVersion: PROTOCOL_VERSION, ...who.auth })}`)
    await raw.closed
    return frames
  }

  /** What is kept: the length of the journal and of every table, but for what comes by itself while time passes. */
  async kept(): Promise<string> {
    this.#tables ??= (
      await sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(this.db)
    ).rows.flatMap(({ name }) => (BY_ITSELF.tables.test(name) || name === 'journal' ? [] : [name]))
    const counts = this.#tables.map((name) => sql`(select count(*)::text from ${sql.table(name)})`)
    const journal = sql`(select count(*)::text from journal where type not in (${sql.join(BY_ITSELF.events)}))`
    const { rows } = await sql<{ kept: string[] }>`select array[${sql.join([journal, ...counts])}] as kept`.execute(
      this.db,
    )
    return ['journal', ...this.#tables].map((name, i) => `${name}=${rows[0]?.kept[i]}`).join(' ')
  }

  /** How many events the journal holds, but for those that come by themselves. Asked often: the newest number says it. */
  async journalLength(): Promise<number> {
    const { rows } = await sql<{ seq: number }>`select seq::int as seq from journal
      where type not in (${sql.join(BY_ITSELF.events)}) order by seq desc limit 1`.execute(this.db)
    return rows[0]?.seq ?? 0
  }

  async signIn(username: string): Promise<string> {
    const { password } = demoAccess(SECRET).accounts[0] ?? { password: '' }
    const response = await fetch(`${this.url}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie === undefined) throw new Error(`${username} could not sign in: ${response.status}`)
    return cookie
  }

  /** Whether the call of somebody goes on: on a machine that is too busy connections break off, and with them calls. */
  async stillHas(who: Identity): Promise<boolean> {
    const outcome = await this.ask(who, 'hello', {})
    return who.callId === undefined || JSON.stringify(outcome).includes(`"callId":"${who.callId}"`)
  }

  /** Everybody who is a person, signed in once more: what was asked may have signed them out. */
  async signInAgain(): Promise<void> {
    for (const [i, who] of this.identities.entries()) {
      if (who.cookie === undefined || who.role === 'nobody') continue
      this.identities[i] = {
        ...who,
        cookie: await this.signIn(who.role === 'desk' ? 'dogan' : (who.name.split(' ')[0] ?? '')),
      }
    }
  }

  of(name: string): Identity {
    const found = this.identities.find((each) => each.name === name)
    if (found === undefined) throw new Error(`nobody is called ${name}`)
    return found
  }

  #connect({ cookie, auth }: Identity, audience: Audience): Socket {
    return io(this.url + audience, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION, ...auth },
      ...(cookie === undefined ? {} : { extraHeaders: { cookie } }),
    })
  }

  async #socketOf(who: Identity): Promise<Socket> {
    const known = this.#sockets.get(who.name)
    if (known?.connected) return known
    if (who.home === undefined) throw new Error(`${who.name} comes in nowhere`)
    const socket = this.#connect(who, who.home)
    const code = await entered(socket)
    if (code !== undefined) throw new Error(`${who.name} was turned away: ${code}`)
    this.#sockets.set(who.name, socket)
    return socket
  }

  async #moveIn(): Promise<void> {
    const { kiosks, accounts } = demoAccess(SECRET)
    const kiosk = (name: string, index: number, callId?: string): Identity => {
      const { kioskId, deviceKey } = kiosks[index] ?? { kioskId: '', deviceKey: '' }
      return { name, role: 'kiosk', home: '/caller', auth: { kioskId, deviceKey }, ...(callId && { callId }) }
    }
    const agent = async (username: string, callId: string): Promise<Identity> => {
      return { name: username, role: 'agent', home: '/agent', cookie: await this.signIn(username), callId }
    }
    const [first, second] = [randomUUID(), randomUUID()]
    this.identities.push(kiosk('kiosk', 0, first), kiosk('another kiosk', 5, second), kiosk('idle kiosk', 7))
    this.identities.push(await agent('amal', first), await agent('bo', second))
    await this.#talk('kiosk', 'amal', first)
    await this.#talk('another kiosk', 'bo', second)

    // A desk is that of an agent who is at work.
    const dogan: Identity = { name: 'dogan', role: 'agent', home: '/agent', cookie: await this.signIn('dogan') }
    this.identities.push(dogan)
    await this.#must('dogan', 'hello', {})
    const beside = randomUUID()
    const desk = { role: 'desk', home: '/caller', auth: { isBeside: true } } as const
    this.identities.push({ name: 'desk', ...desk, cookie: dogan.cookie ?? '', callId: beside })
    const besideBody = { matterId: null, isInterpreterWanted: false, note: '' }
    await this.#must('desk', 'call.start', { callId: beside, beside: besideBody })
    this.identities.push(await this.#phoneFrom(kiosk('kiosk of the phone', 6)))

    this.identities.push({ name: 'lone', role: 'supervisor', home: '/supervisor', cookie: await this.signIn('lone') })
    const lone = this.of('lone').cookie ?? ''
    // [R44] A supervisor may be at a desk too.
    this.identities.push({ name: 'lone at a desk', role: 'supervisor', home: '/agent', cookie: lone })
    const administrator = accounts.find(({ role }) => role === 'administrator')?.username
    if (administrator !== undefined) {
      this.identities.push({ name: administrator, role: 'administrator', cookie: await this.signIn(administrator) })
    }
    await this.#addNobodies(kiosk('', 0))
  }

  /** Whoever has nothing, or nothing any more. */
  async #addNobodies({ auth }: Identity): Promise<void> {
    const [expired, revoked] = [await this.signIn('lone'), await this.signIn('elin')]
    // Of the latest sign-in of a name only: whoever works stays signed in.
    await sql`update sign_ins set created_at = now() - interval '8 days', used_at = now() - interval '8 days'
      where token_hash = (select token_hash from sign_ins where agent_id = 'lone' order by created_at desc limit 1)`.execute(
      this.db,
    )
    await fetch(`${this.url}/api/v1/sign-out`, { method: 'POST', headers: { cookie: revoked } })
    this.identities.push(
      { name: 'nobody', role: 'nobody' },
      { name: 'expired', role: 'nobody', cookie: expired },
      { name: 'revoked', role: 'nobody', cookie: revoked },
      { name: 'a kiosk with a wrong key', role: 'nobody', auth: { ...auth, deviceKey: 'x'.repeat(43) } },
      { name: 'a phone with a wrong key', role: 'nobody', auth: { ticket: 'K7M4QX', ticketKey: 'x'.repeat(22) } },
    )
  }

  /** A call that a kiosk makes and an agent answers. */
  async #talk(kiosk: string, agent: string, callId: string): Promise<void> {
    await this.#must(agent, 'hello', {})
    await this.#must(agent, 'availability.set-available', {})
    await this.#must(kiosk, 'call.start', { callId })
    const until = Date.now() + ANSWER_MS_MAX
    for (;;) {
      const work = workIn(await this.ask(this.of(agent), 'hello', {}))
      if (work?.kind === 'offered') return this.#must(agent, 'offer.accept', { offerId: work.offerId })
      if (Date.now() > until) throw new Error(`${agent} was offered nothing`)
    }
  }

  /** Somebody who left a kiosk with a ticket, and has the call on their phone. */
  async #phoneFrom(kiosk: Identity): Promise<Identity> {
    const callId = randomUUID()
    const started = await this.ask(kiosk, 'call.start', { callId })
    const { ticketUrlPath = '' } = callIn(started) ?? {}
    await this.ask(kiosk, 'call.step-away', { callId, isRungAtKiosk: false })
    const [ticket, ticketKey] = (new URL(ticketUrlPath, this.url).searchParams.get('ticket') ?? '').split('.')
    const phone: Identity = { name: 'phone', role: 'phone', home: '/caller', auth: { ticket, ticketKey }, callId }
    await this.ask(phone, 'hello', {})
    return phone
  }

  async #must(who: string, name: string, body: unknown): Promise<void> {
    const outcome = await this.ask(this.of(who), name, body)
    if (!outcome.ok) throw new Error(`${who}, ${name}: ${JSON.stringify(outcome)}`)
  }
}

const viewIn = (outcome: Outcome) => (outcome as { reply?: { view?: Record<string, unknown> } }).reply?.view
const workIn = (outcome: Outcome) => viewIn(outcome)?.['work'] as { kind: string; offerId: string } | undefined
const callIn = (outcome: Outcome) => viewIn(outcome)?.['call'] as { ticketUrlPath?: string } | undefined

function entered(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(undefined))
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    )
  })
}
