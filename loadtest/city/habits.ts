/** How the people of a made-up city behave: the truth that a what-if later has to estimate from what was seen. */
import type { Policy } from '#server/routing/policy.ts'
import type { Call, ConnectedCall } from '#server/routing/state.ts'
import { exponentialMs, logNormalMs, streamOf, type Draw } from './draws.ts'
import type { Visitor } from './demand.ts'
import type { Conduct, OfferAnswer } from './people.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Median conversation and mean patience, in minutes. */
const PLAIN_SERVICE = { talkMinutes: 3.6, patienceMinutes: 6 }
const SERVICES: Readonly<Record<string, typeof PLAIN_SERVICE>> = {
  citizen: { talkMinutes: 3.4, patienceMinutes: 6 },
  passport: { talkMinutes: 3, patienceMinutes: 5 },
  tax: { talkMinutes: 5, patienceMinutes: 8 },
  pension: { talkMinutes: 6, patienceMinutes: 10 },
  family: { talkMinutes: 5, patienceMinutes: 7 },
  library: { talkMinutes: 2, patienceMinutes: 3 },
  culture: { talkMinutes: 1.8, patienceMinutes: 3 },
  parking: { talkMinutes: 2.2, patienceMinutes: 5 },
}
const TALK_SIGMA = 0.65
const WRAP_UP_MEDIAN_MS = 22_000
const WRAP_UP_SIGMA = 0.6
/** So many pressed without meaning to, and are gone after some seconds. */
const MISPRESS_SHARE = 0.02
const MISPRESS_MS_MAX = 5_000
/** So many of those who still wait after this time keep their ticket and leave, most of them to come back. */
const STEPS_AWAY_SHARE = 0.12
const STEPS_AWAY_FROM_MS = 50_000
const COMES_BACK_SHARE = 0.8
const KIOSK_LOSS_SHARE = 0.008
const LOSS_FOR_GOOD_SHARE = 0.3
const DECLINE_SHARE = 0.012
const SILENCE_SHARE = 0.015
const NO_MEDIA_SHARE = 0.003
const THIRD_PERSON_SHARE = 0.012
const CHOOSES_AFTER_MS = 2_500

export function habitsOf(policy: Policy, visitors: ReadonlyMap<string, Visitor>, seed: number): Conduct {
  const of = (callId: string, what: string): Draw => streamOf(seed, `${callId}/${what}`)
  const serviceOf = (queueId: string) => SERVICES[policy.queues[queueId]?.serviceId ?? ''] ?? PLAIN_SERVICE
  return {
    planOf({ callId, queueId }) {
      const draw = of(callId, 'plan')
      const { patienceMinutes } = serviceOf(visitors.get(callId)?.wanted.queueId ?? queueId)
      const isMispress = draw() < MISPRESS_SHARE
      const patienceMs = isMispress ? draw() * MISPRESS_MS_MAX : exponentialMs(draw, patienceMinutes * MINUTE_MS)
      const stepsAwayAfterMs =
        draw() < STEPS_AWAY_SHARE ? STEPS_AWAY_FROM_MS + exponentialMs(draw, MINUTE_MS) : Infinity
      return {
        patienceMs,
        stepsAwayAfterMs,
        isRungAtKiosk: draw() < 0.5,
        refinements: refinementsOf(visitors.get(callId), draw),
        losses: draw() < KIOSK_LOSS_SHARE ? [lossOf(draw)] : [],
      }
    },
    patienceAgainMs: (call: Call, turn) =>
      exponentialMs(of(call.id, `again-${turn}`), serviceOf(call.queueId).patienceMinutes * MINUTE_MS),
    answerTo: ({ offerId }) => answerOf(of(offerId, 'answer')),
    backAfterMs: (agentId, at) => logNormalMs(of(`${agentId}/${at}`, 'back'), 90_000, 0.7),
    flowsAfterMs({ id, offerId }) {
      const draw = of(id, offerId)
      return draw() < NO_MEDIA_SHARE ? Infinity : logNormalMs(draw, 700, 0.4)
    },
    talkOf({ id, queueId }: ConnectedCall, agentId) {
      const draw = of(id, `talk/${agentId}`)
      const talkMs = 5_000 + logNormalMs(draw, serviceOf(queueId).talkMinutes * MINUTE_MS, TALK_SIGMA)
      return { talkMs, isEndedByCaller: draw() < 0.6, wrapUpMs: logNormalMs(draw, WRAP_UP_MEDIAN_MS, WRAP_UP_SIGMA) }
    },
    thirdPersonOf({ id, queueId }) {
      const draw = of(id, 'third')
      const skill = policy.queues[queueId]?.requirements.find(
        ({ attribute }) => policy.attributes[attribute] === 'skill',
      )
      if (draw() >= THIRD_PERSON_SHARE || skill === undefined) return null
      return {
        afterMs: 20_000 + draw() * MINUTE_MS,
        needs: [{ attribute: skill.attribute, levelMin: 4, expiry: null }],
      }
    },
    comesAfterMs(callId) {
      const draw = of(callId, 'comes')
      return draw() < COMES_BACK_SHARE ? logNormalMs(draw, 70_000, 0.6) : Infinity
    },
  }
}

/** What is said after the press: first the language and the service, where they were not chosen, then the matter. */
function refinementsOf(visitor: Visitor | undefined, draw: Draw) {
  if (visitor === undefined) return []
  const { arrival, wanted } = visitor
  const { mode, classId } = arrival
  if (wanted.queueId === arrival.queueId && wanted.matterId === null) return []
  const chosenAfterMs = Math.round(CHOOSES_AFTER_MS + draw() * 6_000)
  const said = { ...wanted, isLanguageChosen: true, classId, mode }
  const refinements = [{ afterMs: chosenAfterMs, said: { ...said, matterId: null } }]
  if (wanted.matterId !== null)
    refinements.push({ afterMs: Math.round(chosenAfterMs + 2_000 + draw() * 8_000), said: { ...said, matterId: null } })
  return refinements.map((refinement, i) =>
    i === 0 ? refinement : { ...refinement, said: { ...said, matterId: wanted.matterId } },
  )
}

function lossOf(draw: Draw) {
  const afterMs = Math.round(draw() * 3 * MINUTE_MS)
  return { afterMs, forMs: draw() < LOSS_FOR_GOOD_SHARE ? HOUR_MS : Math.round(1_000 + draw() * 15_000) }
}

function answerOf(draw: Draw): OfferAnswer {
  const luck = draw()
  if (luck < SILENCE_SHARE) return { kind: 'silence' }
  const afterMs = Math.round(Math.min(14_500, logNormalMs(draw, 3_200, 0.5)))
  if (luck >= SILENCE_SHARE + DECLINE_SHARE) return { kind: 'accepted', afterMs }
  return { kind: 'declined', afterMs, reason: draw() < 0.5 ? 'not-mine' : 'other' }
}
