/**
 * People who behave as those of an observed day did: each conversation is one of that day's, each patience drawn from
 * what the day's waits say of it. Under one seed a citizen has the same conversation and the same patience whatever is
 * changed, so that two reruns differ by the change and not by luck.
 */
import type { Policy } from '#server/routing/policy.ts'
import { pickOf, streamOf, type Draw } from '../city/draws.ts'
import type { Conduct } from '../city/people.ts'
import type { ObservedDay, Samples, SeenArrival, SeenTalk } from './observed.ts'
import { drawWaitMs, hazardOf, type Stretch, type Wait } from './patience.ts'

/** A service with fewer of its own borrows from all. Fewer would make a day of one long conversation. */
const TALKS_MIN = 5
const LEFT_MIN = 5

/** What is believed where the day showed none at all, in milliseconds. */
const PLAIN_TALK: SeenTalk = { serviceId: '', talkMs: 240_000, wrapUpMs: 30_000, isEndedByCaller: true }
const PLAIN_ANSWER = { kind: 'accepted', afterMs: 3_000 } as const
const PLAIN_FLOW_MS = 1_000
const PLAIN_BACK_MS = 90_000

/**
 * The day's own sample is drawn anew first, as another such day would have shown it: a service of which little is known
 * then has wide intervals, and not the same few conversations in each rerun.
 */
export function resampledConduct(day: ObservedDay, policies: readonly Policy[], seed: number): Conduct {
  const { talks, waits, answers, flowsMs, backsMs, comesMs } = day.samples
  const serviceOf = (queueId: string) =>
    policies.find(({ queues }) => queues[queueId] !== undefined)?.queues[queueId]?.serviceId ?? queueId
  const arrivals = new Map(day.arrivals.map((seen) => [seen.arrival.callId, seen]))
  const talksOf = byService(again(streamOf(seed, 'talks'), talks), TALKS_MIN, () => true)
  const patienceOf = hazards(again(streamOf(seed, 'waits'), waits))
  const of = (what: string): Draw => streamOf(seed, what)
  const serviceOfCall = (seen: SeenArrival | undefined, queueId: string) =>
    serviceOf(seen?.refinements.at(-1)?.said.queueId ?? queueId)
  return {
    planOf({ callId, queueId }) {
      const seen = arrivals.get(callId)
      return {
        patienceMs: drawWaitMs(patienceOf.leaving(serviceOfCall(seen, queueId)), of(`${callId}/patience`)),
        stepsAwayAfterMs: drawWaitMs(patienceOf.steppingAway, of(`${callId}/steps`)),
        isRungAtKiosk: seen?.isRungAtKiosk ?? true,
        refinements: seen?.refinements ?? [],
        losses: seen?.losses ?? [],
      }
    },
    patienceAgainMs: ({ id, queueId }, turn) =>
      drawWaitMs(patienceOf.leaving(serviceOf(queueId)), of(`${id}/again-${turn}`)),
    answerTo: ({ offerId }) => pickOr(of(`${offerId}/answer`), answers, PLAIN_ANSWER),
    backAfterMs: (agentId, at) => pickOr(of(`${agentId}/back-${at}`), backsMs, PLAIN_BACK_MS),
    flowsAfterMs: ({ id }) => pickOr(of(`${id}/flows`), flowsMs, PLAIN_FLOW_MS),
    talkOf: ({ id, queueId }) => pickOr(of(`${id}/talk`), talksOf(serviceOf(queueId)), PLAIN_TALK),
    thirdPersonOf: ({ id }) => arrivals.get(id)?.thirdPerson ?? null,
    comesAfterMs: (callId) => pickOr(of(`${callId}/comes`), comesMs, Number.POSITIVE_INFINITY),
  }
}

/** As many, drawn from them with returning. */
function again<T>(draw: Draw, from: readonly T[]): T[] {
  return from.map(() => pickOf(draw, from))
}

function pickOr<T>(draw: Draw, from: readonly T[], plain: T): T {
  return from.length === 0 ? plain : pickOf(draw, from)
}

/** Those of a service, or all where it has fewer than `countMin` that count. */
function byService<T extends { readonly serviceId: string }>(
  seen: readonly T[],
  countMin: number,
  counts: (each: T) => boolean,
): (serviceId: string) => readonly T[] {
  const groups = [...Map.groupBy(seen, ({ serviceId }) => serviceId)]
  const known = new Map(groups.filter(([, own]) => own.filter(counts).length >= countMin))
  return (serviceId) => known.get(serviceId) ?? seen
}

/** Giving up and stepping away each cut the other's waits short: of both, the other's end says "not yet". */
function hazards(waits: Samples['waits']) {
  const waitsOf = byService(waits, LEFT_MIN, ({ end }) => end === 'left')
  const known = new Map<string, readonly Stretch[]>()
  return {
    leaving(serviceId: string): readonly Stretch[] {
      const hazard = known.get(serviceId) ?? hazardOf(waitsOf(serviceId).map((wait) => asWait(wait, 'left')))
      known.set(serviceId, hazard)
      return hazard
    },
    // So few step away that services cannot be told apart.
    steppingAway: hazardOf(waits.map((wait) => asWait(wait, 'stepped-away'))),
  }
}

function asWait({ waitMs, end }: Samples['waits'][number], wanted: string): Wait {
  return { waitMs, isEnded: end === wanted }
}
