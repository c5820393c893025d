/**
 * The city as one YAML document: made from what is kept, and read from what people wrote. The policy is a part of it as it was
 * reviewed, comments included.
 */
import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Document, isNode, LineCounter, parseDocument, YAMLMap, type Node } from 'yaml'
import type { CityFault } from '#server/contract/admin.ts'
import { CityContent, cityProperties } from '#server/contract/city-document.ts'
import { checkPolicy, type CheckedPolicy } from '#server/policy/document.ts'
import { markOfYaml } from '#server/policy/fault-codes.ts'
import { locatorOf, pathOfError, type Locator } from '#server/policy/faults.ts'
import { PolicyDocument } from '#server/policy/schema.ts'
import { Type } from 'typebox'
import { cityFaults } from './cross-checks.ts'
import { codeOf, sentenceOf } from './sentences.ts'

export type CityDocument = CityContent & { policy?: PolicyDocument }

/** What is kept of a city: its content, and the policy as text where one was loaded. */
export type KeptCity = { readonly content: CityContent; readonly policyText: string | undefined }

export type CheckedCity = {
  readonly isValid: true
  readonly document: CityDocument
  /** The policy of the document as a text of its own. */
  readonly policyText: string | undefined
  readonly policy: CheckedPolicy | undefined
}
export type RefusedCity = { readonly isValid: false; readonly faults: readonly CityFault[] }

/** Digits of the hash that is a version. Fewer could make two configurations look like one. */
const VERSION_DIGITS = 16

const strict = { additionalProperties: false } as const

/** The JSON Schema of the whole document. */
export const CitySchema = Type.Object(
  // The policy is looked at by itself, so that its faults are said in its own words.
  { ...cityProperties, policy: Type.Optional(Type.Unsafe<PolicyDocument>(Type.Object({}))) },
  { ...strict, $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Skranke city' },
)

const isCity = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile<CityDocument>(CitySchema)

/** The JSON Schema of a city with its policy, as text that ends with a line break: for editors. */
export function citySchemaText(): string {
  const { $schema: _inner, ...policy } = PolicyDocument as unknown as Record<string, unknown>
  const schema = { ...CitySchema, properties: { ...CitySchema.properties, policy } }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

/** Another version as soon as anything is other, comments of the policy included. */
export function versionOf({ content, policyText }: KeptCity): string {
  const text = JSON.stringify([content, policyText ?? null])
  return createHash('sha256').update(text).digest('hex').slice(0, VERSION_DIGITS)
}

/** The document of what is kept, to be changed or written. */
export function yamlOf({ content, policyText }: KeptCity): Document {
  const document = new Document(content)
  if (policyText !== undefined) document.set('policy', policyNode(parseDocument(policyText)))
  return document
}

/** The text of a document. Long lines stay as they are. */
export function textOf(document: Document): string {
  return document.toString({ lineWidth: 0 })
}

/** The words above a policy go with it into the document. */
export function policyNode(policy: Document): Node | null {
  const { contents, commentBefore } = policy
  if (!isNode(contents)) return null
  const above = [commentBefore, contents.commentBefore].filter((comment) => comment != null)
  if (above.length > 0) contents.commentBefore = above.join('\n')
  return contents
}

/** Reads a text: all that is wrong with it, or the city that it is. Throws nothing and changes nothing. */
export function readCityText(text: string): CheckedCity | RefusedCity {
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults = [...parsed.errors, ...parsed.warnings].map(({ pos, message, code }) => ({
    line: Math.max(1, lines.linePos(pos[0]).line),
    path: '',
    sentence: message,
    ...markOfYaml({ code }),
  }))
  return faults.length > 0 ? { isValid: false, faults } : readCity(parsed, locatorOf(parsed, lines))
}

/** The same for a document that was made or changed here: its faults have the line of the text it would be. */
export function readCityDocument(document: Document): CheckedCity | RefusedCity {
  return readCityText(textOf(document))
}

function readCity(parsed: Document, locator: Locator): CheckedCity | RefusedCity {
  let content: unknown
  try {
    content = parsed.toJS()
  } catch (error) {
    // An alias without its anchor, or so many that they would fill the memory.
    return refuse([locator.fault([], error instanceof Error ? error.message : String(error))])
  }
  if (!isCity(content)) {
    return refuse(errorsOf().map((error) => locator.fault(pathOfError(error), sentenceOf(error), codeOf(error))))
  }
  const within: Locator = { fault: (path, sentence, mark) => locator.fault(['policy', ...path], sentence, mark) }
  const policy = content.policy === undefined ? undefined : checkPolicy(content.policy, within)
  if (policy?.isValid === false) return refuse(policy.faults)
  const between = cityFaults(content, locator)
  if (between.length > 0) return refuse(between)
  return { isValid: true, document: content, policy, policyText: policyTextOf(parsed) }
}

/** Of a choice that nothing fits, the choice itself, and not each thing that did not fit. */
function errorsOf() {
  const errors = isCity.errors ?? []
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf')
  return errors.filter(({ schemaPath }) => !choices.some((choice) => schemaPath.startsWith(`${choice.schemaPath}/`)))
}

function policyTextOf(parsed: Document): string | undefined {
  const node = parsed.get('policy', true)
  if (!(node instanceof YAMLMap)) return undefined
  const policy = new Document()
  policy.contents = node as unknown as typeof policy.contents
  return textOf(policy)
}

function refuse(faults: readonly CityFault[]): RefusedCity {
  return { isValid: false, faults: faults.toSorted((a, b) => a.line - b.line) }
}
