/**
 * `npm run policy -- check | diff | schema`, which need no city, and the two that do:
 *   -- load FILE [--keep-waiting]   checks a policy against the city, shows what it changes, and loads it; a running
 *                                   server follows at once. Those who wait keep their old rules where that is said.
 *   -- show                         the text of the policy in force.
 * Ends with 0 where it could do what was asked, with 1 where the policy is wrong, with 2 where the question is.
 */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { changePolicy } from '../city/city-desk.ts'
import { answer } from '../policy/command.ts'
import { differenceText, policyDifferences } from '../policy/difference.ts'
import { readPolicy } from '../policy/document.ts'
import { cityFaults } from '../policy-in-force.ts'
import type { Database } from '../store/database.ts'
import { loadDirectory } from '../store/directory.ts'
import { newestPolicy } from '../store/policies.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const done = (out: string): Answer => ({ exitCode: 0, out, faults: '' })
const wrong = (faults: string): Answer => ({ exitCode: 1, out: '', faults })

/** Loads the policy of `file`; `isForWaiting` says whether those who wait follow it. Whole or not at all. */
export async function loadPolicyFile(db: Database, file: string, isForWaiting: boolean): Promise<Answer> {
  const document = readFileSync(file, 'utf8')
  const checked = readPolicy(document)
  if (!checked.isValid) return answer(['check', file])
  const faults = cityFaults(checked, await loadDirectory(db))
  if (faults.length > 0) return wrong(faults.map((fault) => `${file}: ${fault}\n`).join(''))
  const before = await newestPolicy(db)
  const inForce = before === undefined ? undefined : readPolicy(before.document)
  const changes =
    inForce?.isValid === true
      ? policyDifferences(inForce, checked).map((change) => `${differenceText(change)}\n`)
      : ['There was no policy that could be read.\n']
  if (changes.length === 0) return done('The policy in force does the same: nothing was loaded.\n')
  const by = { id: null, name: userInfo().username, how: 'command' } as const
  await changePolicy(db, { checked, document, isForWaiting }, by, Date.now())
  const whom = isForWaiting ? 'Those who wait follow it.' : 'Those who wait keep the rules they came under.'
  return done(`${changes.join('')}Policy ${checked.policy.version} is loaded. ${whom}\n`)
}

async function answerInCity(words: readonly string[]): Promise<Answer> {
  const [task, ...rest] = words
  const files = rest.filter((word) => word !== '--keep-waiting')
  const [file] = files
  if (task === 'load' && file !== undefined && files.length === 1) {
    return await inCity((db) => loadPolicyFile(db, file, files.length === rest.length))
  }
  if (task === 'show' && rest.length === 0) {
    return await inCity(async (db) => {
      const kept = await newestPolicy(db)
      return kept === undefined ? wrong('No policy was ever loaded.\n') : done(kept.document)
    })
  }
  return answer(words)
}

if (import.meta.main) await answerCommand(answerInCity)
