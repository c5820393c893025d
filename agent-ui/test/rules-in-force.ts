/** The rules that the tests' server is under: the demo city's own, in the contract's own types. */
import type { PolicyReply } from '#server/contract/policy.ts'
import { branded } from './people.ts'

const MINUTE_MS = 60_000
/** Half past two in Copenhagen, in winter. */
const LOADED_AT = Date.parse('2026-11-24T13:30:00Z')

const ruleClass = (classId: string, headStartMs: number, slope: number, isFirst = false) => ({
  classId,
  headStartMs,
  slope,
  isFirst,
})

/** What nobody of a class waits longer than in a queue, in minutes; nothing where nobody is at work. */
function boundsOf(queueId: string, minutes: Readonly<Record<string, number | null>>) {
  return Object.entries({ ...minutes, unsafe: null, unwell: null }).map(([classId, wait]) => ({
    queueId,
    classId,
    waitMs: wait === null ? null : wait * MINUTE_MS,
  }))
}

const nobody = { ordinary: null, 'more-time': null, staff: null, information: null }

const thresholdsOf = (queueId: string, serviceLevel: object | null) => ({
  queueId,
  longestWait: { aboveMs: 5 * MINUTE_MS, clearsBelowMs: 3 * MINUTE_MS },
  serviceLevel,
  promiseBroken: { clearsAfterMs: MINUTE_MS },
})

export function policyReply(changes: Partial<PolicyReply> = {}): PolicyReply {
  return branded({
    version: '2026-12-01',
    loadedAt: LOADED_AT,
    classes: [
      ruleClass('ordinary', 0, 1),
      ruleClass('more-time', 2 * MINUTE_MS, 1),
      ruleClass('staff', MINUTE_MS, 1),
      ruleClass('information', 0, 0.5),
      ruleClass('unsafe', 0, 1, true),
      ruleClass('unwell', 0, 1, true),
    ],
    bounds: [
      ...boundsOf('citizen.da', { ordinary: 752, 'more-time': 750, staff: 751, information: 1504 }),
      ...boundsOf('library.da', { ordinary: 92, 'more-time': 90, staff: 91, information: 184 }),
      ...boundsOf('citizen.en', nobody),
      ...boundsOf('culture.en', { ordinary: 44.2, 'more-time': 42.5, staff: 43.2, information: 86.5 }),
    ],
    occupiedMsMax: 30 * MINUTE_MS,
    firstCallsCount: 2,
    warnings: {
      queues: [
        thresholdsOf('citizen.da', { below: 0.5, clearsAbove: 0.6, callsMin: 10 }),
        thresholdsOf('library.da', null),
      ],
      nobodySignedIn: { afterMs: 2 * MINUTE_MS },
      kioskSilent: { afterMs: 0, clearsAfterMs: MINUTE_MS },
    },
    ...changes,
  })
}
