/** How long notes are kept, out of the text of a policy whose rest is the engine's business: whoever deletes them needs no more of it. */
import { parse } from 'yaml'
import { NOTES_KEPT_DAYS } from './schema.ts'

/** In days. Throws where the text is no YAML, or what it says is no number of days: nothing is deleted by a guess. */
export function notesKeptDaysOf(text: string): number {
  const document: unknown = parse(text)
  const days = under(under(document, 'wrapUp'), 'notesKeptDays') ?? NOTES_KEPT_DAYS
  if (typeof days === 'number' && Number.isInteger(days) && days >= 1) return days
  throw new Error('the policy does not say in whole days how long notes are kept')
}

const under = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
