/**
 * `npm run person`: what is kept of a person, and its deletion.
 *   -- find   agent ID | staff NUMBER | ticket LETTERS
 *   -- delete agent ID | staff NUMBER | ticket LETTERS
 * An agent who is signed in is to be signed out first; the running server knows them until it is started anew (the route for
 * administrators does both). Ends with 0 where it could do what was asked, with 1 where nobody was found, with 2 where the question is wrong.
 */
import type { Database } from '../store/database.ts'
import {
  deleteAgentData,
  deleteStaffData,
  deleteTicketData,
  findAgentData,
  findStaffData,
  findTicketData,
} from '../store/person-data.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const USAGE = `npm run person -- find agent ID | staff NUMBER | ticket LETTERS     how much is kept of them, by table
npm run person -- delete agent ID | staff NUMBER | ticket LETTERS   deletes it; the record of calls keeps an id`

const find = { agent: findAgentData, staff: findStaffData, ticket: findTicketData } as const
const erase = {
  agent: deleteAgentData,
  staff: deleteStaffData,
  ticket: async (db: Database, ticket: string) => (await deleteTicketData(db, ticket)) > 0,
} as const

const isKind = (word: string): word is keyof typeof find => Object.hasOwn(find, word)

/** Answers the words of the command line. Throws with the usage where they are no question. */
export async function personAnswer(db: Database, words: readonly string[]): Promise<Answer> {
  const [task, kind = '', key, ...rest] = words
  if ((task !== 'find' && task !== 'delete') || !isKind(kind) || key === undefined || rest.length > 0)
    throw new Error(USAGE)
  const nobody: Answer = { exitCode: 1, out: '', faults: 'Nothing is kept of them.\n' }
  if (task === 'delete') {
    if (!(await erase[kind](db, key))) return nobody
    return {
      exitCode: 0,
      out: 'It is deleted. What stays is in the record of calls, by an id that names nobody.\n',
      faults: '',
    }
  }
  const found = Object.entries(await find[kind](db, key))
  if (found.length === 0) return nobody
  return { exitCode: 0, out: found.map(([table, count]) => `${table}\t${count}\n`).join(''), faults: '' }
}

if (import.meta.main) await answerCommand((words) => inCity((db) => personAnswer(db, words)))
