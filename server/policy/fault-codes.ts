/** What pages say of a fault in their own words: a code, and what it is about. The sentence in English stays beside it. */
import type { ErrorObject } from 'ajv'
import type { YAMLError } from 'yaml'
import type { FaultCode } from '#server/contract/admin.ts'
import { codeOfPattern } from './forms.ts'

/** Nothing where pages have no words for it. */
export type FaultMark = { readonly code?: FaultCode; readonly subject?: string }

const CODE_OF_TYPE: Readonly<Record<string, FaultCode>> = {
  object: 'not-settings',
  array: 'not-list',
  string: 'not-text',
  number: 'not-number',
  integer: 'not-whole',
  boolean: 'not-flag',
}

/** Keywords whose limit is all there is to say, and the limit's name in `params`. */
const CODE_OF_LIMIT: Readonly<Record<string, FaultCode>> = {
  minimum: 'at-least',
  maximum: 'at-most',
  exclusiveMinimum: 'more-than',
  exclusiveMaximum: 'less-than',
  maxLength: 'too-long',
  maxItems: 'too-many',
  maxProperties: 'too-many',
}

/** The mark of an error of a schema (with ajv's `verbose`). `ofPattern`: codes of patterns that are not a policy's. */
export function markOfError(
  { keyword, params, parentSchema }: ErrorObject,
  ofPattern: Readonly<Record<string, FaultCode>> = {},
): FaultMark {
  const patternMark = (pattern: string): FaultMark => {
    const code = ofPattern[pattern] ?? codeOfPattern(pattern)
    return code === undefined ? {} : { code }
  }
  const schema: Record<string, unknown> = parentSchema ?? {}
  const limit = CODE_OF_LIMIT[keyword]
  if (limit !== undefined) return { code: limit, subject: String(params['limit']) }
  switch (keyword) {
    case 'required':
      return { code: 'missing', subject: String(params['missingProperty']) }
    case 'dependentRequired':
      return { code: 'beside', subject: String(params['missingProperty']) }
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { code: 'empty' }
    case 'uniqueItems':
      return { code: 'twice' }
    case 'const':
      return { code: 'exactly', subject: String(params['allowedValue']) }
    case 'enum':
      return { code: 'one-of', subject: (params['allowedValues'] as unknown[]).join(', ') }
    case 'anyOf':
      return oneOf(schema['anyOf'])
    case 'pattern':
      return patternMark(String(params['pattern']))
    case 'type': {
      const code = CODE_OF_TYPE[String(params['type'])]
      return code === undefined ? {} : { code }
    }
    case 'additionalProperties': {
      const known = schema['properties']
      if (typeof known === 'object' && known !== null)
        return { code: 'unknown-setting', subject: Object.keys(known).join(', ') }
      return patternMark(Object.keys((schema['patternProperties'] as object | undefined) ?? {})[0] ?? '')
    }
    default:
      return {}
  }
}

/** A choice between words; anything else has no short way to say it. */
function oneOf(choices: unknown): FaultMark {
  const words: unknown[] = Array.isArray(choices) ? choices.map((each: { const?: unknown }) => each.const) : []
  const isOfWords = words.length > 0 && words.every((word) => word !== undefined)
  return isOfWords ? { code: 'one-of', subject: words.join(', ') } : {}
}

/** The mark of what no reader of YAML understands. */
export function markOfYaml({ code }: Pick<YAMLError, 'code'>): FaultMark {
  if (code === 'DUPLICATE_KEY') return { code: 'yaml-twice' }
  return { code: code === 'BAD_INDENT' || code === 'TAB_AS_INDENT' ? 'yaml-indent' : 'yaml' }
}
