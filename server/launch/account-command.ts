/**
 * `npm run account`: for whoever runs the database, where somebody cannot get in by themselves.
 *   -- open USERNAME      a fresh password, printed once; a second factor is set up anew; every sign-in of theirs ends
 * Ends with 0 where it was done, with 1 where there is nobody of that name, with 2 where the question is.
 */
import { randomInt } from 'node:crypto'
import { hashPassword } from '../auth/passwords.ts'
import type { Database } from '../store/database.ts'
import { dropSecondFactor } from '../store/second-factors.ts'
import { endSignInsOf, keepPasswordHash } from '../store/sign-ins.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

/** Without letters that are mistaken for one another: about 79 bits. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const PASSWORD_LENGTH = 16

/** Opens somebody's account anew. */
export async function openAccount(db: Database, username: string): Promise<Answer> {
  const person = await db
    .selectFrom('agents')
    .select(['agent_id', 'name', 'role'])
    .where('username', '=', username.toLowerCase())
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (person === undefined) return { exitCode: 1, out: '', faults: `There is nobody called ${username}.\n` }
  const { agent_id: agentId, name, role } = person
  const password = Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  await keepPasswordHash(db, agentId, await hashPassword(password), '')
  await dropSecondFactor(db, agentId)
  await endSignInsOf(db, agentId)
  const out = `${name} (${role}) signs in with the password ${password} and changes it under «Mit login».\n`
  return { exitCode: 0, out, faults: '' }
}

async function answer([task, username, ...more]: readonly string[]): Promise<Answer> {
  if (task !== 'open' || username === undefined || more.length > 0) {
    return { exitCode: 2, out: '', faults: 'npm run account -- open USERNAME\n' }
  }
  return await inCity((db) => openAccount(db, username))
}

if (import.meta.main) await answerCommand(answer)
