/** How single values are written in a policy: each form as a pattern, and in the words a fault says it with. */
import { Type, type TString } from 'typebox'
import type { FaultCode } from '#server/contract/admin.ts'

type Form = { readonly pattern: string; readonly words: string; readonly code: FaultCode }

/** Longest name of a service, language or anything else: two and a dot make a queue's id, which has at most 64. */
const NAME_LENGTH_MAX = 31

const NAME: Form = {
  pattern: `^(?=.{1,${NAME_LENGTH_MAX}}$)[a-z0-9]+(?:-[a-z0-9]+)*$`,
  words: `a name of lower-case letters and digits with hyphens between, at most ${NAME_LENGTH_MAX}`,
  code: 'policy-name',
}
/** As the ids of the contract. */
const SITE_ID: Form = {
  pattern: '^(?=.{1,64}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$',
  words: 'a site by its id: lower-case letters and digits with hyphens or dots between',
  code: 'id',
}
const QUEUE_ID: Form = {
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*[.][a-z0-9]+(?:-[a-z0-9]+)*$',
  words: 'a queue, as citizen.da',
  code: 'queue-id',
}
const DURATION: Form = {
  pattern: '^(?:0|[1-9][0-9]{0,3}) (?:s|min|h)$',
  words: 'a time with its unit, as 90 s, 2 min or 1 h',
  code: 'duration',
}
const POSITIVE_DURATION: Form = {
  pattern: '^[1-9][0-9]{0,3} (?:s|min|h)$',
  words: 'a time above 0 with its unit, as 90 s, 2 min or 1 h',
  code: 'duration-above',
}
const SPAN: Form = {
  pattern: '^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
  words: 'a span of hours, as 08:00-18:00',
  code: 'span',
}
const WEEKDAYS: Form = {
  pattern: '^(?:mon|tue|wed|thu|fri|sat|sun)(?:-(?:mon|tue|wed|thu|fri|sat|sun))?$',
  words: 'a weekday or some in a row, as sat or mon-fri',
  code: 'weekdays',
}
const DATE: Form = { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', words: 'a date, as 2026-12-24', code: 'date' }
const MONTH_DAY: Form = { pattern: '^[0-9]{2}-[0-9]{2}$', words: 'a day of every year, as 12-24', code: 'month-day' }
const COUNTRY: Form = { pattern: '^[A-Z]{2}$', words: 'a country by its two letters, as DK', code: 'country' }

const FORMS = [NAME, SITE_ID, QUEUE_ID, DURATION, POSITIVE_DURATION, SPAN, WEEKDAYS, DATE, MONTH_DAY, COUNTRY]

/** The words for a pattern of the schema; undefined for one that is not from here. */
export function wordsOfPattern(pattern: string): string | undefined {
  return FORMS.find((form) => form.pattern === pattern)?.words
}

/** What pages say of it in their own words; undefined for one that is not from here. */
export function codeOfPattern(pattern: string): FaultCode | undefined {
  return FORMS.find((form) => form.pattern === pattern)?.code
}

const text =
  ({ pattern }: Form) =>
  (description?: string, rest: { default?: string } = {}): TString =>
    Type.String({ pattern, ...rest, ...(description === undefined ? {} : { description }) })

export const Name = text(NAME)
export const SiteName = text(SITE_ID)
export const QueueKey = text(QUEUE_ID)
/** May be nought. */
export const Duration = text(DURATION)
export const PositiveDuration = text(POSITIVE_DURATION)
export const Span = text(SPAN)
export const Weekdays = text(WEEKDAYS)
export const DateText = text(DATE)
export const MonthDay = text(MONTH_DAY)
export const Country = text(COUNTRY)

/** What a person reads: the name of a day or a place. */
export const Label = (description: string) => Type.String({ minLength: 1, maxLength: 120, description })

const MS_OF_UNIT: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 }

/** Milliseconds of a duration as `2 min`. Throws RangeError for text that has not that form. */
export function durationMs(duration: string): number {
  const [count = '', unit = ''] = duration.split(' ')
  const ms = Number(count) * (MS_OF_UNIT[unit] ?? Number.NaN)
  if (Number.isNaN(ms)) throw new RangeError(`not a duration: ${duration}`)
  return ms
}
