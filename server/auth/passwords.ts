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

/** Any well-formed hash: compared against where there is no such account, so that the time tells nothing. */
const nobody = hash('nobody has this password', COST)

/** Whether `password` is the one behind `passwordHash`; `undefined` takes as long and is false. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const kept = passwordHash ?? (await nobody)
  const isRight = await inTurn(() => verify(kept, password))
  return isRight && passwordHash !== undefined
}
