/** What the commands about a city share: its database, and how an answer is said. */
import { openDatabase, type Database } from '../store/database.ts'
import { findDatabase } from '../store/find-database.ts'

/** What a command ends with, says, and complains of. */
export type Answer = { readonly exitCode: number; readonly out: string; readonly faults: string }

/** Does `work` on the city's database, which is closed again in any case. */
export async function inCity(work: (db: Database) => Promise<Answer>): Promise<Answer> {
  const { databaseUrl, close } = await findDatabase()
  const { db } = openDatabase(databaseUrl, () => undefined)
  try {
    return await work(db)
  } finally {
    await db.destroy()
    await close()
  }
}

/** Answers the words of the command line on the standard streams; what is thrown is a fault of the question. */
export async function answerCommand(answer: (words: readonly string[]) => Promise<Answer>): Promise<void> {
  try {
    const { exitCode, out, faults } = await answer(process.argv.slice(2))
    process.stdout.write(out)
    process.stderr.write(faults)
    process.exitCode = exitCode
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
