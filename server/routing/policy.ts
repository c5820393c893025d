import type { SupervisionKind } from './supervision.ts'

/**
 * What a city has decided: plain data, changed only by an event, so that every choice can be traced to the policy
 * it was made under. All times are milliseconds.
 */

/** Languages and signing are rights: what needs them is never given to somebody without. Skills may give way. */
export type AttributeKind = 'skill' | 'language' | 'signing'

export const LEVEL_MIN = 1
export const LEVEL_MAX = 5

/**
 * [R19] One thing an agent must have. `expiry` counts from the arrival of the call, whatever queue it went through.
 * `relax` drops the requirement; `branch` opens another way beside it: an interpreter as third person, or a callback.
 */
export type Requirement = {
  readonly attribute: string
  readonly levelMin: number
  readonly expiry:
    | null
    | { readonly afterMs: number; readonly onExpiry: 'relax' }
    | { readonly afterMs: number; readonly onExpiry: 'branch'; readonly branch: 'interpreter' | 'callback' }
}

/**
 * [R21] Who goes before whom: `headStartMs + slope × waited`. A higher head start is a better place on arrival; a
 * higher slope catches up faster. Classes that are `isFirst` go before all others whatever they waited.
 */
export type CallClass = {
  readonly id: string
  readonly headStartMs: number
  readonly slope: number
  readonly isFirst: boolean
}

export type Queue = {
  readonly id: string
  readonly serviceId: string
  /** The class of a call that asks for no other. */
  readonly classId: string
  readonly requirements: readonly Requirement[]
  /** More people than this are never in the line. Higher lets more wait, lower refuses earlier. */
  readonly callersMax: number
  /** Whose work this is. Agents of other centres take these calls only while they are lent. Empty: everybody's. */
  readonly homeCentreIds: readonly string[]
  /** Open while every one of these is (and those of the site). None: always open. */
  readonly calendarIds: readonly string[]
  /** What is promised to the city, and what counts as having left at once. */
  readonly answerWithinMs: number
  readonly shortAbandonMs: number
}

/** [R25] When agents of one centre help in the queues of others. */
export type LendingRule = {
  readonly id: string
  readonly lenderCentreId: string
  readonly queueIds: readonly string[]
  /** Opens at this many waiting in the queues together, and closes again at this many: a gap keeps it from flapping. */
  readonly opensAtCount: number
  readonly closesAtCount: number
  /** The lender's own share answered in time below which it lends nobody; 0 where it always lends. */
  readonly lenderServiceLevelMin: number
}

export type Policy = {
  /** Of the reviewed text it was made from; kept with every offer. */
  readonly version: string
  readonly attributes: Readonly<Record<string, AttributeKind>>
  readonly classes: Readonly<Record<string, CallClass>>
  readonly queues: Readonly<Record<string, Queue>>
  /** What a way of talking asks for beside the queue's own requirements. A way that is not named asks for nothing. */
  readonly modes: Readonly<Record<string, readonly Requirement[]>>
  readonly lending: readonly LendingRule[]
  /** How long an offer stands. Longer makes the caller wait for an absent agent, shorter rushes a present one. */
  readonly offerMs: number
  /** How long an agent has after a call. */
  readonly wrapUpMs: number
  /** [R36] How long it may become where the agent asks for more. Longer leaves nothing unwritten, shorter answers sooner. */
  readonly wrapUpMsMax: number
  /** How long a lost connection of a kiosk or an agent costs nothing. */
  readonly graceMs: number
  /** [R24] The smallest pause after a call. More is kinder to agents, less answers sooner. */
  readonly pauseMs: number
  /** [R24] The share of time in calls beyond which an agent rests, 0 to 1, over about `occupancyWindowMs`. 1: no ceiling. */
  readonly occupancyMax: number
  readonly occupancyWindowMs: number
  /** [R33] How long a citizen is on hold at most. Longer lets an agent finish, and lets more citizens give up. */
  readonly holdMsMax: number
  /** [R43] What supervisors may do in running calls; nothing where it is missing. */
  readonly supervision?: readonly SupervisionKind[]
  /** [R34] How long somebody is looked for who takes a call over. */
  readonly transferMsMax: number
  /** [R23] How long a call waits for the agent the same ticket talked to before. 0: not at all. */
  readonly preferredMs: number
  /** [R22] The most a site whose people wait longer than the city's may be helped by. 0: order of arrival alone. */
  readonly siteCorrectionMsMax: number
  /** [R30] A ticket that is away is called when at most this many are before it. */
  readonly ticketNearCount: number
  /** [R30] How long somebody who was called has to come, and how long after that the old place can still be had. */
  readonly ticketCallMs: number
  readonly ticketKeptMs: number
  /** [R40] How soon after it is promised a callback may be, and how many days ahead; 0 days: none is promised. */
  readonly callbackSoonestMs: number
  readonly callbackDaysMax: number
  /** [R40] It stands in line as if the citizen had come this much before its time. More keeps more promises, and lets others wait. */
  readonly callbackAheadMs: number
  /** [R40] How long whoever promised it is waited for once the citizen is there. */
  readonly callbackPreferredMs: number
  /** [R40] Taken later than this after its time, or after the citizen came, it is broken. */
  readonly callbackLateMs: number
  /** [R40] How often it rings where nobody comes, and how long after the last time was over. */
  readonly callbackTriesMax: number
  readonly callbackAgainMs: number
  /** [R28] How long after closing those inside are served before they get a callback instead. */
  readonly serveAfterClosingMs: number
  /** What is believed before anything was learned: a conversation with wrap-up, and how long people wait at most. */
  readonly priorHandlingMs: number
  readonly priorPatienceMs: number
}

/** The class of calls where a policy names none. */
export const ORDINARY: CallClass = { id: 'ordinary', headStartMs: 0, slope: 1, isFirst: false }

/** A policy with one class, no queue, and times that suit a help line: what others are made from. */
export const PLAIN_POLICY: Policy = {
  version: 'none',
  attributes: {},
  classes: { ordinary: ORDINARY },
  queues: {},
  modes: {},
  lending: [],
  offerMs: 15_000,
  wrapUpMs: 60_000,
  wrapUpMsMax: 300_000,
  graceMs: 20_000,
  pauseMs: 0,
  occupancyMax: 1,
  occupancyWindowMs: 3_600_000,
  holdMsMax: 300_000,
  supervision: [],
  transferMsMax: 180_000,
  preferredMs: 30_000,
  siteCorrectionMsMax: 0,
  ticketNearCount: 2,
  ticketCallMs: 180_000,
  ticketKeptMs: 1_800_000,
  callbackSoonestMs: 600_000,
  callbackDaysMax: 7,
  callbackAheadMs: 600_000,
  callbackPreferredMs: 120_000,
  callbackLateMs: 300_000,
  callbackTriesMax: 3,
  callbackAgainMs: 600_000,
  serveAfterClosingMs: 1_800_000,
  priorHandlingMs: 300_000,
  priorPatienceMs: 300_000,
}

/** What makes a policy impossible to follow, as short sentences for the log and the page of an administrator. */
export function policyFaults(policy: Policy): string[] {
  const faults: string[] = []
  for (const { id, headStartMs, slope } of Object.values(policy.classes)) {
    if (!(slope > 0) || !(headStartMs >= 0)) faults.push(`class ${id}: slope must be above 0 and headStartMs not below`)
  }
  for (const queue of Object.values(policy.queues)) {
    if (policy.classes[queue.classId] === undefined) faults.push(`queue ${queue.id}: no class ${queue.classId}`)
    if (!(queue.callersMax > 0)) faults.push(`queue ${queue.id}: callersMax must be above 0`)
    for (const requirement of queue.requirements) faults.push(...requirementFaults(policy, queue.id, requirement))
  }
  for (const [mode, requirements] of Object.entries(policy.modes)) {
    for (const requirement of requirements) faults.push(...requirementFaults(policy, mode, requirement))
  }
  for (const rule of policy.lending) {
    if (rule.closesAtCount >= rule.opensAtCount)
      faults.push(`lending ${rule.id}: closesAtCount must be below opensAtCount`)
    for (const id of rule.queueIds)
      if (policy.queues[id] === undefined) faults.push(`lending ${rule.id}: no queue ${id}`)
  }
  if (!(policy.occupancyMax > 0 && policy.occupancyMax <= 1)) faults.push('occupancyMax must be above 0 and at most 1')
  return faults
}

function requirementFaults(policy: Policy, where: string, { attribute, levelMin, expiry }: Requirement): string[] {
  const faults: string[] = []
  if (!Number.isInteger(levelMin) || levelMin < LEVEL_MIN || levelMin > LEVEL_MAX) {
    faults.push(`${where}: level of ${attribute} must be ${LEVEL_MIN} to ${LEVEL_MAX}`)
  }
  const kind = policy.attributes[attribute]
  if (kind === undefined) faults.push(`${where}: no attribute ${attribute}`)
  if (expiry?.onExpiry === 'relax' && kind !== 'skill') faults.push(`${where}: ${attribute} never relaxes, it branches`)
  if (expiry?.onExpiry === 'branch' && kind === 'skill') faults.push(`${where}: ${attribute} relaxes, it has no branch`)
  if (expiry !== null && !(expiry.afterMs > 0)) faults.push(`${where}: ${attribute} must expire after some time`)
  return faults
}
