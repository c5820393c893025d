/** A database of its own for a test, on the test run's Postgres, migrated. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../migrations/run.ts'

/**
 * The URL of a fresh, migrated database that is dropped when the test ends. Throws one sentence outside `npm test`,
 * which starts the Postgres it stands on.
 */
export async function openTestDatabase(t: { teardown(work: () => Promise<void>): void }): Promise<string> {
  const server = process.env['SKRANKE_TEST_DATABASE_URL']
  if (server === undefined) throw new Error('Tests with a database run by `npm test -- FILE`, which starts one.')
  const name = `test_${randomBytes(6).toString('hex')}`
  const say = async (sql: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await say(`create database ${name}`)
  t.teardown(() => say(`drop database ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  await migrate(url.href)
  return url.href
}
