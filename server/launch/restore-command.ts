/**
 * `DATABASE_URL=… npm run restore -- FILE`: what `npm run backup` wrote, into an empty database, which must be named.
 * Ends with 0 where that was done, with 2 where it was not, and says why; then nothing was changed.
 */
import { parseArgs } from 'node:util'
import { withSecretFiles } from '#sfu/binding/secret-files.ts'
import { answerCommand, type Answer } from './city-command.ts'
import { restore } from './database-copy.ts'

const USAGE = 'DATABASE_URL=postgres://… npm run restore -- FILE   puts FILE into that database, which must be empty'

/** Does what the words of the command line ask for. Rejects with a sentence or the usage where that cannot be. */
export async function restoreAnswer(words: readonly string[]): Promise<Answer> {
  const [file, ...rest] = parseArgs({ args: [...words], options: {}, allowPositionals: true }).positionals
  // Never this checkout's own by default: what is restored into is said.
  const databaseUrl = withSecretFiles(process.env)['DATABASE_URL']
  if (file === undefined || rest.length > 0 || !databaseUrl) throw new Error(USAGE)
  await restore(databaseUrl, file)
  const next = 'Bring it up to date with npm run migrate, and look at it with npm run figures -- check.'
  return { exitCode: 0, out: `The database is as it was when ${file} was made. ${next}\n`, faults: '' }
}

if (import.meta.main) await answerCommand(restoreAnswer)
