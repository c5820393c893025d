/** Reads a policy that people wrote: everything that is wrong with it at once, or everything that is made from it. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { LineCounter, parseDocument } from 'yaml'
import type { Policy } from '#server/routing/policy.ts'
import { crossFaults } from './cross-checks.ts'
import { compilePolicy, queueNames, type QueueName } from './compile.ts'
import { markOfError, markOfYaml } from './fault-codes.ts'
import { locatorOf, pathOfError, sentenceOfError, type Locator, type PolicyFault } from './faults.ts'
import { PolicyDocument } from './schema.ts'

export type CheckedPolicy = {
  readonly isValid: true
  /** As it was written, for the hours and for comparing. */
  readonly document: PolicyDocument
  /** What the engine takes. */
  readonly policy: Policy
  /** Every queue with its service and language, which the engine does not know. */
  readonly queues: readonly QueueName[]
  readonly centres: readonly { readonly centreId: string; readonly name: string }[]
}

export type RefusedPolicy = {
  readonly isValid: false
  /** In the order of the text; at least one. */
  readonly faults: readonly PolicyFault[]
}

const isDocument = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile<PolicyDocument>(PolicyDocument)

/**
 * Reads the text of a policy. Gives the policy, or all faults that could be told apart: first those of YAML, then those
 * against the schema, then those between the settings. Throws nothing and changes nothing.
 */
export function readPolicy(text: string): CheckedPolicy | RefusedPolicy {
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const ofText = [...parsed.errors, ...parsed.warnings].map(({ pos, message, code }) => ({
    line: Math.max(1, lines.linePos(pos[0]).line),
    path: '',
    sentence: message,
    ...markOfYaml({ code }),
  }))
  if (ofText.length > 0) return refuse(ofText)
  const locator = locatorOf(parsed, lines)
  let content: unknown
  try {
    content = parsed.toJS()
  } catch (error) {
    // An alias without its anchor, or so many that they would fill the memory.
    return refuse([locator.fault([], error instanceof Error ? error.message : String(error))])
  }
  return checkPolicy(content, locator)
}

/** The same for what was read already, as a part of a larger document: `locator` knows where its settings stand. */
export function checkPolicy(content: unknown, locator: Locator): CheckedPolicy | RefusedPolicy {
  if (!isDocument(content)) return refuse(schemaFaults(locator))
  const policy = compilePolicy(content)
  const between = crossFaults(content, policy, locator)
  if (between.length > 0) return refuse(between)
  return {
    isValid: true,
    document: content,
    policy,
    queues: queueNames(content),
    centres: Object.entries(content.centres).map(([centreId, { name }]) => ({ centreId, name })),
  }
}

function schemaFaults(locator: Locator): PolicyFault[] {
  return (isDocument.errors ?? []).map((error) =>
    locator.fault(pathOfError(error), sentenceOfError(error), markOfError(error)),
  )
}

function refuse(faults: PolicyFault[]): RefusedPolicy {
  return { isValid: false, faults: faults.sort((a, b) => a.line - b.line) }
}
