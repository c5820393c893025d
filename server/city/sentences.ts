/** What is wrong with a value of a city's document, in a plain sentence. */
import type { ErrorObject } from 'ajv'
import type { FaultCode } from '#server/contract/admin.ts'
import { ID_PATTERN, STAFF_NUMBER_PATTERN, USERNAME_PATTERN, WORDS_PATTERN } from '#server/contract/city-document.ts'
import { PHONE_PATTERN } from '#server/contract/place-views.ts'
import { markOfError, type FaultMark } from '#server/policy/fault-codes.ts'
import { sentenceOfError } from '#server/policy/faults.ts'

const WORDS_OF_PATTERN: Readonly<Record<string, string>> = {
  [ID_PATTERN]: 'an id of lower-case letters and digits with hyphens or dots between, at most 64',
  [WORDS_PATTERN]: 'words on one line',
  [USERNAME_PATTERN]: 'a user name of lower-case letters, digits and . _ @ -',
  [PHONE_PATTERN]: 'a telephone number of digits and blanks, with + before a country',
  [STAFF_NUMBER_PATTERN]: 'a number of 4 to 8 digits, in quotes',
}

const CODE_OF_PATTERN: Readonly<Record<string, FaultCode>> = {
  [ID_PATTERN]: 'id',
  [WORDS_PATTERN]: 'words',
  [USERNAME_PATTERN]: 'username',
  [PHONE_PATTERN]: 'phone',
  [STAFF_NUMBER_PATTERN]: 'number',
}

/** What pages say of an error of the schema in their own words, where they have some. */
export const codeOf = (error: ErrorObject): FaultMark => markOfError(error, CODE_OF_PATTERN)

/** An error of the schema (with ajv's `verbose`) in words. */
export function sentenceOf(error: ErrorObject): string {
  const { keyword, params, parentSchema, data } = error
  const words = keyword === 'pattern' ? WORDS_OF_PATTERN[String(params['pattern'])] : undefined
  if (words !== undefined) return `must be ${words}, not ${JSON.stringify(data)}`
  if (keyword === 'const') return `must be ${JSON.stringify(params['allowedValue'])}`
  if (keyword === 'anyOf') return `must be one of: ${literalsOf(parentSchema).join(', ')}`
  const patterns = Object.keys((parentSchema?.['patternProperties'] as object | undefined) ?? {})
  const ofKey = keyword === 'additionalProperties' ? WORDS_OF_PATTERN[patterns[0] ?? ''] : undefined
  return ofKey === undefined ? sentenceOfError(error) : `must be ${ofKey}`
}

function literalsOf(schema: ErrorObject['parentSchema']): unknown[] {
  const all: unknown = schema?.['anyOf']
  return Array.isArray(all) ? all.map((each: { const?: unknown }) => each.const) : []
}
