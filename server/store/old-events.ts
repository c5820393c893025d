/** Events as former versions wrote them, read as today's: the journal is never rewritten. */
import type { RoutingEvent } from '#server/routing/event.ts'
import { ORDINARY, PLAIN_POLICY, type Policy, type Queue } from '#server/routing/policy.ts'

/** A skill had no level in 0.1: it is held to be known well, as the migration holds it. */
const LEVEL_OF_OLD_SKILLS = 3

/** Limits that a policy in the journal may not have yet. */
const { holdMsMax, transferMsMax, wrapUpMsMax } = PLAIN_POLICY
const { callbackSoonestMs, callbackDaysMax, callbackAheadMs, callbackPreferredMs } = PLAIN_POLICY
const { callbackLateMs, callbackTriesMax, callbackAgainMs } = PLAIN_POLICY
const LIMITS_OF_TODAY = {
  holdMsMax,
  transferMsMax,
  wrapUpMsMax,
  callbackSoonestMs,
  callbackDaysMax,
  callbackAheadMs,
  callbackPreferredMs,
  callbackLateMs,
  callbackTriesMax,
  callbackAgainMs,
}

type Fields = Readonly<Record<string, unknown>>

/** An event out of the journal as the engine takes it today. What is new gets the value that changes nothing. */
export function upgradedEvent(kept: unknown): RoutingEvent {
  // Written by this journal and by nothing else, in this version or a former one.
  const event = kept as Fields & { type: string }
  switch (event.type) {
    case 'policy.loaded': {
      const policy = event['policy'] as Fields
      const isOld = policy['version'] === undefined
      return {
        isForWaiting: true,
        ...event,
        policy: isOld ? upgradedPolicy(policy) : { ...LIMITS_OF_TODAY, ...policy },
      } as unknown as RoutingEvent
    }
    case 'agent.signed-in': {
      const skills = (event['skills'] ?? []) as readonly string[]
      const attributes = Object.fromEntries(skills.map((skill) => [skill, LEVEL_OF_OLD_SKILLS]))
      return { centreId: '', attributes, ...event } as unknown as RoutingEvent
    }
    case 'call.arrived': {
      // Nobody was told a ticket then: any that is nobody else's will do.
      const ticket = String(event['callId'])
      return {
        siteId: '',
        classId: null,
        mode: 'video',
        preferredAgentId: null,
        ticket,
        ...event,
      } as unknown as RoutingEvent
    }
    case 'call.refined':
      return { classId: null, mode: 'video', ...event } as unknown as RoutingEvent
    case 'offer.declined':
      return { reason: null, ...event } as unknown as RoutingEvent
    default:
      return event as unknown as RoutingEvent
  }
}

function upgradedPolicy(old: Fields): Policy {
  const oldQueues = old['queues'] as Readonly<Record<string, { requiredSkills: readonly string[]; callersMax: number }>>
  const skills = new Set(Object.values(oldQueues).flatMap(({ requiredSkills }) => requiredSkills))
  const queues = Object.entries(oldQueues).map(([id, { requiredSkills, callersMax }]): [string, Queue] => [
    id,
    {
      id,
      serviceId: id.split('.')[0] ?? id,
      classId: ORDINARY.id,
      requirements: requiredSkills.map((attribute) => ({ attribute, levelMin: 1, expiry: null })),
      callersMax,
      homeCentreIds: [],
      calendarIds: [],
      answerWithinMs: 60_000,
      shortAbandonMs: 5_000,
    },
  ])
  return {
    ...PLAIN_POLICY,
    version: '0.1',
    attributes: Object.fromEntries([...skills].map((skill) => [skill, 'skill' as const])),
    queues: Object.fromEntries(queues),
    offerMs: Number(old['offerMs']),
    wrapUpMs: Number(old['wrapUpMs']),
    graceMs: Number(old['graceMs']),
  }
}
