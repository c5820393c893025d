/** Values that fit a JSON schema as the contract writes them: what pages might send, and a little beyond what they do. */
import fc from 'fast-check'

/** The part of JSON schema that the contract uses. */
export type JsonSchema = {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** Values that mean something to the system now, by the name of the property that holds them: calls, tickets, people. */
export type Known = Readonly<Record<string, readonly unknown[]>>

/** Longer texts and lists find what shorter ones do, later. */
const CHARACTERS_MORE = 40
const ITEMS_MAX = 4

/** Throws for a schema of a kind that the contract does not use. */
export function fitting(schema: JsonSchema, known: Known = {}): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each, known)))
  switch (schema.type) {
    case 'object':
      return fittingObject(schema, known)
    case 'array':
      return fittingArray(schema, known)
    case 'string':
      return fittingText(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? Number.MAX_SAFE_INTEGER })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      if (Object.keys(schema).length === 0) return fc.jsonValue({ maxDepth: 2 })
      throw new Error(`no value is known for ${JSON.stringify(schema).slice(0, 200)}`)
  }
}

function fittingObject({ properties = {}, patternProperties, required = [] }: JsonSchema, known: Known) {
  if (patternProperties !== undefined) {
    const [[pattern, value] = ['^$', {}]] = Object.entries(patternProperties)
    return fc
      .dictionary(fittingText({ pattern }), fitting(value, known), { maxKeys: ITEMS_MAX })
      .map((made) => ({ ...made }))
  }
  const values = Object.entries(properties).map(([name, value]): [string, fc.Arbitrary<unknown>] => {
    const those = known[name]
    const any = fitting(value, known)
    const one =
      those === undefined || those.length === 0
        ? any
        : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...those) }, any)
    return [name, one]
  })
  return fc.record(Object.fromEntries(values), { requiredKeys: [...required] }).map((made) => ({ ...made }))
}

function fittingArray({ items = {}, minItems = 0, maxItems, uniqueItems }: JsonSchema, known: Known) {
  const lengths = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems ?? ITEMS_MAX, ITEMS_MAX)) }
  const item = fitting(items, known)
  return uniqueItems === true
    ? fc.uniqueArray(item, { ...lengths, selector: (each) => JSON.stringify(each) })
    : fc.array(item, lengths)
}

function fittingText({ pattern, format, minLength = 0, maxLength }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const span = { min: new Date('2026-01-01T00:00Z'), max: new Date('2027-12-31T00:00Z'), noInvalidDate: true }
    return fc.date(span).map((date) => date.toISOString())
  }
  const longest = maxLength ?? Number.POSITIVE_INFINITY
  const isLongEnough = (text: string) => [...text].length >= minLength && [...text].length <= longest
  if (pattern === undefined) {
    return fc
      .string({ minLength, maxLength: Math.min(longest, minLength + CHARACTERS_MORE), unit: 'binary' })
      .filter(isLongEnough)
  }
  const whole = new RegExp(pattern, 'u')
  // What looks ahead says how long it may be, which is looked at afterwards.
  const made = fc.stringMatching(new RegExp(pattern.replace(/\(\?=[^)]*\)/, ''), 'u'), {
    size: minLength > 10 ? 'medium' : 'small',
  })
  return made.filter((text) => isLongEnough(text) && whole.test(text))
}
