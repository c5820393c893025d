/**
 * Changing the city: what a wish would make of it, what is wrong with that, and doing it as one transaction that is kept with
 * who did it. Pages, text, the command line and taking a change back all come through here.
 */
import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { parseDocument, type Document } from 'yaml'
import type { ChangeWay, CityDifference, CityFault, CityOutcome, Wish } from '#server/contract/admin.ts'
import { hashPassword } from '#server/auth/passwords.ts'
import { readPolicy, type CheckedPolicy } from '#server/policy/document.ts'
import { holdCity, readKeptCity, type KeptCity } from '#server/store/city.ts'
import {
  announceCity,
  changesAfter,
  findChange,
  keepChange,
  partsInCall,
  writeCity,
} from '#server/store/city-changes.ts'
import type { KeptChange } from '#server/store/city-changes.ts'
import type { Database } from '#server/store/database.ts'
import { insertPolicy } from '#server/store/policies.ts'
import { cityDifferences } from './differences.ts'
import { policyNode, readCityDocument, readCityText, textOf, versionOf, yamlOf } from './document.ts'
import type { CheckedCity, CityDocument, RefusedCity } from './document.ts'

/** Who changes the city, and by which way. */
export type Author = { readonly id: string | null; readonly name: string; readonly how: ChangeWay }

/** Why nothing was done, beside faults of what was wished. */
export type ChangeRefusal = 'changed-meanwhile' | 'unknown-change' | 'changed-since'

export class CityRefusal extends Error {
  readonly code: ChangeRefusal

  constructor(code: ChangeRefusal, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** The city as it is, with its document as values and as text. */
export async function cityNow(
  db: Database,
): Promise<{ version: string; text: string; policyText: string; document: CityDocument }> {
  const kept = await readWhole(db)
  const yaml = yamlOf(kept)
  return {
    version: versionOf(kept),
    text: textOf(yaml),
    policyText: kept.policyText ?? '',
    document: yaml.toJS() as CityDocument,
  }
}

/** Read at one moment, so that what belongs together is of the same time. */
function readWhole(db: Database): Promise<KeptCity> {
  return db.transaction().setIsolationLevel('repeatable read').execute(readKeptCity)
}

/** What a wish would change, or what is wrong with it. Changes nothing. */
export async function checkWish(db: Database, wish: Wish): Promise<CityOutcome> {
  const kept = await readWhole(db)
  const next = wished(kept, wish)
  const differences = next.isValid ? cityDifferences(documentOf(kept), next.document) : []
  const faults = next.isValid
    ? [...adminFaults(next, differences), ...(await inCallFaults(db, differences))]
    : next.faults
  return { version: versionOf(kept), faults: [...faults], differences, changeId: null }
}

export type ChangeOrder = {
  /** Of the configuration that was looked at. */
  readonly version: string
  readonly wish: Wish
  readonly isForWaiting: boolean
}

/** Does what is wished, whole or not at all. Throws {@link CityRefusal} where the city was changed since it was looked at. */
export async function changeCity(db: Database, order: ChangeOrder, by: Author, at: number): Promise<CityOutcome> {
  return await inHeldCity(db, async (trx, kept) => {
    if (versionOf(kept) !== order.version) {
      throw new CityRefusal('changed-meanwhile', 'the configuration was changed meanwhile: look at what is other again')
    }
    return await carryOut(trx, kept, wished(kept, order.wish), { by, at, ...order, takesBack: null })
  })
}

/**
 * Makes everything that a change made other as it was before. What was changed again since is a fault, and nothing is done. Throws
 * {@link CityRefusal} where there is no such change, or it was taken back already.
 */
export async function takeChangeBack(db: Database, changeId: number, by: Author, at: number): Promise<CityOutcome> {
  return await inHeldCity(db, async (trx, kept) => {
    const change = await findChange(trx, changeId)
    if (change === undefined) throw new CityRefusal('unknown-change', 'there is no such change any more')
    if (change.takenBackBy !== null) throw new CityRefusal('changed-since', 'it was taken back already')
    const yaml = yamlOf(kept)
    const now = yaml.toJS() as unknown
    const other = change.differences.filter(({ path, after }) => !isDeepStrictEqual(valueAt(now, path), after))
    if (other.length > 0) {
      const later = await changesAfter(trx, changeId)
      const faults = other.map(({ path }) => ({ line: 1, path: path.join('.'), ...sinceFault(later, path) }))
      return { version: versionOf(kept), faults, differences: [], changeId: null }
    }
    for (const { path, before } of change.differences) setAt(yaml, path, before)
    const next = readCityDocument(yaml)
    const author = { ...by, how: 'taken-back' } as const
    return await carryOut(trx, kept, next, { by: author, at, isForWaiting: true, takesBack: changeId })
  })
}

/** Keeps a policy that was checked by itself, as a change of the city. `document`: its text, as it was reviewed. */
export async function changePolicy(
  db: Database,
  next: { readonly checked: CheckedPolicy; readonly document: string; readonly isForWaiting: boolean },
  by: Author,
  at: number,
): Promise<void> {
  const { checked, document, isForWaiting } = next
  await inHeldCity(db, async (trx, kept) => {
    const before = kept.policyText === undefined ? undefined : readPolicy(kept.policyText)
    const old = before?.isValid === true ? { policy: before.document } : {}
    const differences = cityDifferences(old, { policy: checked.document })
    await insertPolicy(trx, { version: checked.policy.version, document, isForWaiting })
    const { id: byId, name: byName, how } = by
    await keepChange(trx, { byId, byName, how, takesBack: null, differences }, at)
    await announceCity(trx)
  })
}

function sinceFault(later: readonly KeptChange[], path: readonly string[]) {
  const numbers = later
    .filter(({ differences }) => differences.some((each) => isDeepStrictEqual(each.path, path)))
    .map(({ changeId }) => changeId)
  if (numbers.length === 0) return { sentence: 'was changed again since', code: 'changed-again' as const }
  const sentence = `was changed again since, by change ${numbers.join(' and ')}`
  return { sentence, code: 'changed-since' as const, subject: numbers.join(', ') }
}

type Work<T> = (trx: Parameters<typeof writeCity>[0], kept: KeptCity) => Promise<T>

function inHeldCity<T>(db: Database, work: Work<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await holdCity(trx)
    return await work(trx, await readKeptCity(trx))
  })
}

type HowToCarryOut = {
  readonly by: Author
  readonly at: number
  readonly isForWaiting: boolean
  readonly takesBack: number | null
}

async function carryOut(
  trx: Parameters<typeof writeCity>[0],
  kept: KeptCity,
  next: CheckedCity | RefusedCity,
  { by, at, isForWaiting, takesBack }: HowToCarryOut,
): Promise<CityOutcome> {
  const version = versionOf(kept)
  if (!next.isValid) return { version, faults: [...next.faults], differences: [], changeId: null }
  const differences = cityDifferences(documentOf(kept), next.document)
  const faults = [...adminFaults(next, differences), ...(await inCallFaults(trx, differences))]
  if (faults.length > 0 || differences.length === 0) return { version, faults, differences, changeId: null }
  const secrets = { passwordHash: await nobodysPassword() }
  await writeCity(trx, differences, next.document, secrets, at)
  if (differences.some(({ path }) => path[0] === 'policy') && next.policy !== undefined) {
    const document = next.policyText ?? ''
    await insertPolicy(trx, { version: next.policy.policy.version, document, isForWaiting })
  }
  const { id: byId, name: byName, how } = by
  const changeId = await keepChange(trx, { byId, byName, how, takesBack, differences }, at)
  await announceCity(trx)
  return { version: versionOf(await readKeptCity(trx)), faults: [], differences, changeId }
}

/** A hash that no password fits: nobody has seen the one it was made of. */
const nobodysPassword = (): Promise<string> => hashPassword(randomBytes(32).toString('hex'))

const documentOf = (kept: KeptCity): CityDocument => yamlOf(kept).toJS() as CityDocument

/** What the city would be. Faults of a policy's own text have its own lines. */
function wished(kept: KeptCity, wish: Wish): CheckedCity | RefusedCity {
  if ('text' in wish) return withPolicyKept(kept, readCityText(wish.text))
  const yaml = yamlOf(kept)
  if ('policyText' in wish) {
    const policy = readPolicy(wish.policyText)
    if (!policy.isValid) return policy
    yaml.set('policy', policyNode(parseDocument(wish.policyText)))
    const next = readCityDocument(yaml)
    // As it was written, down to its blank lines.
    return next.isValid ? { ...next, policyText: wish.policyText } : next
  }
  for (const { path, value } of wish.changes) setAt(yaml, path, value)
  return withPolicyKept(kept, readCityDocument(yaml))
}

/** A city that has a policy cannot be without one again: no call could be taken. */
function withPolicyKept(kept: KeptCity, next: CheckedCity | RefusedCity): CheckedCity | RefusedCity {
  if (!next.isValid || next.policy !== undefined || kept.policyText === undefined) return next
  return {
    isValid: false,
    faults: [{ line: 1, path: 'policy', sentence: 'policy is missing', code: 'missing', subject: 'policy' }],
  }
}

/** Somebody has to be able to change it back. */
function adminFaults({ document }: CheckedCity, differences: readonly CityDifference[]): CityFault[] {
  if (!differences.some(({ path }) => path[0] === 'people')) return []
  if (Object.values(document.people).some(({ role }) => role === 'administrator')) return []
  return [{ line: 1, path: 'people', sentence: 'nobody would be left who may change the city', code: 'nobody-left' }]
}

async function inCallFaults(db: Database, differences: readonly CityDifference[]): Promise<CityFault[]> {
  const gone = differences.flatMap(({ path: [part = '', id = ''], after }) =>
    after === null ? [[part, id] as const] : [],
  )
  return (await partsInCall(db, gone)).map(([part, id]) => ({
    line: 1,
    path: `${part}.${id}`,
    sentence: 'has a call that is not over: it can be taken away afterwards',
    code: 'in-call' as const,
  }))
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null
    at = (at as Record<string, unknown>)[key]
  }
  return at ?? null
}

/** Null takes away. What is on the way and not there is made. */
function setAt(yaml: Document, path: readonly string[], value: unknown): void {
  if (value === null) yaml.deleteIn(path)
  else yaml.setIn(path, yaml.createNode(value))
}
