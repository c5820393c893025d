/** What is secret in a checkout's own system: made once, kept beside its data, readable by its owner only. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { StartFault } from './start-fault.ts'

const NAMES = ['mediaSecret', 'databasePassword', 'redisPassword', 'demoSecret'] as const
const SECRET_BYTES = 32

export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>

/** Reads the secrets from `file`, making it where there is none. Throws a StartFault for one that cannot be used. */
export function readSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    const made = Object.fromEntries(NAMES.map((name) => [name, randomBytes(SECRET_BYTES).toString('hex')]))
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600, flag: 'wx' })
  }
  const found = parse(readFileSync(file, 'utf8'))
  if (isSecrets(found)) return found
  throw new StartFault(
    `The secrets in ${file} are damaged. Put them back, or move its whole folder away to begin with an empty one.`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null) return false
  return NAMES.every((name) => /^[0-9a-f]{32,}$/.test(String(Reflect.get(value, name))))
}
