/**
 * `npm run backup -- FILE [--replace]`: the city's database into a file, while it is in use.
 * Ends with 0 where that was done, with 2 where it was not, and says why.
 */
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { withSecretFiles } from '#sfu/binding/secret-files.ts'
import { findDatabase } from '../store/find-database.ts'
import { answerCommand, type Answer } from './city-command.ts'
import { backUp } from './database-copy.ts'

const USAGE = 'npm run backup -- FILE [--replace]   copies the database into FILE, which only you can read'

/** Does what the words of the command line ask for. Rejects with a sentence or the usage where that cannot be. */
export async function backupAnswer(words: readonly string[]): Promise<Answer> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { replace: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new Error(USAGE)
  const { databaseUrl, close } = await findDatabase(withSecretFiles(process.env))
  try {
    await backUp(databaseUrl, file, { isReplacing: values.replace ?? false })
  } finally {
    await close()
  }
  const sizeMb = (statSync(file).size / 2 ** 20).toFixed(1)
  return {
    exitCode: 0,
    out: `${file} holds the whole database (${sizeMb} MB). Keep it as you keep the database.\n`,
    faults: '',
  }
}

if (import.meta.main) await answerCommand(backupAnswer)
