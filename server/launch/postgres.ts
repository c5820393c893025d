/** A Postgres of our own out of npm, on loopback, its data in a folder: for `npm start` and for tests. */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startGuarded, type GuardedProcess } from './guarded-process.ts'
import { freePort } from './ports.ts'
import { placePostgres, type Place, type User } from './postgres-place.ts'
import { sentenceOf, StartFault } from './start-fault.ts'

const DATABASE = 'skranke'
const USER = 'skranke'
const CONNECTIONS_MAX = 200
/** How long a Postgres that a killed start left behind has to stop. */
const ORPHAN_MS_MAX = 15_000
const ORPHAN_ASK_EVERY_MS = 50

export type OwnPostgres = GuardedProcess & {
  /** Of the database for Skranke. */
  readonly url: string
  /** Where the data really is: elsewhere than asked when Postgres' user could not reach it. */
  readonly dataDir: string
}

/**
 * Starts Postgres on the data in `dataDir`, making it where there is none, on a free port of loopback. Throws a
 * StartFault for a folder it cannot use. Only one start may use a folder at a time: who calls has seen to that.
 */
export async function startPostgres(options: { dataDir: string; password: string }): Promise<OwnPostgres> {
  mkdirSync(dirname(options.dataDir), { recursive: true })
  const place = placePostgres(options.dataDir, options.password)
  requireUsableFolder(place.dataDir)
  if (!existsSync(place.dataDir)) await makeData(place, options.password)
  await stopOrphan(place.dataDir)
  return run(place, options.password, { stopSignal: 'INT' })
}

/**
 * Starts a Postgres on an empty folder that goes with it. For tests no write to the disk is waited for: it need not
 * survive the machine. One that `isDurable` waits as in service, so that commits take the time they take there. `program`: the
 * folder of another Postgres than npm's.
 */
export async function startThrowawayPostgres(
  password: string,
  { isDurable = false, program }: { readonly isDurable?: boolean; readonly program?: string } = {},
): Promise<OwnPostgres> {
  // Root's own folder for such things may be closed to Postgres' user; this one is open everywhere.
  const leftover = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'skranke-test-'))
  chmodSync(leftover, 0o755)
  const usual = placePostgres(join(leftover, 'data'), password)
  const place = program === undefined ? usual : { ...usual, program }
  give(leftover, place.user)
  await makeData(place, password, ['--no-sync'])
  const hasty = isDurable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']
  const args = hasty.flatMap((setting) => ['-c', setting])
  return run(place, password, { stopSignal: 'QUIT', args, leftover })
}

type RunOptions = { stopSignal: 'INT' | 'QUIT'; args?: readonly string[]; leftover?: string }

async function run(place: Place, password: string, options: RunOptions): Promise<OwnPostgres> {
  const { program, dataDir, user } = place
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `max_connections=${CONNECTIONS_MAX}`, 'unix_socket_directories=']
  const { args = [], ...guard } = options
  let postgres: GuardedProcess
  try {
    postgres = await startGuarded({
      ...guard,
      command: join(program, 'bin/postgres'),
      args: ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting]), ...args],
      readyText: 'database system is ready to accept connections',
      env: { LC_ALL: 'C' },
      user,
    })
  } catch (error) {
    throw new StartFault(`Postgres cannot use its data folder ${dataDir}: ${reasonOf(error)} ${MOVE_AWAY}`, {
      cause: error,
    })
  }
  const urlOf = (database: string) => `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  try {
    await ensureDatabase(urlOf('postgres'))
  } catch (error) {
    await postgres.stop()
    const why = sentenceOf(error)
    throw new StartFault(`Postgres runs on ${dataDir}, but does not let us in: ${why}. ${MOVE_AWAY}`, { cause: error })
  }
  return { ...postgres, url: urlOf(DATABASE), dataDir }
}

const MOVE_AWAY = 'Move the folder away to begin with an empty one.'

/** The words of Postgres that say what is wrong, in one line. */
function reasonOf(error: unknown): string {
  const lines = error instanceof StartFault && Array.isArray(error.cause) ? error.cause.map(String) : []
  const at = lines.findLastIndex((line) => /FATAL|PANIC|error|not found|denied/i.test(line))
  if (at === -1) return lines.at(-1) ?? sentenceOf(error)
  const detail = lines[at + 1]?.includes('DETAIL:') === true ? [lines[at + 1]] : []
  return [lines[at], ...detail].map((line) => (line ?? '').replace(/^.*?(FATAL|PANIC|DETAIL): +/, '').trim()).join(' ')
}

/** Refuses what is there and is no data folder: it is somebody's, and not ours to empty. */
function requireUsableFolder(dataDir: string): void {
  if (!existsSync(dataDir)) return
  const { uid } = statSync(dataDir)
  const own = process.getuid?.() ?? uid
  if (own !== 0 && uid !== own) {
    throw new StartFault(
      `The data folder ${dataDir} belongs to another user, from a start as that user. ` +
        'Start as that user again, or move the folder away to begin with an empty one.',
    )
  }
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    const state = readdirSync(dataDir).length === 0 ? 'is empty' : 'has lost its PG_VERSION'
    throw new StartFault(`Postgres cannot use its data folder ${dataDir}: it ${state}. ${MOVE_AWAY}`)
  }
}

/** Makes the data beside its place and moves it there when it is whole: one that was interrupted is no data folder. */
async function makeData(place: Place, password: string, flags: readonly string[] = []): Promise<void> {
  const { program, dataDir, user } = place
  const unfinished = `${dataDir}.new`
  const passwordFile = `${dataDir}.password`
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  give(unfinished, user)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  give(passwordFile, user)
  try {
    const args = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${USER}`]
    await promisify(execFile)(
      join(program, 'bin/initdb'),
      [...args, ...flags, `--pgdata=${unfinished}`, `--pwfile=${passwordFile}`],
      { ...user, cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    )
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n') : []
    const why = said.find((line) => /error/i.test(line)) ?? sentenceOf(error).split('\n')[0]
    throw new StartFault(`Postgres cannot make its data in ${dirname(dataDir)}: ${why}`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, dataDir)
}

function give(path: string, user: User | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid)
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/**
 * A Postgres that still runs on our data was left by a start that was killed together with its guard: it is stopped. A
 * number in the file that belongs to another process by now would only keep Postgres from starting.
 */
async function stopOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  const until = Date.now() + ORPHAN_MS_MAX
  let signal: NodeJS.Signals = 'SIGINT'
  while (worksIn(pid, dataDir)) {
    process.kill(pid, signal)
    if (Date.now() > until) signal = 'SIGQUIT'
    await new Promise((wake) => setTimeout(wake, ORPHAN_ASK_EVERY_MS))
  }
  rmSync(file, { force: true })
}

/** Whether a process runs with this folder as its own, as Postgres does with its data. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}
