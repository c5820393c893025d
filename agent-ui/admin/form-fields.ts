/** The fields of a form, made from the schema that the server checks by: what is in an entry, of what kind, and whether it must be there. */
import {
  cityParts,
  RetentionEntry,
  SITE_KINDS,
  type CityContent,
  type CityPart,
} from '#server/contract/city-document.ts'
import { LANGUAGES } from '#server/contract/ids.ts'
import { languageWords, siteTypeWords } from '../text/words.ts'

export type FieldKind =
  | { readonly kind: 'text' }
  | {
      readonly kind: 'number'
      readonly min: number | undefined
      readonly max: number | undefined
      readonly isWhole: boolean
    }
  | { readonly kind: 'flag' }
  /** One of these words of the catalogue, by value. */
  | { readonly kind: 'choice'; readonly words: Readonly<Record<string, string>> }
  /** One of the entries of a part. */
  | { readonly kind: 'reference'; readonly part: CityPart }
  | { readonly kind: 'labels' }
  | { readonly kind: 'point' }
  | { readonly kind: 'skills' }
  /** Some of the entries of a part. */
  | { readonly kind: 'references'; readonly part: CityPart }

export type Field = { readonly name: FieldName; readonly isRequired: boolean } & FieldKind

/** The word of each field. A field of the schema without words does not compile. */
export const fieldWords = {
  name: 'field.name',
  kind: 'field.kind',
  address: 'field.address',
  district: 'field.district',
  point: 'field.point',
  phone: 'field.phone',
  tellsWait: 'field.tellsWait',
  site: 'field.site',
  service: 'field.service',
  language: 'field.language',
  pxPerMm: 'field.pxPerMm',
  labels: 'field.labels',
  order: 'field.order',
  username: 'field.username',
  firstName: 'field.firstName',
  role: 'field.role',
  centre: 'field.centre',
  skills: 'field.skills',
  besideSite: 'field.besideSite',
  number: 'field.number',
  mayCall: 'field.mayCall',
  note: 'field.note',
  people: 'field.ownerPeople',
  changesDays: 'field.changesDays',
  warningsDays: 'field.warningsDays',
  rosterDays: 'field.rosterDays',
} as const satisfies Record<EntryKey, string>
export type FieldName = keyof typeof fieldWords

type KeysOf<T> = T extends unknown ? keyof T : never
type EntryKey = KeysOf<CityContent[CityPart][string]> | keyof RetentionEntry

export const roleWords = {
  agent: 'field.roleAgent',
  supervisor: 'field.roleSupervisor',
  administrator: 'field.roleAdministrator',
} as const

const referenceOf: Partial<Record<FieldName, CityPart>> = {
  site: 'sites',
  besideSite: 'sites',
  district: 'districts',
  service: 'services',
  centre: 'centres',
}

const choices: Partial<Record<FieldName, Readonly<Record<string, string>>>> = {
  kind: Object.fromEntries(SITE_KINDS.map((kind) => [kind, siteTypeWords[kind]])),
  language: Object.fromEntries(LANGUAGES.map((language) => [language, languageWords[language]])),
  role: roleWords,
}

type Schema = {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** The fields of an entry, in the order of the schema. */
export function fieldsOf(part: CityPart | 'retention'): Field[] {
  const { properties = {}, required = [] } = (part === 'retention' ? RetentionEntry : cityParts[part]) as Schema
  return Object.entries(properties).map(([key, schema]) => {
    const name = key as FieldName
    return { name, isRequired: required.includes(key), ...kindOf(name, schema) }
  })
}

function kindOf(name: FieldName, { type, minimum, maximum }: Schema): FieldKind {
  const part = referenceOf[name]
  if (part !== undefined) return { kind: 'reference', part }
  const words = choices[name]
  if (words !== undefined) return { kind: 'choice', words }
  if (name === 'people') return { kind: 'references', part: 'people' }
  if (name === 'note') return { kind: 'labels' }
  if (name === 'labels' || name === 'point' || name === 'skills') return { kind: name }
  if (type === 'boolean') return { kind: 'flag' }
  if (type === 'integer' || type === 'number') {
    return { kind: 'number', min: minimum, max: maximum, isWhole: type === 'integer' }
  }
  return { kind: 'text' }
}

/** An entry as it begins: what must be there and can be guessed. */
export function emptyEntry(part: CityPart): Record<string, unknown> {
  const entry: Record<string, unknown> = {}
  for (const field of fieldsOf(part)) {
    if (field.kind === 'flag') entry[field.name] = true
    else if (field.kind === 'skills') entry[field.name] = {}
    else if (field.kind === 'references') entry[field.name] = []
    else if (field.kind === 'labels' && field.isRequired) entry[field.name] = { da: '', en: '' }
    else if (field.kind === 'choice') entry[field.name] = Object.keys(field.words)[0]
    else if (field.kind === 'number' && field.isRequired) entry[field.name] = field.min ?? 0
    else if (field.isRequired) entry[field.name] = ''
  }
  return entry
}
