/** The words of `npm run replay`, as a question that can be answered. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readPolicy, type CheckedPolicy } from '#server/policy/document.ts'

export const USAGE = `npm run replay -- --day 2026-11-23     the day again: every decision must be as it was
npm run replay -- --simulated-day      the same with a made-up day of a whole city, without a database

  What if (any of these; the day is then run again many times, as it was and with the change):
  --policy FILE                another policy from the beginning of the day
  --without-agents N           without the N who worked most
  --without amal,bo            without these
  --with 2xamal,bo             with so many more like these
  --resample                   without a change: how much of a day is luck

  --resamples N  (20)    --seed N  (1)    --threads N  (one for each core)`

export type Question = {
  /** As `2026-11-23`. */
  readonly date: string
  readonly isSimulated: boolean
  readonly seed: number
  readonly resamplesCount: number
  readonly threadsCount: number | null
  readonly policy: CheckedPolicy | null
  readonly withoutAgentsCount: number
  readonly withoutAgentIds: readonly string[]
  readonly copies: readonly { readonly agentId: string; readonly count: number }[]
  /** Whether to run the day again with nothing changed. */
  readonly isResampled: boolean
}

/** A made-up day is this one where none is said: a Monday in November, open everywhere. */
const SIMULATED_DATE = '2026-11-23'
/** Reruns of one kind. More make the intervals steadier and take longer; below some twenty their ends are chance. */
const RESAMPLES = '20'
const RESAMPLES_MAX = 2_000

/** Throws one sentence for words that say nothing that can be answered. */
export function questionOf(words: readonly string[]): Question {
  const { values } = parseArgs({
    args: [...words],
    options: {
      day: { type: 'string' },
      'simulated-day': { type: 'boolean', default: false },
      policy: { type: 'string' },
      'without-agents': { type: 'string', default: '0' },
      without: { type: 'string', default: '' },
      with: { type: 'string', default: '' },
      resample: { type: 'boolean', default: false },
      resamples: { type: 'string', default: RESAMPLES },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string' },
    },
  })
  const isSimulated = values['simulated-day']
  const date = values.day ?? (isSimulated ? SIMULATED_DATE : undefined)
  if (date === undefined) throw new Error(USAGE)
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new Error(`--day must be a date as 2026-11-23, not ${date}.`)
  return {
    date,
    isSimulated,
    seed: whole('--seed', values.seed, 0, 2 ** 31),
    resamplesCount: whole('--resamples', values.resamples, 1, RESAMPLES_MAX),
    threadsCount: values.threads === undefined ? null : whole('--threads', values.threads, 0, 64),
    policy: values.policy === undefined ? null : readPolicyFile(values.policy),
    withoutAgentsCount: whole('--without-agents', values['without-agents'], 0, 10_000),
    withoutAgentIds: listOf(values.without),
    copies: listOf(values.with).map(copyOf),
    isResampled: values.resample,
  }
}

/** A policy that people wrote. Throws with all that is wrong with it. */
export function readPolicyFile(file: string): CheckedPolicy {
  const policy = readPolicy(readFileSync(file, 'utf8'))
  if (policy.isValid) return policy
  const faults = policy.faults.map(
    ({ line, path, sentence }) => `${file}:${line}: ${path === '' ? '' : `${path}: `}${sentence}`,
  )
  throw new Error(faults.join('\n'))
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text !== '' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error(`${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}.`)
}

function listOf(text: string): string[] {
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
}

/** `2xamal`, or `amal` for one. */
function copyOf(text: string): { agentId: string; count: number } {
  const [, count = '1', agentId = text] = /^(\d+)x(.+)$/.exec(text) ?? []
  return { agentId, count: whole('--with', count, 1, 1_000) }
}
