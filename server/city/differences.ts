/** What one city's document changes against another, thing by thing: a site, a matter, a calendar of the policy. */
import { isDeepStrictEqual } from 'node:util'
import type { CityDifference } from '#server/contract/admin.ts'
import { cityParts } from '#server/contract/city-document.ts'
import { differences, differenceText } from '#server/policy/difference.ts'
import type { CityDocument } from './document.ts'

export type EntityPath = readonly string[]

/** Parts of the policy in which each name is a thing of its own. */
const POLICY_PARTS: ReadonlySet<string> = new Set([
  'attributes',
  'classes',
  'centres',
  'languages',
  'services',
  'queues',
  'modes',
  'lending',
  'sites',
])

type Entity = { readonly path: EntityPath; readonly value: unknown }

/** Every thing of a document, by its path. */
function entitiesOf(document: Partial<CityDocument>): Map<string, Entity> {
  const entities = new Map<string, Entity>()
  const add = (path: EntityPath, value: unknown) => void entities.set(path.join('\n'), { path, value })
  const addAll = (path: EntityPath, values: object) => {
    for (const [id, value] of Object.entries(values)) add([...path, id], value)
  }
  for (const [part, value] of Object.entries(document)) {
    if (part === 'policy') addPolicy(document.policy ?? {}, add, addAll)
    else if (part in cityParts) addAll([part], value as object)
    else add([part], value)
  }
  return entities
}

function addPolicy(
  policy: object,
  add: (path: EntityPath, value: unknown) => void,
  addAll: (path: EntityPath, values: object) => void,
): void {
  for (const [name, value] of Object.entries(policy)) {
    if (POLICY_PARTS.has(name)) addAll(['policy', name], value as object)
    else if (name === 'hours') {
      const { calendars, ...rest } = value as { calendars: object }
      addAll(['policy', 'hours', 'calendars'], calendars)
      addAll(['policy', 'hours'], rest)
    } else add(['policy', name], value)
  }
}

/** All things that are other, in the order of their paths: null where a document has not got one. */
export function cityDifferences(before: Partial<CityDocument>, after: Partial<CityDocument>): CityDifference[] {
  const [old, now] = [entitiesOf(before), entitiesOf(after)]
  const keys = [...new Set([...old.keys(), ...now.keys()])].toSorted()
  return keys.flatMap((key) => {
    const [one, other] = [old.get(key), now.get(key)]
    if (isSame(one, other)) return []
    const path = [...(one ?? other ?? { path: [] }).path]
    return [{ path, before: one?.value ?? null, after: other?.value ?? null, fields: fieldsOf(one, other) }]
  })
}

/** The order of settings means something in a policy, as that of outcomes, and nothing elsewhere. */
function isSame(one: Entity | undefined, other: Entity | undefined): boolean {
  if (one?.path[0] === 'policy') return JSON.stringify(one.value) === JSON.stringify(other?.value)
  return isDeepStrictEqual(one?.value, other?.value)
}

/** Single settings, where there is a before and an after. */
function fieldsOf(before: Entity | undefined, after: Entity | undefined): CityDifference['fields'] {
  if (before === undefined || after === undefined) return []
  return differences({ of: before.value }, { of: after.value }).map(({ path, before: was, after: is }) => ({
    path: path.replace(/^of\.?/, ''),
    before: was ?? null,
    after: is ?? null,
  }))
}

/** A difference for people at a command line: what has come, what is gone, and each setting that is other. */
export function cityDifferenceLines({ path, before, after, fields }: CityDifference): string[] {
  const name = path.join('.')
  if (before === null) return [`+ ${name}: ${JSON.stringify(after)}`]
  if (after === null) return [`- ${name}: ${JSON.stringify(before)}`]
  return fields.map((field) => {
    const text = { path: [name, field.path].filter((part) => part !== '').join('.') }
    return `  ${differenceText({ ...text, before: field.before ?? undefined, after: field.after ?? undefined })}`
  })
}
