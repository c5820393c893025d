/** Passwords of local accounts, as argon2id. */
import { hash, verify } from '@node-rs/argon2'

/** The library's number for argon2id, and OWASP's floor for argon2id: about 25 ms each here. More is dearer for a thief and for a morning's sign-ins alike. */
const ARGON2ID = 2
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Hashed at once, so that a flood of sign-ins cannot take the machine from the calls. */
const AT_ONCE_MAX = 2

let underWay = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= AT_ONCE_MAX) await new Promise<void>((resolve) => waiting.push(resolve))
  underWay += 1
  try {
    return await work()
  } finally {
    underWay -= 1
    waiting.shift()?.()
  }
}

/** The hash to keep of a password. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

/** Whether a hash was made with less than is used now: it is made anew when its password is next at hand. */
export function isOldHash(passwordHash: string): boolean {
  const [, m, t] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? []
  return m === undefined || Number(m) < COST.memoryCost || Number(t) < COST.timeCost
}

/** The shortest password that somebody may choose. */
export const PASSWORD_LENGTH_MIN = 12

/** Whether a password is worth keeping: long, of more than a few signs, and not the user name over again. No rules beyond that. */
export function isGoodPassword(password: string, username: string): boolean {
  const lower = password.toLowerCase()
  const rest = lower.replaceAll(username.toLowerCase(), '').replaceAll('skranke', '')
  return password.length >= PASSWORD_LENGTH_MIN && new Set(lower).size >= 5 && rest.length >= PASSWORD_LENGTH_MIN / 2
}

/** Any well-formed hash: compared against where there is no such account, so that the time tells nothing. */
const nobody = hash('nobody has this password', COST)

/** Whether `password` is the one behind `passwordHash`; `undefined` takes as long and is false. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  // Who signs in elsewhere has no hash that a password could fit.
  const isHash = passwordHash?.startsWith('$argon2') === true
  const kept = isHash ? passwordHash : await nobody
  const isRight = await inTurn(() => verify(kept, password))
  return isRight && isHash
}
