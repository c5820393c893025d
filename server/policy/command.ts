/**
 * What `npm run policy` answers without a city: `check FILE`, `diff OLD NEW`, `schema`. Ends with 0 where it could do what was asked, with 1
 * where a policy is wrong, with 2 where the question or a file is.
 */
import { readFileSync } from 'node:fs'
import { differenceText, policyDifferences } from './difference.ts'
import { readPolicy, type CheckedPolicy } from './document.ts'
import { schemaText } from './schema.ts'

const USAGE = `npm run policy -- check FILE      whether a policy is right
npm run policy -- diff OLD NEW    what a policy changes against another
npm run policy -- schema          the JSON Schema of a policy
npm run policy -- load FILE       checks it against the city and loads it (--keep-waiting: not for those who wait)
npm run policy -- show            the policy in force`

const EXIT_DONE = 0
const EXIT_POLICY_WRONG = 1
const EXIT_QUESTION_WRONG = 2

type Answer = { readonly exitCode: number; readonly out: string; readonly faults: string }

/** What the command answers to its words. Reads files; throws what reading them throws. */
export function answer(words: readonly string[]): Answer {
  const [task, ...files] = words
  if (task === 'schema' && files.length === 0) return { exitCode: EXIT_DONE, out: schemaText(), faults: '' }
  if (task === 'check' && files.length === 1) return withPolicies(files, ([policy]) => summaryOf(policy))
  if (task === 'diff' && files.length === 2) {
    return withPolicies(files, ([before, after]) => {
      const changes = policyDifferences(before, after).map((change) => `${differenceText(change)}\n`)
      return changes.length === 0 ? 'The two do the same.\n' : changes.join('')
    })
  }
  return { exitCode: EXIT_QUESTION_WRONG, out: '', faults: `${USAGE}\n` }
}

/** Reads all files; answers only where each is right. */
function withPolicies(files: readonly string[], say: (policies: [CheckedPolicy, CheckedPolicy]) => string): Answer {
  const policies: CheckedPolicy[] = []
  const faults: string[] = []
  for (const file of files) {
    const result = readPolicy(readFileSync(file, 'utf8'))
    if (result.isValid) policies.push(result)
    else {
      for (const { line, path, sentence } of result.faults) {
        faults.push(`${file}:${line}: ${path === '' ? '' : `${path}: `}${sentence}\n`)
      }
    }
  }
  const [first, last = first] = policies
  if (faults.length > 0 || first === undefined || last === undefined) {
    return { exitCode: EXIT_POLICY_WRONG, out: '', faults: faults.join('') }
  }
  return { exitCode: EXIT_DONE, out: say([first, last]), faults: '' }
}

function summaryOf({ policy, queues, centres, document }: CheckedPolicy): string {
  const calendars = Object.keys(document.hours?.calendars ?? {})
  return (
    `Policy ${policy.version} is right: ${queues.length} queues, ${centres.length} centres, ` +
    `${Object.keys(policy.classes).length} classes, ${policy.lending.length} lending rules, ` +
    `${calendars.length} calendars.\n`
  )
}
