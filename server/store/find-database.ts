/** The database a command works on: the one DATABASE_URL names, or this checkout's own. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

/**
 * DATABASE_URL, or the URL of this checkout's database, which a process of its own keeps up until `close`: a system that
 * runs meanwhile is not disturbed. Rejects with a sentence where there is neither.
 */
export async function findDatabase(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<{ databaseUrl: string; close: () => Promise<void> }> {
  const given = environment['DATABASE_URL']
  if (given) return { databaseUrl: given, close: () => Promise.resolve() }
  const own = spawn(process.execPath, [join(import.meta.dirname, '../launch/own-database.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => own.once('exit', () => done()))
  for await (const line of createInterface(own.stdout)) {
    const close = () => {
      own.stdin.end()
      return ended
    }
    return { databaseUrl: line, close }
  }
  throw new Error('Say which database with DATABASE_URL.')
}
