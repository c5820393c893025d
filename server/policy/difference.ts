/** What one policy changes against another, for those who decide on it. */
import microdiff from 'microdiff'
import { compileTargets, compileWarnings } from './compile.ts'
import type { CheckedPolicy } from './document.ts'
import { TIMEZONE } from './schema.ts'

/** A setting by its path; `undefined` on the side that has not got it. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown }

/**
 * All that differs between two policies, in the order of their paths: the settings as every single queue has them, so
 * that a change of a default shows where it reaches, and the hours as they are written.
 */
export function policyDifferences(before: CheckedPolicy, after: CheckedPolicy): Difference[] {
  return differences(inForce(before), inForce(after))
}

function inForce({ policy, document }: CheckedPolicy) {
  const { timezone = TIMEZONE, centres, sites = {}, hours = { calendars: {} }, wrapUp = {} } = document
  const outcomes = Object.fromEntries(
    Object.entries(document.services).map(([serviceId, service]) => [serviceId, service.outcomes ?? {}]),
  )
  const beside = { answerPercent: compileTargets(document), warnings: compileWarnings(document) }
  return { ...policy, centres, timezone, sites, hours, outcomes, wrapUp, ...beside }
}

/** All that differs between two plain values, in the order of their paths. */
export function differences(before: object, after: object): Difference[] {
  return microdiff(comparable(before), comparable(after), { cyclesFix: false })
    .map((change) => ({
      path: change.path.join('.'),
      before: change.type === 'CREATE' ? undefined : change.oldValue,
      after: change.type === 'REMOVE' ? undefined : change.value,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** One line for people, as `queues.citizen.da.callersMax: 50 → 60`. */
export function differenceText({ path, before, after }: Difference): string {
  return `${path}: ${valueText(before)} → ${valueText(after)}`
}

function valueText(value: unknown): string {
  return value === undefined ? '(nothing)' : typeof value === 'string' ? value : JSON.stringify(value)
}

type Comparable = Record<string, unknown>

/** Lists of things by their ids, so that one more is not a change of all after it; lists of words as one text. */
function comparable(value: object): Comparable {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, comparableValue(each)]))
}

function comparableValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) return comparable(value)
  if (value.length === 0 || value.some((each) => typeof each !== 'object')) return `[${value.join(', ')}]`
  return Object.fromEntries(value.map((each: object, index) => [idOf(each) ?? String(index), comparableValue(each)]))
}

function idOf(value: object): string | undefined {
  return 'id' in value && typeof value.id === 'string' ? value.id : undefined
}
