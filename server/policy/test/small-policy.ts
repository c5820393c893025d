/** The least a city can decide, for tests to change a line of. */
export const SMALL_POLICY = `version: '1'
attributes:
  citizen: skill
  da: language
classes:
  ordinary: {}
centres:
  north: { name: North }
  south: { name: South }
languages:
  da:
    requirements:
      - attribute: da
services:
  citizen:
    requirements:
      - { attribute: citizen, level: 3, expiry: 90 s, onExpiry: relax }
      - attribute: citizen
    hours: [weekdays]
queueDefaults:
  class: ordinary
  homeCentres: [north]
  callersMax: 50
  answerWithin: 60 s
  shortAbandon: 5 s
lending:
  south-helps: { lender: south, queues: [citizen.da], opensAt: 3, closesAt: 1 }
hours:
  holidays:
    country: DK
  calendars:
    weekdays:
      week:
        mon-fri: ['08:00-16:00']
      holidays: closed
sites:
  library: { hours: [] }
`

/** The small policy with one text in place of another, which must be in it. */
export function smallPolicyWith(before: string, after: string): string {
  if (!SMALL_POLICY.includes(before)) throw new Error(`the small policy has no ${before}`)
  return SMALL_POLICY.replace(before, after)
}

/** The line that a text stands in, from 1. */
export function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length
}
