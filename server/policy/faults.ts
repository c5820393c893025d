/** What is wrong with a document: where it stands, and a plain sentence. */
import type { ErrorObject } from 'ajv'
import { isAlias, isMap, isPair, isSeq, LineCounter, type Document, type Node, type Pair, type Range } from 'yaml'
import type { FaultMark } from './fault-codes.ts'
import { wordsOfPattern } from './forms.ts'

export type PolicyFault = FaultMark & {
  /** The line of the text, from 1. */
  readonly line: number
  /** The setting, as `services.citizen.callersMax`; empty for the text as a whole. */
  readonly path: string
  readonly sentence: string
}

export type Path = readonly (string | number)[]

/** Takes one fault more: where, what, and how pages say it. */
export type Add = (path: Path, sentence: string, code?: FaultMark['code'], subject?: string) => void

/** Where a setting stands, and how a fault is made of it. */
export type Locator = { readonly fault: (path: Path, sentence: string, mark?: FaultMark) => PolicyFault }

/** Looks lines up in a text that was parsed with this counter. What is not there has the line of what it is missing in. */
export function locatorOf(parsed: Document, lines: LineCounter): Locator {
  const lineOf = (path: Path): number => {
    let node: unknown = parsed.contents
    let startsAt = 0
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(parsed)
      const child = childOf(node, key)
      if (child === undefined) break
      startsAt = rangeOf(isPair(child) ? child.key : child)?.[0] ?? startsAt
      node = isPair(child) ? child.value : child
    }
    return Math.max(1, lines.linePos(startsAt).line)
  }
  return { fault: (path, sentence, mark = {}) => ({ line: lineOf(path), path: path.join('.'), sentence, ...mark }) }
}

function childOf(node: unknown, key: string | number): Pair | Node | undefined {
  if (isMap(node)) return node.items.find((pair) => String(pair.key) === String(key))
  if (isSeq(node)) return node.items[Number(key)] as Node | undefined
  return undefined
}

function rangeOf(node: unknown): Range | null | undefined {
  return typeof node === 'object' && node !== null && 'range' in node ? (node.range as Range | null) : undefined
}

/** Where an error of the schema is: at the unknown key itself, else at the value. */
export function pathOfError({ instancePath, keyword, params }: ErrorObject): Path {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const unknown: unknown = keyword === 'additionalProperties' ? params['additionalProperty'] : undefined
  return typeof unknown === 'string' ? [...path, unknown] : path
}

const WORDS_OF_TYPE: Readonly<Record<string, string>> = {
  object: 'settings with names',
  array: 'a list',
  string: 'text; in quotes, if it looks like a number',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
}

/** An error of the schema (with ajv's `verbose`) in words. */
export function sentenceOfError({ keyword, params, parentSchema, message, data }: ErrorObject): string {
  const schema: Record<string, unknown> = parentSchema ?? {}
  switch (keyword) {
    case 'additionalProperties':
      return sentenceOfUnknown(schema)
    case 'required':
      return `${params['missingProperty']} is missing`
    case 'dependentRequired':
      return `${params['property']} needs ${params['missingProperty']} beside it`
    case 'type':
      return `must be ${WORDS_OF_TYPE[String(params['type'])] ?? params['type']}`
    case 'enum':
      return `must be one of: ${(params['allowedValues'] as unknown[]).join(', ')}`
    case 'pattern':
      return `must be ${wordsOfPattern(String(params['pattern'])) ?? message}, not ${JSON.stringify(data)}`
    case 'uniqueItems':
      return 'names something twice'
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return 'must not be empty'
    default:
      return message ?? 'is wrong'
  }
}

/** The key itself is the end of the path. */
function sentenceOfUnknown(schema: Record<string, unknown>): string {
  const known = schema['properties']
  if (typeof known === 'object' && known !== null) {
    return `is not a setting here; there are: ${Object.keys(known).join(', ')}`
  }
  const patterns = Object.keys((schema['patternProperties'] as object | undefined) ?? {})
  return `must be ${wordsOfPattern(patterns[0] ?? '') ?? 'another name'}`
}
