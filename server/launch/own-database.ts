/**
 * Prints the address of this checkout's own database in one line and keeps it up until its standard input ends: for
 * programs that read it, as `npm run replay` does. Where the system runs, its database is the one; else it is started.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tryLock } from './one-at-a-time.mjs'
import { startPostgres } from './postgres.ts'
import { placePostgres } from './postgres-place.ts'
import { readSecrets } from './secrets.ts'
import { sentenceOf } from './start-fault.ts'

const dataDir = join(resolve(import.meta.dirname, '../..'), '.skranke')

/** The line of Postgres' own file that has its port, from 0. */
const PORT_LINE = 3

try {
  const secretsFile = join(dataDir, 'secrets.json')
  if (!existsSync(secretsFile)) throw new Error('This checkout has no database yet: npm start makes one.')
  const { databasePassword: password } = readSecrets(secretsFile)
  const place = { dataDir: join(dataDir, 'postgres'), password }
  const release = await tryLock(`start ${dataDir}`)
  if (release === undefined) {
    const { dataDir: folder } = placePostgres(place.dataDir, password)
    const port = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[PORT_LINE]?.trim()
    process.stdout.write(`postgres://skranke:${encodeURIComponent(password)}@127.0.0.1:${port}/skranke\n`)
  } else {
    const postgres = await startPostgres(place)
    process.stdout.write(`${postgres.url}\n`)
    await new Promise((ended) => process.stdin.once('end', ended).once('error', ended).resume())
    await postgres.stop()
    release()
  }
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}
