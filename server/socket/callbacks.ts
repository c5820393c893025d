/** [R40] Callbacks that agents promise after a call: when they may be, and how they stand. */
import { randomUUID } from 'node:crypto'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import {
  OPENINGS_MAX,
  type CallbackForAgent,
  type CallbackSheet,
  type OwnCallback,
} from '#server/contract/callbacks.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import type { Callback } from '#server/routing/promised.ts'
import { calendarIdsFor, openness } from '#server/routing/hours.ts'
import type { Call, Mode, State } from '#server/routing/state.ts'
import { callToGoOn, type CallToGoOn } from '#server/store/callbacks.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { branded } from './branded.ts'
import { must } from './outcome.ts'

const DAY_MS = 86_400_000

/** Chosen by the minute: what begins within one is not offered. In ms. */
const TIME_STEP_MS = 60_000

export type CallbackParts = {
  readonly db: Database
  readonly host: Pick<RoutingHost, 'state' | 'submit'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type CallbackHandlers = Pick<Handlers<typeof agentRequests, Person>, 'callback.promise' | 'callback.withdraw'>

/** The handlers of `callback.promise` and `callback.withdraw`. */
export function callbackHandlers({ db, host, now }: CallbackParts): CallbackHandlers {
  const known = async (callId: string) => {
    const call = await callToGoOn(db, callId)
    if (call === undefined) throw new Refusal<ErrorCode>('unknown-call', 'nothing to go on with')
    return call
  }
  return {
    'callback.promise': async ({ agentId }, { callId: ofCallId, dueAt, isByMe: isByPromiser }) => {
      const call = await known(ofCallId)
      const standing = callbackOf(host.state, ofCallId, call.ticket)
      const callId = standing?.id ?? randomUUID()
      const mode = call.mode as Mode
      const promised = { ...call, mode, callId, agentId, ofCallId, dueAt, isByPromiser }
      must(await host.submit({ type: 'callback.promised', ...promised }))
      return callbackSheet(host.state, ofCallId, call, agentId, now())
    },
    'callback.withdraw': async ({ agentId }, { callId: ofCallId }) => {
      const call = await known(ofCallId)
      const standing = callbackOf(host.state, ofCallId, call.ticket)
      if (standing !== undefined) must(await host.submit({ type: 'callback.withdrawn', callId: standing.id, agentId }))
      return callbackSheet(host.state, ofCallId, call, agentId, now())
    },
  }
}

/** What stands promised of a call that is over. */
function callbackOf(state: State, ofCallId: string, ticket: string): Call | undefined {
  const callId = state.callIdOfTicket.get(ticket)
  const call = callId === undefined ? undefined : state.calls.get(callId)
  return call?.callback?.ofCallId === ofCallId ? call : undefined
}

/** What an agent may promise of a call, and has. */
export function callbackSheet(
  state: State,
  callId: string,
  { siteId, queueId, ticket }: Pick<CallToGoOn, 'siteId' | 'queueId' | 'ticket'>,
  agentId: string,
  at: number,
): CallbackSheet {
  const callback = callbackOf(state, callId, ticket)?.callback
  const isOwn = callback?.promisedById === agentId
  const promised = isOwn ? { dueAt: callback.dueAt, isByMe: callback.isByPromiser } : null
  return branded({ openings: openingsOf(state, queueId, siteId, at), promised })
}

/** Whether a callback may be promised of a call at all: it is over, and the policy has days for it. */
export function isToBePromised({ calls, policy }: State, callId: string): boolean {
  return !calls.has(callId) && policy.callbackDaysMax > 0
}

/** When a queue is open at a site, from the soonest moment to the last at which a callback may be. */
export function openingsOf({ policy, hours }: State, queueId: string, siteId: string, at: number) {
  const calendarIds = calendarIdsFor(hours, policy.queues[queueId]?.calendarIds ?? [], siteId)
  const openings: { from: number; until: number }[] = []
  let from = Math.ceil((at + policy.callbackSoonestMs) / TIME_STEP_MS + 1) * TIME_STEP_MS
  const last = at + policy.callbackDaysMax * DAY_MS
  while (from < last && openings.length < OPENINGS_MAX) {
    const open = openness(hours, calendarIds, from)
    if (!open.isOpen && open.opensAt === null) break
    if (open.isOpen) openings.push({ from, until: Math.min(last, open.closesAt ?? last) })
    from = open.isOpen ? (open.closesAt ?? last) : (open.opensAt ?? last)
  }
  return openings
}

/** What this agent promised and nobody has taken yet, the next first. */
export function ownCallbacks(state: State, calls: Iterable<Call>): OwnCallback[] {
  return [...calls]
    .flatMap((call): OwnCallback[] => {
      const { callback, presence, status } = call
      if (status !== 'waiting' || callback === null) return []
      const { dueAt, isByPromiser: isByMe, triesCount } = callback
      const triesLeftCount = Math.max(0, state.policy.callbackTriesMax - triesCount)
      const ringsAt = presence.kind === 'away' ? presence.notBefore : null
      const standing = { state: standingOf(call, callback), ringsAt, triesLeftCount }
      return [branded({ callId: call.id, ticket: call.ticket, dueAt, isByMe, ...standing })]
    })
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, 50)
}

function standingOf({ presence }: Call, { triesCount }: Callback): OwnCallback['state'] {
  if (presence.kind === 'here') return 'here'
  if (presence.kind === 'called') return 'ringing'
  if (presence.kind === 'lapsed') return 'given-up'
  return triesCount > 0 ? 'missed' : 'promised'
}

/** What a call goes on with, for the agent who has it. */
export function callbackForAgent(directory: Directory, { callback }: Call): { callback?: CallbackForAgent } {
  if (callback === null) return {}
  const { promisedById, dueAt, isByPromiser } = callback
  const promisedByName = directory.people.get(promisedById)?.name ?? '–'
  return { callback: branded({ promisedByName, dueAt, isByPromiser }) }
}

/** What a citizen is told of a promise that they have not come for yet. */
export function callbackForCaller(directory: Directory, { presence }: Call, callback: Callback) {
  const { dueAt, isByPromiser, promisedById } = callback
  const byFirstName = isByPromiser ? (directory.people.get(promisedById)?.firstName ?? null) : null
  return { dueAt, byFirstName, isRinging: presence.kind === 'called' }
}
