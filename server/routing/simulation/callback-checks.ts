/** [R40] What must be true of promises: each comes to one end, and that is the true one. Said a second time, in the plainest way. */
import type { Callback } from '../promised.ts'
import type { CallRecord } from '../effect.ts'
import type { RoutingEvent } from '../event.ts'
import type { Call, State } from '../state.ts'
import type { Step } from '../step.ts'
import { isAble, isAtWork, isOpenFor, must, serviceOf } from './rules.ts'

type Ended = Extract<CallRecord, { type: 'callback-ended' }>

export class Promises {
  readonly #promised = new Map<string, Callback>()
  readonly #ended = new Set<string>()

  check(before: State, event: RoutingEvent, { state, records, facts }: Step): void {
    for (const record of records) {
      if (record.type === 'callback-promised') this.#promised.set(record.callId, record)
      if (record.type !== 'callback-ended') continue
      must(this.#promised.has(record.callId), () => `${record.callId} was never promised`)
      must(!this.#ended.has(record.callId), () => `the promise of ${record.callId} ended twice`)
      this.#ended.add(record.callId)
      checkResult(before, event, state, record)
    }
    for (const fact of facts) {
      const call = fact.type === 'ticket.called' ? state.calls.get(fact.callId) : undefined
      if (call !== undefined && call.callback?.hereAt === null) checkCalled(before, state, call)
    }
    for (const call of state.calls.values()) checkStanding(state, call)
    if (event.type === 'ticket.taken-up') checkCame(before, event, state)
    if (event.type === 'callback.promised') checkPromised(state, event.callId)
  }

  assertAllEnded(): void {
    must(this.#promised.size === this.#ended.size, () => 'not every promise came to an end')
  }
}

/** Within the bounds of the policy, and while the queue is open at the site. */
function checkPromised({ policy, ...state }: State, callId: string): void {
  const call = state.calls.get(callId)
  const callback = call?.callback
  if (call === undefined || callback == null) throw new Error(`${callId} was promised and is not there`)
  const aheadMs = callback.dueAt - callback.promisedAt
  const isInBounds = aheadMs >= policy.callbackSoonestMs && aheadMs <= policy.callbackDaysMax * 86_400_000
  must(isInBounds, () => `${callId} is promised in ${aheadMs} ms`)
  must(isOpenFor({ policy, ...state }, call, callback.dueAt), () => `${callId} is promised for a closed line`)
}

/** Nobody has it before the citizen is there, nor is it in a line before its time. */
function checkStanding(state: State, { id, status, callback, presence }: Call): void {
  if (callback === null) return
  const { enteredAt, hereAt, dueAt, triesCount } = callback
  must(status === 'waiting' || hereAt !== null, () => `${id} was offered, and nobody is there`)
  must(enteredAt === null || hereAt !== null || dueAt <= state.at, () => `${id} is in line before its time`)
  const isDue = status === 'waiting' && presence.kind === 'away' && presence.notBefore === null
  must(enteredAt !== null || !isDue, () => `${id} is due and in no line`)
  must(triesCount <= state.policy.callbackTriesMax, () => `${id} has rung ${triesCount} times`)
  const isGivenUp = status === 'waiting' && presence.kind === 'lapsed' && hereAt === null
  must(!isGivenUp || triesCount >= state.policy.callbackTriesMax, () => `${id} was given up after ${triesCount} times`)
}

/** It rings in an open line, and for somebody who could be had. */
function checkCalled(before: State, state: State, call: Call): void {
  // Whoever was at work when it rang may have gone away in the same moment.
  const isSomebody = [...before.agents.values(), ...state.agents.values()].some(
    (agent) =>
      isAtWork(agent) &&
      isAble(agent, call.needs) &&
      [before, state].some((one) => serviceOf(one, call.queueId, agent.centreId) !== 'none'),
  )
  const isLongDue = call.callback !== null && state.at >= call.callback.dueAt + state.policy.callbackAgainMs
  must(isSomebody || isLongDue, () => `${call.id} rings, and nobody at work can take it`)
  must(isOpenFor(state, call, state.at), () => `${call.id} rings in a closed line`)
}

/** Whoever promised it is asked first, where they are at work and able. */
function checkCame(before: State, { ticket, at }: RoutingEvent & { type: 'ticket.taken-up' }, state: State): void {
  const call = [...state.calls.values()].find((one) => one.ticket === ticket)
  const was = call === undefined ? undefined : before.calls.get(call.id)
  if (call === undefined || call.callback === null || was?.callback?.hereAt !== null) return
  const { promisedById, isByPromiser, hereAt } = call.callback
  must(hereAt === at, () => `${call.id} is there, and it is not known`)
  const agent = state.agents.get(promisedById)
  const isFirst = isByPromiser && agent !== undefined && agent.awayReason === null && isAble(agent, call.needs)
  const until = isFirst ? at + state.policy.callbackPreferredMs : undefined
  const isAsked = call.preferred?.until === until && (until === undefined || call.preferred?.agentId === promisedById)
  must(isAsked, () => `${call.id} is kept for ${call.preferred?.agentId} until ${call.preferred?.until}`)
}

/** Kept or broken by the clock alone; missed only where it rang in time; cancelled only by the citizen. */
function checkResult(before: State, event: RoutingEvent, state: State, { callId, result }: Ended): void {
  const callback = before.calls.get(callId)?.callback
  const what = () => `the promise of ${callId} was ${result}`
  if (callback == null) throw new Error(`${callId} ended and was not there`)
  const { dueAt, rungAt, hereAt } = callback
  const lateMs = state.policy.callbackLateMs
  const cameAt = Math.max(dueAt, hereAt ?? dueAt)
  const calledAt = rungAt ?? hereAt
  const isInTime = calledAt !== null && calledAt <= dueAt + lateMs
  const isSoon = isInTime && state.at <= cameAt + lateMs
  if (event.type === 'offer.accepted') must((result === 'kept') === isSoon && result !== 'missed', what)
  if (result === 'kept') must(event.type === 'offer.accepted', what)
  if (result === 'cancelled') must(event.type === 'caller.hung-up' && (isSoon || state.at <= dueAt), what)
  if (result === 'missed') must(isInTime, what)
  if (result === 'withdrawn') must(event.type === 'callback.withdrawn', what)
  if (result === 'broken') must(!isInTime || !isSoon || event.type === 'media.lost', what)
}
