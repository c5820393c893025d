/** From a document that keeps to the schema to the plain data of the engine. Faults are looked for elsewhere. */
import { createHash } from 'node:crypto'
import { LEVEL_MIN, PLAIN_POLICY, type Policy, type Queue, type Requirement } from '#server/routing/policy.ts'
import { durationMs } from './forms.ts'
import type { PolicyDocument, RequirementText } from './schema.ts'
import { cityWarningRules, queueWarningRules, type WarningRules } from './schema-warnings.ts'

/** Hexadecimal digits of the hash in a version. Fewer could make two texts look like one. */
const HASH_DIGITS = 12

export type QueueName = { readonly queueId: string; readonly serviceId: string; readonly language: string }

/** The queues of a document, services in their order and the languages of each. */
export function queueNames({ services, languages }: PolicyDocument): QueueName[] {
  return Object.entries(services).flatMap(([serviceId, service]) =>
    (service.languages ?? Object.keys(languages)).map((language) => ({
      queueId: `${serviceId}.${language}`,
      serviceId,
      language,
    })),
  )
}

/** A requirement as the engine takes it. */
export function requirementOf({ attribute, level, expiry, onExpiry }: RequirementText): Requirement {
  const levelMin = level ?? LEVEL_MIN
  if (expiry === undefined || onExpiry === undefined) return { attribute, levelMin, expiry: null }
  const afterMs = durationMs(expiry)
  if (onExpiry === 'relax') return { attribute, levelMin, expiry: { afterMs, onExpiry } }
  return { attribute, levelMin, expiry: { afterMs, onExpiry: 'branch', branch: onExpiry } }
}

/** The whole policy of a document. Its version says which text it was made from, whatever people call it. */
export function compilePolicy(document: PolicyDocument): Policy {
  const queues = queueNames(document).map((name): [string, Queue] => [name.queueId, compileQueue(document, name)])
  return {
    version: `${document.version}@${hashOf(document)}`,
    attributes: document.attributes,
    classes: mapValues(document.classes, ({ headStart = '0 s', slope = 1, first = false }, id) => ({
      id,
      headStartMs: durationMs(headStart),
      slope,
      isFirst: first,
    })),
    queues: Object.fromEntries(queues),
    modes: mapValues(document.modes ?? {}, (requirements) => requirements.map(requirementOf)),
    lending: Object.entries(document.lending ?? {}).map(([id, rule]) => ({
      id,
      lenderCentreId: rule.lender,
      queueIds: rule.queues,
      opensAtCount: rule.opensAt,
      closesAtCount: rule.closesAt,
      lenderServiceLevelMin: rule.ownServiceLevelMin ?? 0,
    })),
    ...compileLimits(document),
    supervision: document.supervision ?? [],
  }
}

/** Of what supervisors are warned: the engine does not know it. A queue's own thresholds before those of its service and the defaults. */
export function compileWarnings(document: PolicyDocument): WarningRules {
  const rulesOf = ({ queueId, serviceId }: QueueName) =>
    queueWarningRules(
      document.queueDefaults.warnings,
      document.services[serviceId]?.warnings,
      document.queues?.[queueId]?.warnings,
    )
  const queues = Object.fromEntries(queueNames(document).map((name) => [name.queueId, rulesOf(name)]))
  return { queues, ...cityWarningRules(document.warnings) }
}

/** How many of a hundred are to be answered in time, by queue: agents are counted for it, and the engine does not know it. */
export function compileTargets(document: PolicyDocument): Readonly<Record<string, number>> {
  const percentOf = ({ queueId, serviceId }: QueueName) => {
    const share = document.queues?.[queueId]?.answerShare ?? document.services[serviceId]?.answerShare
    return Math.round(100 * (share ?? document.queueDefaults.answerShare ?? PLAIN_ANSWER_SHARE))
  }
  return Object.fromEntries(queueNames(document).map((name) => [name.queueId, percentOf(name)]))
}

/** Of a policy that names none. */
const PLAIN_ANSWER_SHARE = 0.8

/** The queue's own settings before those of its service, and these before the defaults. */
function compileQueue(document: PolicyDocument, { queueId, serviceId, language }: QueueName): Queue {
  const service = document.services[serviceId]
  const ofLanguage = document.languages[language]
  const own = document.queues?.[queueId]
  const requirements = own?.requirements ?? [...(service?.requirements ?? []), ...(ofLanguage?.requirements ?? [])]
  const settings = { ...document.queueDefaults, ...service, ...own }
  const calendarIds = own?.hours ?? [...new Set([...(service?.hours ?? []), ...(ofLanguage?.hours ?? [])])]
  return {
    id: queueId,
    serviceId,
    classId: settings.class,
    requirements: requirements.map(requirementOf),
    callersMax: settings.callersMax,
    homeCentreIds: settings.homeCentres,
    calendarIds,
    answerWithinMs: durationMs(settings.answerWithin),
    shortAbandonMs: durationMs(settings.shortAbandon),
  }
}

/** What a document does not say is as in the plain policy. */
function compileLimits({ limits = {} }: PolicyDocument) {
  const { occupancy, tickets, callbacks, beforeLearning } = limits
  const msOr = (duration: string | undefined, plainMs: number) =>
    duration === undefined ? plainMs : durationMs(duration)
  return {
    offerMs: msOr(limits.offer, PLAIN_POLICY.offerMs),
    wrapUpMs: msOr(limits.wrapUp, PLAIN_POLICY.wrapUpMs),
    // More may be asked for, never less: a longer wrap-up is not cut by the limit of lengthening it.
    wrapUpMsMax: Math.max(
      msOr(limits.wrapUpLongest, PLAIN_POLICY.wrapUpMsMax),
      msOr(limits.wrapUp, PLAIN_POLICY.wrapUpMs),
    ),
    graceMs: msOr(limits.grace, PLAIN_POLICY.graceMs),
    pauseMs: msOr(limits.pause, PLAIN_POLICY.pauseMs),
    occupancyMax: occupancy?.ceiling ?? PLAIN_POLICY.occupancyMax,
    occupancyWindowMs: msOr(occupancy?.window, PLAIN_POLICY.occupancyWindowMs),
    holdMsMax: msOr(limits.hold, PLAIN_POLICY.holdMsMax),
    transferMsMax: msOr(limits.transfer, PLAIN_POLICY.transferMsMax),
    preferredMs: msOr(limits.preferred, PLAIN_POLICY.preferredMs),
    siteCorrectionMsMax: msOr(limits.siteCorrection, PLAIN_POLICY.siteCorrectionMsMax),
    ticketNearCount: tickets?.near ?? PLAIN_POLICY.ticketNearCount,
    ticketCallMs: msOr(tickets?.comeWithin, PLAIN_POLICY.ticketCallMs),
    ticketKeptMs: msOr(tickets?.keptFor, PLAIN_POLICY.ticketKeptMs),
    callbackSoonestMs: msOr(callbacks?.soonest, PLAIN_POLICY.callbackSoonestMs),
    callbackDaysMax: callbacks?.daysAhead ?? PLAIN_POLICY.callbackDaysMax,
    callbackAheadMs: msOr(callbacks?.ahead, PLAIN_POLICY.callbackAheadMs),
    callbackPreferredMs: msOr(callbacks?.preferred, PLAIN_POLICY.callbackPreferredMs),
    callbackLateMs: msOr(callbacks?.late, PLAIN_POLICY.callbackLateMs),
    callbackTriesMax: callbacks?.tries ?? PLAIN_POLICY.callbackTriesMax,
    callbackAgainMs: msOr(callbacks?.again, PLAIN_POLICY.callbackAgainMs),
    serveAfterClosingMs: msOr(limits.serveAfterClosing, PLAIN_POLICY.serveAfterClosingMs),
    priorHandlingMs: msOr(beforeLearning?.handling, PLAIN_POLICY.priorHandlingMs),
    priorPatienceMs: msOr(beforeLearning?.patience, PLAIN_POLICY.priorPatienceMs),
  }
}

/** The same for the same settings, in whatever order and with whatever comments they were written. */
function hashOf(document: PolicyDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex').slice(0, HASH_DIGITS)
}

/** JSON with the keys of every object in order, as RFC 8785 has it for text and numbers. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]): [string, To] => [key, map(value, key)]))
}
