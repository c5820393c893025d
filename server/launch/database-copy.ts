/** A whole database into a file, and out of it into an empty one, by Postgres' own pg_dump and pg_restore. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartFault } from './start-fault.ts'

/** Where Debian puts the programs of each major version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql'
type Program = 'pg_dump' | 'pg_restore'

/** A program and what it was asked, ended. `said` is its own words, without the address of the database. */
type Ended = { readonly code: number | null; readonly said: string }

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += String(data)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said: said.trim() }))
  })
}

/** The major version of a program of Postgres; undefined where there is none. */
async function majorOf(program: string): Promise<number | undefined> {
  const asked = await run(program, ['--version'], process.env).catch(() => undefined)
  const major = /\(PostgreSQL\) (\d+)/.exec(asked?.said ?? '')?.[1]
  return major === undefined ? undefined : Number(major)
}

/**
 * The oldest `name` of this machine that understands a server of `serverMajor`: none that is older does. It is looked for
 * where Debian puts it, then on the path. Rejects with a StartFault that says what to install.
 */
export async function programFor(name: Program, serverMajor: number): Promise<string> {
  const folders = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).filter((folder) => /^\d+$/.test(folder)) : []
  const known = folders
    .toSorted((a, b) => Number(a) - Number(b))
    .map((folder) => join(DEBIAN_FOLDER, folder, 'bin', name))
  for (const program of [...known, name]) {
    const major = await majorOf(program)
    if (major !== undefined && major >= serverMajor) return program
  }
  throw new StartFault(
    `There is no ${name} of version ${serverMajor} or newer: install postgresql-client-${serverMajor}.`,
  )
}

/** How libpq is told of a database: by the environment, so that no list of processes shows a password. */
function libpqOf(databaseUrl: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl)
  const decoded = (text: string) => decodeURIComponent(text)
  const sslmode = searchParams.get('sslmode')
  return {
    ...process.env,
    LC_ALL: 'C',
    PGHOST: searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port === '' ? {} : { PGPORT: port }),
    ...(username === '' ? {} : { PGUSER: decoded(username) }),
    ...(password === '' ? {} : { PGPASSWORD: decoded(password) }),
    ...(sslmode === null ? {} : { PGSSLMODE: sslmode }),
    PGDATABASE: decoded(pathname.slice(1)),
  }
}

/** Asks a database one thing. */
async function asked<T extends pg.QueryResultRow>(databaseUrl: string, question: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<T>(question)).rows
  } finally {
    await client.end()
  }
}

async function serverMajorOf(databaseUrl: string): Promise<number> {
  const [row] = await asked<{ server_version_num: string }>(databaseUrl, 'show server_version_num')
  return Math.floor(Number(row?.server_version_num) / 10_000)
}

/**
 * Copies the database into `file`, as it is at one moment, while it is in use. The file appears only once it is whole. Rejects
 * with a StartFault where there is a file already (and it may not be replaced), no program, or pg_dump says no.
 */
export async function backUp(databaseUrl: string, file: string, { isReplacing = false } = {}): Promise<void> {
  if (existsSync(file) && !isReplacing) throw new StartFault(`${file} is there already: another name, or --replace.`)
  const pgDump = await programFor('pg_dump', await serverMajorOf(databaseUrl))
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  // Readable by whoever made it and by nobody else: everything is in it.
  const before = process.umask(0o077)
  try {
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${unfinished}`]
    const { code, said } = await run(pgDump, args, libpqOf(databaseUrl))
    if (code !== 0) throw new StartFault(`pg_dump says: ${said}`)
    renameSync(unfinished, file)
  } finally {
    process.umask(before)
    rmSync(unfinished, { force: true })
  }
}

/** What is in a database beside Postgres' own: it must be nothing. */
const CONTENTS = `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast' limit 5`

/**
 * Puts `file` into the database, which must be empty: all of it or nothing. Rejects with a StartFault where there is no such
 * file, something is in the database, there is no program, or pg_restore says no.
 */
export async function restore(databaseUrl: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new StartFault(`There is no ${file}.`)
  const found = await asked<{ name: string }>(databaseUrl, CONTENTS)
  if (found.length > 0) {
    const names = found.map(({ name }) => name).join(', ')
    throw new StartFault(
      `The database is not empty (${names} …): a backup is restored into an empty one, and over nothing.`,
    )
  }
  const pgRestore = await programFor('pg_restore', await serverMajorOf(databaseUrl))
  const env = libpqOf(databaseUrl)
  const args = [
    '--no-owner',
    '--no-privileges',
    '--single-transaction',
    '--exit-on-error',
    `--dbname=${env['PGDATABASE']}`,
  ]
  const { code, said } = await run(pgRestore, [...args, file], env)
  if (code !== 0) throw new StartFault(`pg_restore says: ${said}`)
}
