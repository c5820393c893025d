/** A database of its own for a test file, made from a migrated one: on the test run's Postgres, or on one of its own. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import t from 'tap'
import type { OwnPostgres } from './postgres.ts'
import { startTestPostgres, TEST_DATABASE_SETTING } from './test-postgres.ts'

let own: Promise<OwnPostgres> | undefined

/** The URL of the migrated database: of the test run, or of a Postgres that ends with this test file. */
async function templateUrl(): Promise<string> {
  const given = process.env[TEST_DATABASE_SETTING]
  if (given !== undefined) return given
  if (own === undefined) {
    own = startTestPostgres()
    t.teardown(async () => {
      await (await own)?.stop()
    })
  }
  return (await own).url
}

/** The URL of a fresh, migrated database that is dropped when the test ends. */
export async function openTestDatabase(test: { teardown(work: () => Promise<void>): void }): Promise<string> {
  const template = new URL(await templateUrl())
  const name = `test_${randomBytes(6).toString('hex')}`
  const administration = new URL(template)
  administration.pathname = '/postgres'
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: administration.href })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await run(`create database ${name} template ${template.pathname.slice(1)}`)
  test.teardown(() => run(`drop database ${name} with (force)`))
  const url = new URL(template)
  url.pathname = `/${name}`
  return url.href
}
