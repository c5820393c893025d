/** Everybody in a simulated city, and what one of them does next. */
import type { JoinTarget } from '../asked-in.ts'
import type { RoutingEventBody } from '../event.ts'
import type { Agent, Call, ConnectedCall, Mode, State } from '../state.ts'
import { CENTRES, CLASSES, LANGUAGES, SERVICES, SITES } from './city.ts'
import type { Random } from './random.ts'

const KIOSKS_COUNT = 30
const AGENTS_COUNT = 7

/** Ids in no order, so that nothing can lean on theirs. */
function callIdOf(number: number): string {
  return `call-${(number * 7_919) % 10_007}`
}

export class People {
  readonly #random: Random
  readonly #hasFaults: boolean
  #callCount = 0
  #joinCount = 0
  #wrapUpCount = 0
  #moveCount = 0
  #supervisedCount = 0
  /** Said right after what was said last, in the same millisecond. */
  readonly #following: RoutingEventBody[] = []

  constructor(random: Random, hasFaults: boolean) {
    this.#random = random
    this.#hasFaults = hasFaults
  }

  get isInTheMidst(): boolean {
    return this.#following.length > 0
  }

  signIns(): RoutingEventBody[] {
    return Array.from({ length: AGENTS_COUNT }, (_, i) => `agent-${(i * 3) % AGENTS_COUNT}`).flatMap((agentId) => [
      this.#signIn(agentId),
      { type: 'agent.became-available' as const, agentId },
    ])
  }

  /** What happens next to somebody, or undefined where there is nobody to whom it could. */
  next(state: State): RoutingEventBody | undefined {
    const { pick, next } = this.#random
    const following = this.#following.shift()
    if (following !== undefined) return following
    const agents = [...state.agents.values()].sort((a, b) => a.ordinal - b.ordinal)
    // Whoever has something to answer or to end does so sooner than the others do anything.
    const agent = (next() < 0.6 ? pick(agents.filter(({ work }) => work.kind !== 'idle')) : undefined) ?? pick(agents)
    const call = pick([...state.calls.values()].sort((a, b) => a.ordinal - b.ordinal))
    const luck = next()
    if (luck < 0.22) return this.#arrivals(state)
    if (luck < 0.25) {
      const agentId = `agent-${Math.floor(next() * (AGENTS_COUNT + 1))}`
      this.#following.push({ type: 'agent.became-available', agentId })
      return this.#signIn(agentId)
    }
    if (luck < 0.75) return agent === undefined ? undefined : this.#ofAgent(state, agent)
    return call === undefined ? undefined : this.#ofCall(call)
  }

  #signIn(agentId: string): RoutingEventBody {
    const { next, pick } = this.#random
    const attributes: Record<string, number> = {}
    for (const name of [...SERVICES, 'da', 'en']) if (next() < 0.8) attributes[name] = 1 + Math.floor(next() * 5)
    for (const name of ['so', 'signs']) if (next() < 0.3) attributes[name] = 1 + Math.floor(next() * 5)
    return { type: 'agent.signed-in', agentId, centreId: pick(CENTRES) ?? 'hng', attributes }
  }

  /** One in eight does not come alone: at the same moment only the order of telling is left to tell them apart. */
  #arrivals(state: State): RoutingEventBody {
    const { next } = this.#random
    if (next() < 0.125) {
      const count = 1 + Math.floor(next() * 3)
      for (let i = 0; i < count; i += 1) this.#following.push(this.#arrival(state))
    }
    return this.#following.shift() ?? this.#arrival(state)
  }

  #arrival(state: State): Extract<RoutingEventBody, { type: 'call.arrived' }> {
    const { next, pick } = this.#random
    this.#callCount += 1
    const language = pick(LANGUAGES) ?? 'da'
    const kiosk = Math.floor(next() * KIOSKS_COUNT)
    const agents = [...state.agents.values()].sort((a, b) => a.ordinal - b.ordinal)
    // Mostly somebody who talked to the citizen a moment ago.
    const recent = agents.filter(({ work, restsUntil }) => work.kind === 'wrap-up' || restsUntil !== null)
    const someone = (next() < 0.7 ? pick(recent) : undefined) ?? pick(agents)
    return {
      type: 'call.arrived',
      callId: callIdOf(this.#callCount),
      kioskId: `kiosk-${kiosk}`,
      siteId: SITES[kiosk % SITES.length] ?? 'airport',
      queueId: `${pick(SERVICES) ?? 'citizen'}.${language}`,
      language,
      ticket: `T${this.#callCount}`,
      classId: next() < 0.3 ? (pick(CLASSES) ?? null) : null,
      mode: this.#mode(),
      preferredAgentId: next() < 0.2 ? (someone?.id ?? null) : null,
      isForNextOpening: next() < 0.3,
    }
  }

  #mode(): Mode {
    return this.#random.next() < 0.1 ? 'signing' : 'video'
  }

  #ofAgent(state: State, agent: Agent): RoutingEventBody | undefined {
    const { next, pick } = this.#random
    const agentId = agent.id
    const luck = next()
    if (this.#hasFaults && luck < 0.06) {
      return luck < 0.02 ? { type: 'agent.lost', agentId } : { type: 'agent.returned', agentId }
    }
    if (luck < 0.08) return { type: 'agent.became-away', agentId, reason: 'break' }
    if (luck < 0.1) return { type: 'agent.signed-out', agentId }
    if (luck < 0.12) {
      const queueId = pick(Object.keys(state.policy.queues)) ?? ''
      return { type: next() < 0.2 ? 'queue.paused' : 'queue.resumed', queueId }
    }
    if (luck < 0.2 || agent.awayReason !== null) return { type: 'agent.became-available', agentId }
    if (agent.work.kind === 'in-call') return this.#inCall(state, agent, agent.work.callId)
    if (agent.work.kind === 'wrap-up') {
      const { endsAt, callId } = agent.work
      this.#wrapUpCount += 1
      const isOver = !state.calls.has(callId)
      if (isOver && this.#wrapUpCount % 4 === 0) return this.#promise(state, agentId, callId)
      const promised = [...state.calls.values()].find(({ callback }) => callback?.ofCallId === callId)
      if (promised !== undefined && this.#wrapUpCount % 7 === 0) {
        return { type: 'callback.withdrawn', callId: promised.id, agentId }
      }
      if (next() < 0.3) return { type: 'agent.lengthened-wrap-up', agentId, endsAt }
      return { type: 'agent.finished-wrap-up', agentId }
    }
    // Now and then while a call rings already, which is refused.
    const isAsked = agent.work.kind === 'offered'
    if (luck < 0.3 && (agent.work.kind === 'idle' || (isAsked && luck < 0.22))) return this.#besideCitizen(state, agent)
    return this.#answer(state, agent)
  }

  /** [R41] A citizen sits down at the agent's desk, and both call together. */
  #besideCitizen(state: State, { id: agentId }: Agent): RoutingEventBody {
    const beside = { agentId, matterId: null, isInterpreterWanted: this.#random.next() < 0.3 }
    return { ...this.#arrival(state), kioskId: `desk-${agentId}`, preferredAgentId: null, beside }
  }

  /** [R40] Now and then too soon, or for a time at which the queue is closed; and moved where it was promised before. */
  #promise(state: State, agentId: string, ofCallId: string): RoutingEventBody {
    const count = this.#wrapUpCount
    const known = [...state.calls.values()].find(({ callback }) => callback?.ofCallId === ofCallId)
    this.#callCount += known === undefined ? 1 : 0
    const language = LANGUAGES[count % LANGUAGES.length] ?? 'da'
    const service = SERVICES[count % SERVICES.length] ?? 'citizen'
    return {
      type: 'callback.promised',
      callId: known?.id ?? callIdOf(this.#callCount),
      agentId,
      ofCallId,
      firstCallId: ofCallId,
      dueAt: state.at + 2_000 + (count % 11) * 15_000,
      isByPromiser: count % 8 !== 0,
      kioskId: `kiosk-${count % KIOSKS_COUNT}`,
      siteId: SITES[count % SITES.length] ?? 'airport',
      queueId: `${service}.${language}`,
      classId: 'ordinary',
      mode: 'video',
      language,
      matterId: null,
      ticket: known?.ticket ?? `T${this.#callCount}`,
    }
  }

  #inCall(state: State, agent: Agent, callId: string): RoutingEventBody {
    const { next, pick } = this.#random
    const agentId = agent.id
    const luck = next()
    if (luck < 0.25) return { type: 'agent.hung-up', agentId, callId }
    // What was answered before stays so: then there is room for a hold, without a draw that the seeds of before had not.
    const call = state.calls.get(callId)
    if (luck >= 0.35 && luck < 0.65 && call?.status === 'connected' && call.answeredAt !== null) {
      const isToHold = call.hold === null || luck < 0.45
      return { type: isToHold ? 'call.held' : 'call.resumed', agentId, callId }
    }
    if (luck < 0.35 && call?.status === 'connected' && call.answeredAt !== null) return this.#supervise(call)
    if (luck < 0.65) return { type: 'media.flowed', callId }
    if (luck < 0.72) {
      const join = pick([...state.joins.values()].sort((a, b) => a.ordinal - b.ordinal))
      return { type: 'join.cancelled', joinId: join?.id ?? 'none', isByCaller: luck < 0.68 }
    }
    this.#joinCount += 1
    const attribute = pick([...SERVICES, ...LANGUAGES]) ?? 'da'
    const needs = [{ attribute, levelMin: 1, expiry: null }]
    const isTransfer = this.#joinCount % 3 === 0
    const joinId = `join-${this.#joinCount}`
    const target = this.#target(state)
    const asked = target.kind === 'anyone' ? needs : []
    return { type: 'join.asked', joinId, callId, agentId, needs: asked, target, isTransfer }
  }

  /** [R43] Two supervisors, each way in turn, mostly of this call, and now and then an agent who is in it. */
  #supervise({ id: callId, agentId }: ConnectedCall): RoutingEventBody {
    this.#supervisedCount += 1
    const count = this.#supervisedCount
    const byId = count % 7 === 0 ? agentId : count % 3 === 0 ? 'niels' : 'lone'
    if (count % 4 === 0) return { type: 'call.supervision-ended', callId, byId }
    const kind = (['listen', 'whisper', 'join'] as const)[count % 5] ?? 'listen'
    return { type: 'call.supervised', callId, kind, byId }
  }

  /** [R37] Each kind in turn, without a draw of its own: the seeds of before stay as lucky as they were. */
  #target(state: State): JoinTarget {
    const count = this.#joinCount
    const oneOf = (ids: readonly string[]) => ids[count % ids.length] ?? 'none'
    if (count % 5 === 1) return { kind: 'queue', queueId: oneOf(Object.keys(state.policy.queues)) }
    if (count % 5 === 2) return { kind: 'centre', centreId: oneOf(CENTRES) }
    if (count % 5 === 3) {
      const agents = [...state.agents.values()].sort((a, b) => a.ordinal - b.ordinal)
      // Mostly somebody who is about to be free.
      const soon = agents.filter(({ work, restsUntil }) => work.kind === 'wrap-up' || restsUntil !== null)
      const ids = (soon.length > 0 ? soon : agents).map(({ id }) => id)
      return { kind: 'agent', agentId: oneOf(ids) }
    }
    return { kind: 'anyone' }
  }

  /** An answer to the agent's own offer, or to some other: of another agent, of the past, or of nobody. */
  #answer(state: State, agent: Agent): RoutingEventBody {
    const { next } = this.#random
    const { work, id: agentId } = agent
    const isOwn = work.kind === 'offered' && next() < 0.9
    const offerId = isOwn ? work.offerId : this.#someOffer(state)
    if (next() < 0.8) return { type: 'offer.accepted', agentId, offerId }
    return { type: 'offer.declined', agentId, offerId, reason: 'not-mine' }
  }

  #someOffer(state: State): string {
    const { next, pick } = this.#random
    const call = pick([...state.calls.values()].sort((a, b) => a.ordinal - b.ordinal))
    if (call === undefined || next() < 0.3) return `${callIdOf(1 + Math.floor(next() * this.#callCount))}/1`
    return `${call.id}/${1 + Math.floor(next() * call.offerCount)}`
  }

  #ofCall(call: Call): RoutingEventBody | undefined {
    const { next, pick } = this.#random
    const callId = call.id
    const luck = next()
    if (luck < 0.08) return { type: 'caller.hung-up', callId }
    if (luck < 0.3 && call.status === 'connected') return { type: 'media.flowed', callId }
    if (luck < 0.4) return { type: 'caller.stepped-away', callId, isRungAtKiosk: next() < 0.5 }
    if (luck < 0.55) return this.#takeUp(call)
    // Told twice, a promise is refused: there is room for a move, without a draw that the seeds of before had not. Who is
    // kept for one agent is so for seconds, and would hardly be moved otherwise.
    if (luck < 0.65 && (call.promise !== null || call.preferred !== null)) return this.#move(call)
    if (luck < 0.65) return { type: 'promise.told', callId, p50Ms: 10_000, p80Ms: 20_000 }
    if (luck < 0.78) {
      // Some only say what is known already.
      const isNew = next() < 0.7
      const language = isNew ? (pick(LANGUAGES) ?? 'da') : call.language
      const queueId = isNew ? `${pick(SERVICES) ?? 'citizen'}.${language}` : call.queueId
      const classId = next() < 0.2 ? (pick(CLASSES) ?? null) : null
      const said = { queueId, language, isLanguageChosen: true, matterId: null, classId, mode: this.#mode() }
      // Without a draw of its own, so that the seeds of before stay what they were.
      const isInterpreterWanted = isNew && language === 'so'
      return { type: 'call.refined', callId, ...said, isInterpreterWanted }
    }
    if (!this.#hasFaults) return undefined
    if (luck < 0.83) return { type: 'caller.lost', callId }
    return luck < 0.99 ? { type: 'caller.returned', callId } : { type: 'media.lost', callId }
  }

  /** [R42] To the front, to another queue, or both, each in turn. */
  #move({ id: callId, queueId, language }: Call): RoutingEventBody {
    this.#moveCount += 1
    const count = this.#moveCount
    const isToFront = count % 3 !== 0
    const service = SERVICES[count % SERVICES.length] ?? 'citizen'
    const other = count % 2 === 0 ? null : count % 5 === 0 ? queueId : `${service}.${language}`
    return { type: 'call.moved', callId, queueId: other, isToFront, reason: 'other', byId: 'lone' }
  }

  #takeUp(call: Call): RoutingEventBody {
    const kiosk = Math.floor(this.#random.next() * KIOSKS_COUNT)
    const siteId = SITES[kiosk % SITES.length] ?? 'airport'
    const ticket = this.#random.next() < 0.9 ? call.ticket : 'T-unknown'
    return { type: 'ticket.taken-up', ticket, kioskId: `kiosk-${kiosk}`, siteId }
  }
}
