/** The Postgres that tests and benches stand on, with a migrated database that each test copies. */
import { randomBytes } from 'node:crypto'
import { migrate } from '../../migrations/run.ts'
import { startThrowawayPostgres, type OwnPostgres } from './postgres.ts'

/** Holds the URL of the migrated database when a test run has started a Postgres for all its test files. */
export const TEST_DATABASE_SETTING = 'SKRANKE_TEST_DATABASE_URL'

/** Starts one, with its database migrated. */
export async function startTestPostgres(options: { readonly isDurable?: boolean } = {}): Promise<OwnPostgres> {
  const postgres = await startThrowawayPostgres(randomBytes(16).toString('hex'), options)
  try {
    await migrate(postgres.url)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return postgres
}
