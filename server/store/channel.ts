/** What Postgres announces to those who listen: that something was kept which a running server has to know. */
import pg from 'pg'

/**
 * Calls `onNews` with what is announced on `channel`, until what it resolves with is called; `onLost` where the connection breaks, since
 * something could then be missed. Rejects where there is no connection.
 */
export async function listenTo(
  databaseUrl: string,
  channel: string,
  onNews: (payload: string) => void,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
  await client.connect()
  let isEnded = false
  client.on('error', (error) => {
    if (!isEnded) onLost(error)
  })
  client.on('notification', ({ payload = '' }) => onNews(payload))
  await client.query(`listen ${channel}`)
  return async () => {
    isEnded = true
    await client.end()
  }
}
