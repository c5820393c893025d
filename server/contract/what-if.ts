/**
 * `POST /api/v1/what-if`: a day that was, run again many times as it was and with agents more or fewer in one queue, for supervisors.
 * `GET /api/v1/what-if`: what came of it so far. One is worked on at a time.
 */
import { Type, type Static } from 'typebox'
import { CityDate } from './forecast.ts'
import { QueueId } from './ids.ts'
import { Count, orNull, strict } from './shapes.ts'

/** More is another city. */
export const MORE_AGENTS_MAX = 20

export const WhatIfBody = Type.Object(
  {
    queueId: QueueId,
    /** A day that is over. */
    date: CityDate,
    /** So many agents more than there were, or fewer where it is below 0. */
    moreCount: Type.Integer({ minimum: -MORE_AGENTS_MAX, maximum: MORE_AGENTS_MAX }),
  },
  strict,
)
export type WhatIfBody = Static<typeof WhatIfBody>

/** The mean of the runs, and the middle 95 % of them. */
const Estimate = Type.Object({ mean: Type.Number(), low: Type.Number(), high: Type.Number(), count: Count }, strict)

const Estimates = Type.Object(
  {
    serviceLevel: orNull(Estimate),
    waitP50Ms: orNull(Estimate),
    waitP90Ms: orNull(Estimate),
    abandoned: orNull(Estimate),
  },
  strict,
)

export const WhatIfRow = Type.Object(
  {
    /** As the day was. */
    observed: orNull(
      Type.Object(
        {
          serviceLevel: orNull(Type.Number()),
          waitP50Ms: orNull(Type.Number()),
          waitP90Ms: orNull(Type.Number()),
          abandoned: Count,
        },
        strict,
      ),
    ),
    /** The same day run again, and with the change. */
    baseline: Estimates,
    changed: Estimates,
    /** Of the service level, changed less baseline, under the same luck. */
    serviceLevelChange: orNull(Estimate),
  },
  strict,
)
export type WhatIfRow = Static<typeof WhatIfRow>

export const WhatIfResult = Type.Object(
  {
    resamplesCount: Count,
    /** Agents that were added or left out: fewer than asked for where no more took calls of the queue. */
    agentsCount: Count,
    queue: WhatIfRow,
    /** All queues together, because agents take calls of several. */
    city: WhatIfRow,
  },
  strict,
)
export type WhatIfResult = Static<typeof WhatIfResult>

/**
 * `no-such-day`: the journal has nothing of it. `differs`: the rules decide otherwise now than they did, so the day cannot be run again. `nobody`:
 * no agent took calls of the queue. `too-long`: it took more time or memory than it may.
 */
const FAILURES = ['no-such-day', 'differs', 'nobody', 'too-long', 'failed'] as const
export type WhatIfFailure = (typeof FAILURES)[number]

const question = { question: WhatIfBody }

export const WhatIfState = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, strict),
  Type.Object({ kind: Type.Literal('running'), ...question }, strict),
  Type.Object({ kind: Type.Literal('done'), ...question, result: WhatIfResult }, strict),
  Type.Object(
    {
      kind: Type.Literal('failed'),
      ...question,
      code: Type.Unsafe<WhatIfFailure>(Type.Union(FAILURES.map((each) => Type.Literal(each)))),
    },
    strict,
  ),
])
export type WhatIfState = Static<typeof WhatIfState>
