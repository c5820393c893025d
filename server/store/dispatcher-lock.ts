/** One server decides: the right to is a lock in Postgres, held by a connection of its own as long as the process lives. */
import pg from 'pg'

/** Any number, as long as every server of the city uses the same. */
const LOCK_KEY = 74_016_001

/**
 * Waits up to `waitMs` for the lock. Resolves with a function that gives it back; rejects with a sentence when
 * another server holds it. `onLost` is called when the connection breaks: the process must stop deciding at once.
 */
export async function takeDispatcherLock(
  databaseUrl: string,
  waitMs: number,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
  await client.connect()
  try {
    await client.query(`set lock_timeout = ${Math.trunc(waitMs)}`)
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
  } catch (error) {
    await client.end()
    throw new Error('another server is deciding for this database already', { cause: error })
  }
  let isGivenBack = false
  client.on('error', (error) => {
    if (!isGivenBack) onLost(error)
  })
  return async () => {
    isGivenBack = true
    await client.end()
  }
}
