/**
 * What the engine knows. Everything it will ever decide from is here and nowhere else: policy and
 * deadlines are state too. A state carries only its own data, so impossible combinations cannot be written.
 *
 * A call:   waiting → offered → connected → (gone). `offered → waiting` on decline, expiry or withdrawal,
 *           `connected → waiting` when the agent is lost. An ended call leaves the state.
 * An agent: idle → offered → in-call → wrap-up → idle. A signed-out agent leaves the state.
 *
 * The order of `calls` is the order of arrival, always: a call that goes back to waiting keeps its entry.
 */

/** Milliseconds since 1970, given by the host; the engine has no clock. */
export type Instant = number

export type Queue = {
  readonly id: string
  /** An agent must have every one of these. */
  readonly requiredSkills: readonly string[]
  /** More people than this are never in the line. Higher lets more wait, lower refuses earlier. */
  readonly callersMax: number
}

export type Policy = {
  readonly queues: Readonly<Record<string, Queue>>
  /** How long an offer stands. Longer makes the caller wait for an absent agent, shorter rushes a present one. */
  readonly offerMs: number
  /** How long an agent has after a call. */
  readonly wrapUpMs: number
  /** How long a lost connection of a kiosk or an agent costs nothing. */
  readonly graceMs: number
}

export type Offer = {
  readonly id: string
  readonly agentId: string
  readonly madeAt: Instant
  readonly expiresAt: Instant
}

export type CallFacts = {
  readonly id: string
  readonly kioskId: string
  readonly queueId: string
  readonly language: string
  readonly isLanguageChosen: boolean
  readonly matterId: string | null
  /** Never rewritten: the place in line is this. */
  readonly arrivedAt: Instant
  readonly offerCount: number
  /** When both sides first had picture or sound. */
  readonly answeredAt: Instant | null
  /** When the kiosk's connection was lost, while it is. */
  readonly lostAt: Instant | null
}

export type Call =
  | (CallFacts & { readonly status: 'waiting' })
  | (CallFacts & { readonly status: 'offered'; readonly offer: Offer })
  | (CallFacts & {
      readonly status: 'connected'
      readonly agentId: string
      readonly offerId: string
      readonly acceptedAt: Instant
    })

export type Work =
  | { readonly kind: 'idle'; readonly since: Instant }
  | { readonly kind: 'offered'; readonly callId: string; readonly offerId: string }
  | { readonly kind: 'in-call'; readonly callId: string; readonly since: Instant }
  | { readonly kind: 'wrap-up'; readonly callId: string; readonly since: Instant; readonly endsAt: Instant }

export type ChosenAwayReason = 'break' | 'meeting' | 'other-work'
export type AwayReason = ChosenAwayReason | 'not-responding' | 'declined' | 'connection-lost' | 'just-signed-in'

export type Agent = {
  readonly id: string
  readonly skills: readonly string[]
  /** Why the agent takes no calls, or null while available. */
  readonly awayReason: AwayReason | null
  /** When the agent's connection was lost, while it is. */
  readonly lostAt: Instant | null
  /** Imposed by the engine. */
  readonly work: Work
}

export type State = {
  /** The time of the last event: events never go back. */
  readonly at: Instant
  readonly policy: Policy
  readonly calls: ReadonlyMap<string, Call>
  readonly agents: ReadonlyMap<string, Agent>
}

export type EndReason = 'caller-hung-up' | 'agent-hung-up' | 'caller-lost' | 'queue-full' | 'media-lost'
export type Outcome = 'answered' | 'abandoned' | 'refused' | 'failed'

/** The state before anything happened: no queue, nobody in it. */
export function emptyState(): State {
  const policy: Policy = { queues: {}, offerMs: 15_000, wrapUpMs: 60_000, graceMs: 20_000 }
  return { at: 0, policy, calls: new Map(), agents: new Map() }
}

/** Whether an agent may be given a new call now: available, connected and doing nothing. */
export function isReady(agent: Agent): boolean {
  return agent.awayReason === null && agent.lostAt === null && agent.work.kind === 'idle'
}

/** Whether an agent has every skill the queue asks for. */
export function isAble(agent: Agent, queue: Queue): boolean {
  return queue.requiredSkills.every((skill) => agent.skills.includes(skill))
}
