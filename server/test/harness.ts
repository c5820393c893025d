/** A whole system for a test: Postgres, SFU and server as processes that can be killed, and people on the real clients. */
import { execFile, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { callerEvents, callerRequests, PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { connect, type Connection } from '#server/client/connection.ts'
import { connectFloor, type FloorConnection } from '#server/client/followed-floor.ts'
import { addCrowd, crowdAccess, type Crowd } from '../launch/demo-crowd.ts'
import { endProcess, isReady, privateSettings, startProcess, type ProcessSettings } from '../launch/private-system.ts'
import { demoAccess, seedDemoCity, type DemoAccess } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { keepPolicy, newestPolicy } from '../store/policies.ts'

const root = resolve(import.meta.dirname, '../..')
const PEOPLE_SECRET = 'the demo city of a test'
/** Far more than anything here takes on a busy machine: only a fault waits so long. */
const WAIT_MS_MAX = 90_000
const LOOK_AGAIN_MS = 20
/** People come back within a second of their server, and not within eight: of its jitter connections have tests of their own. */
const soon = (): number => Math.random() / 8

export type KioskConnection = Connection<typeof callerRequests, typeof callerEvents>
export type AgentConnection = Connection<typeof agentRequests, typeof agentEvents>
export type { FloorConnection }
type Test = { teardown(work: () => unknown): void }

/** Resolves with the first value of `look` that is not undefined or false; throws what was awaited when none comes. */
export async function eventually<T>(
  what: string | (() => string),
  look: () => T | undefined | false | Promise<T | undefined | false>,
) {
  const until = Date.now() + WAIT_MS_MAX
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > until) throw new Error(`waited in vain for: ${typeof what === 'string' ? what : what()}`)
    await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS))
  }
}

type Parts = {
  readonly test: Test
  readonly url: string
  readonly db: Database
  readonly access: DemoAccess
  readonly sfu: ChildProcess
  readonly sfuUrl: string
  readonly onOutput: Options['onOutput']
}

type Options = {
  readonly crowd?: Crowd
  /** Hears all that server and SFU print, at the level that prints most, instead of the terminal. */
  readonly onOutput?: ((text: string) => void) | undefined
  /** Settings of the server that differ from those of the other tests; some follow from its address. */
  readonly serverEnv?: ProcessSettings | ((url: string) => Promise<ProcessSettings>)
  /**
   * The citizen and the agent of a conversation, and whoever is in line, are waited for this long after their connection
   * is gone, in the words of the policy. For tests of what a restart of the server leaves as it was, where a busy machine
   * alone would take the plain twenty seconds for it.
   */
  readonly grace?: '3 min'
}

const outputOf = (onOutput: Options['onOutput']) => ({ output: onOutput === undefined ? 'inherit' : 'pipe' }) as const

function heard(child: ChildProcess, onOutput: Options['onOutput']): ChildProcess {
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => onOutput?.(String(data)))
  return child
}

async function setGrace(db: Database, grace: string): Promise<void> {
  const { document } = (await newestPolicy(db)) ?? { document: '' }
  const known = /^ {2}grace: .*$/m
  if (!known.test(document)) throw new Error('the policy says no grace')
  const changed = document.replace(known, `  grace: ${grace}`)
  await keepPolicy(db, { version: 'with another grace', document: changed, isForWaiting: true })
}

export class TestSystem {
  readonly url: string
  readonly access: DemoAccess
  readonly db: Database
  readonly #test: Test
  readonly #serverEnv: ProcessSettings
  readonly #sfu: ChildProcess
  readonly sfuUrl: string
  readonly #onOutput: Options['onOutput']
  #server: ChildProcess | undefined

  private constructor(parts: Parts, serverEnv: ProcessSettings) {
    this.#test = parts.test
    this.url = parts.url
    this.db = parts.db
    this.access = parts.access
    this.#sfu = parts.sfu
    this.sfuUrl = parts.sfuUrl
    this.#onOutput = parts.onOutput
    this.#serverEnv = serverEnv
  }

  /** Starts everything; it stops when the test ends. The people are the demo city's, or a crowd that is asked for. */
  static async start(test: Test, options: Options = {}): Promise<TestSystem> {
    const { crowd, onOutput, grace } = options
    const databaseUrl = await openTestDatabase(test)
    const { db } = openDatabase(databaseUrl, () => undefined)
    await seedDemoCity(db, PEOPLE_SECRET)
    if (grace !== undefined) await setGrace(db, grace)
    if (crowd !== undefined) await addCrowd(db, PEOPLE_SECRET, crowd)
    const access = crowd === undefined ? demoAccess(PEOPLE_SECRET) : crowdAccess(PEOPLE_SECRET, crowd)
    const logLevel = onOutput === undefined ? (process.env['SKRANKE_TEST_LOG_LEVEL'] ?? 'warn') : 'trace'
    const settings = await privateSettings(databaseUrl, logLevel)
    const { url } = settings
    const sfu = heard(startProcess('sfu/main.ts', settings.sfu, outputOf(onOutput)), onOutput)
    const own = typeof options.serverEnv === 'function' ? await options.serverEnv(url) : options.serverEnv
    const serverEnv = { ...settings.server, SKRANKE_SERVER_CHECK_OUTGOING: 'true', ...own }
    const sfuUrl = `http://127.0.0.1:${settings.sfu['SKRANKE_SFU_PORT']}`
    const system = new TestSystem({ test, url, db, access, sfu, sfuUrl, onOutput }, serverEnv)
    test.teardown(async () => {
      await db.destroy()
      await endProcess(system.#server, 'SIGINT')
      await endProcess(sfu, 'SIGTERM')
    })
    await system.startServer()
    return system
  }

  async startServer(): Promise<void> {
    const server = heard(startProcess('server/main.ts', this.#serverEnv, outputOf(this.#onOutput)), this.#onOutput)
    this.#server = server
    await eventually('the server to be ready', () => isReady(this.url, { server, sfu: this.#sfu }))
  }

  /** No goodbye: as if the machine's power went. */
  async killServer(): Promise<void> {
    await endProcess(this.#server, 'SIGKILL')
  }

  /** Asks the server to stop; resolves with how it ended once it has. */
  async stopServer(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    await endProcess(this.#server, signal)
    return { code: this.#server?.exitCode ?? null, signal: this.#server?.signalCode ?? null }
  }

  /** Kills the mediasoup workers of the SFU, which are its only children. Returns how many there were. */
  killMediaWorkers(): number {
    const pid = this.#sfu.pid ?? 0
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    for (const child of children) process.kill(child, 'SIGKILL')
    return children.length
  }

  /** Media rooms that are open at the SFU now, by its own figures. */
  async mediaRoomCount(): Promise<number> {
    const figures = await (await fetch(`${this.sfuUrl}/metrics`)).text()
    return Number(/^skranke_sfu_rooms (\d+)/m.exec(figures)?.[1] ?? Number.NaN)
  }

  /** A kiosk of the city, connected. */
  kiosk(index: number): KioskConnection {
    const kiosk = this.access.kiosks[index]
    if (kiosk === undefined) throw new Error(`there is no kiosk ${index}`)
    const { kioskId, deviceKey } = kiosk
    const connection = connect<typeof callerRequests, typeof callerEvents>({
      url: this.url,
      random: soon,
      namespace: '/caller',
      auth: { protocolVersion: PROTOCOL_VERSION, kioskId, deviceKey },
    })
    this.#test.teardown(() => connection.close())
    return connection
  }

  /** The phone of somebody who scanned the code on a screen, by the path that the code holds. */
  phone(ticketUrlPath: string): KioskConnection {
    const [ticket, ticketKey] = (new URL(ticketUrlPath, this.url).searchParams.get('ticket') ?? '').split('.')
    const connection = connect<typeof callerRequests, typeof callerEvents>({
      url: this.url,
      random: soon,
      namespace: '/caller',
      auth: { protocolVersion: PROTOCOL_VERSION, ticket, ticketKey },
    })
    this.#test.teardown(() => connection.close())
    return connection
  }

  /** Somebody at the supervisors' door, whether or not it opens for them. */
  async floor(username: string): Promise<FloorConnection> {
    const connection = connectFloor({
      url: this.url,
      random: soon,
      auth: { protocolVersion: PROTOCOL_VERSION },
      headers: { cookie: await this.signIn(username) },
    })
    this.#test.teardown(() => connection.close())
    return connection
  }

  /** The cookie of a person of the demo city, signed in. */
  async signIn(username: string): Promise<string> {
    const password = this.access.accounts[0]?.password
    const response = await fetch(`${this.url}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (response.status !== 200 || cookie === undefined) throw new Error(`${username} could not sign in`)
    return cookie
  }

  /** Runs `loadtest/run.ts` with these arguments on this system; resolves with the report it printed. */
  async loadtest(...args: readonly string[]): Promise<Record<string, unknown>> {
    const folder = mkdtempSync(join(tmpdir(), 'skranke-loadtest-'))
    this.#test.teardown(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'access.json')
    writeFileSync(file, JSON.stringify({ url: this.url, ...this.access }))
    const command = [join(root, 'loadtest/run.ts'), ...args, '--access', file]
    const { stdout } = await promisify(execFile)(process.execPath, command)
    return JSON.parse(stdout) as Record<string, unknown>
  }

  /** An agent of the demo city, signed in and connected. */
  async agent(username: string): Promise<AgentConnection> {
    const connection = connect<typeof agentRequests, typeof agentEvents>({
      url: this.url,
      random: soon,
      namespace: '/agent',
      auth: { protocolVersion: PROTOCOL_VERSION },
      headers: { cookie: await this.signIn(username) },
    })
    this.#test.teardown(() => connection.close())
    return connection
  }
}
