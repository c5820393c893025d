/**
 * What people do in answer to the engine: agents answer offers, talk, write down what was said; citizens leave, step
 * away, come back. How long each takes and what they choose comes from a {@link Conduct}: that of a made-up day, or of a
 * day that was seen.
 */
import type { JoinTarget } from '#server/routing/asked-in.ts'
import type { Fact } from '#server/routing/effect.ts'
import type { DeclineReason, RoutingEvent, RoutingEventBody } from '#server/routing/event.ts'
import type { Requirement } from '#server/routing/policy.ts'
import type { Agent, AwayReason, Call, ConnectedCall, Instant } from '#server/routing/state.ts'
import type { Step } from '#server/routing/step.ts'
import type { Clockwork } from './clockwork.ts'

type BodyOf<Type extends RoutingEvent['type']> = Extract<RoutingEventBody, { type: Type }>
export type Arrival = BodyOf<'call.arrived'>
export type Refinement = Omit<BodyOf<'call.refined'>, 'callId' | 'type'>
export type OfferMade = Extract<Fact, { type: 'offer.made' }>

/** What a citizen brings, all in milliseconds after the arrival; Infinity for what does not happen. */
export type CallPlan = {
  readonly patienceMs: number
  readonly stepsAwayAfterMs: number
  readonly isRungAtKiosk: boolean
  readonly refinements: readonly { readonly afterMs: number; readonly said: Refinement }[]
  readonly losses: readonly { readonly afterMs: number; readonly forMs: number }[]
}

/** From the acceptance to the end of the conversation, and from there; Infinity: until the deadline. */
export type Talk = { readonly talkMs: number; readonly isEndedByCaller: boolean; readonly wrapUpMs: number }

export type OfferAnswer =
  | { readonly kind: 'accepted'; readonly afterMs: number }
  | { readonly kind: 'declined'; readonly afterMs: number; readonly reason: DeclineReason | null }
  | { readonly kind: 'silence' }

export type ThirdPerson = {
  readonly afterMs: number
  readonly needs: readonly Requirement[]
  /** Whoever was asked for by queue, centre or name; absent, anyone. */
  readonly target?: JoinTarget
}

export type Conduct = {
  planOf(arrival: Arrival, at: Instant): CallPlan
  /** Patience of somebody who came back or was put back in line, from then on. */
  patienceAgainMs(call: Call, turn: number): number
  answerTo(offer: OfferMade): OfferAnswer
  /** Until an agent acts who was put away over an offer or a lost connection. */
  backAfterMs(agentId: string, at: Instant): number
  /** From the acceptance until both have picture or sound; Infinity where they never do. */
  flowsAfterMs(call: ConnectedCall): number
  talkOf(call: ConnectedCall, agentId: string): Talk
  /** Whom the agent asks in, from the acceptance on. */
  thirdPersonOf(call: ConnectedCall): ThirdPerson | null
  /** From the calling of the ticket; Infinity for whoever does not come. */
  comesAfterMs(callId: string): number
}

export type Places = {
  readonly kiosksOfSite: ReadonlyMap<string, readonly string[]>
  /** Whether one more kiosk is put up where all are taken: whoever is known to have pressed then does so again. */
  readonly hasSpares: boolean
}

/** How long somebody tries again who finds every kiosk of the place taken. Longer hides that there are too few. */
const KIOSK_TRY_EVERY_MS = 10_000
const KIOSK_TRIES_MAX = 18
/** Without picture and sound people give a call up after this time. */
const NO_MEDIA_MS = 15_000
const RECONNECT_MS = 1_500

export class People {
  /** Citizens who found every kiosk taken until they went away; with spare kiosks, those who used one. */
  noKioskCount = 0
  /** Citizens whose queue or class is not in the policy. */
  unservedCount = 0
  readonly #clock: Clockwork
  readonly #conduct: Conduct
  readonly #places: Places
  readonly #wrapUpMs = new Map<string, number>()
  /** How often a citizen began to wait anew. */
  readonly #turns = new Map<string, number>()
  /** Agents whose shift is over and who still have somebody with them. */
  readonly #leaving = new Set<string>()

  constructor(clock: Clockwork, conduct: Conduct, places: Places) {
    this.#clock = clock
    this.#conduct = conduct
    this.#places = places
  }

  /** A citizen comes to a site and presses at `arrival.kioskId`, or at another that is free. */
  arrive(arrival: Arrival, triesLeft = KIOSK_TRIES_MAX): void {
    const clock = this.#clock
    const free = this.#freeKiosk(arrival.siteId, arrival.kioskId)
    if (free === undefined && this.#places.hasSpares) this.noKioskCount += 1
    const kioskId = free ?? (this.#places.hasSpares ? `${arrival.kioskId}+${arrival.callId}` : undefined)
    if (kioskId === undefined) {
      if (triesLeft === 0) this.noKioskCount += 1
      else clock.plan(clock.now + KIOSK_TRY_EVERY_MS, () => this.arrive(arrival, triesLeft - 1))
      return
    }
    if (clock.take({ ...arrival, kioskId }).refusal !== undefined) this.unservedCount += 1
    const { callId } = arrival
    if (!clock.state.calls.has(callId)) return
    const at = clock.now
    const plan = this.#conduct.planOf(arrival, at)
    clock.plan(at + plan.patienceMs, () => this.#leave(callId, 0))
    clock.plan(at + plan.stepsAwayAfterMs, () => {
      if (isInLine(clock.state.calls.get(callId))) {
        clock.take({ type: 'caller.stepped-away', callId, isRungAtKiosk: plan.isRungAtKiosk })
      }
    })
    for (const { afterMs, said } of plan.refinements) {
      clock.plan(at + afterMs, () => {
        const { status } = clock.state.calls.get(callId) ?? { status: 'connected' }
        if (status !== 'connected') clock.take({ type: 'call.refined', callId, ...said })
      })
    }
    for (const { afterMs, forMs } of plan.losses) this.#loseKiosk(callId, at + afterMs, forMs)
  }

  /** Whoever is here already goes on: those in line with a patience of now, those in a call with what is left to say. */
  goOn(): void {
    this.#clock.state.calls.forEach((call) => {
      if (call.status === 'connected') this.#talk(call, call.agentId, call.offerId)
      else if (isInLine(call)) this.#waitAgain(call)
    })
  }

  /** The end of a shift: at once, or when the conversation is over. */
  goHome(agentId: string): void {
    const clock = this.#clock
    const agent = clock.state.agents.get(agentId)
    if (agent === undefined) return
    if (!isBusy(agent)) {
      this.#leaving.delete(agentId)
      clock.take({ type: 'agent.signed-out', agentId })
    } else if (!this.#leaving.has(agentId)) {
      this.#leaving.add(agentId)
      clock.take({ type: 'agent.became-away', agentId, reason: 'other-work' })
    }
  }

  /** Plans what people do about a step that was taken. */
  react(event: RoutingEvent, after: Step): void {
    const clock = this.#clock
    for (const fact of after.facts) this.#reactToFact(fact)
    for (const record of after.records) {
      if (record.type !== 'handled') continue
      const { callId, agentId } = record
      clock.plan(clock.now + (this.#wrapUpMs.get(agentId) ?? Number.POSITIVE_INFINITY), () => {
        const work = clock.state.agents.get(agentId)?.work
        if (work?.kind === 'wrap-up' && work.callId === callId) clock.take({ type: 'agent.finished-wrap-up', agentId })
      })
    }
    if (event.type === 'ticket.taken-up')
      this.#waitAgain(after.state.calls.get(after.state.callIdOfTicket.get(event.ticket) ?? ''))
    if (event.type === 'server.restarted') this.#reconnect(after)
    if (event.type === 'agent.returned') this.#actAgain(event.agentId, 'connection-lost')
    if (this.#leaving.size === 0) return
    for (const agentId of after.touched.agents) {
      const agent = after.state.agents.get(agentId)
      if (agent !== undefined && this.#leaving.has(agentId) && !isBusy(agent)) {
        clock.plan(clock.now + 1, () => this.goHome(agentId))
      }
    }
  }

  #reactToFact(fact: Fact): void {
    const clock = this.#clock
    switch (fact.type) {
      case 'offer.made':
        return this.#answer(fact)
      case 'agent.set-away':
        // Whoever lost the connection acts once it is there again.
        return fact.reason === 'connection-lost' ? undefined : this.#actAgain(fact.agentId, fact.reason)
      case 'ticket.called':
        return this.#takeUp(fact.callId, clock.now + this.#conduct.comesAfterMs(fact.callId))
      case 'call.requeued':
        return this.#waitAgain(clock.state.calls.get(fact.callId))
      default:
        return undefined
    }
  }

  /** An agent who was put away says they are ready again. */
  #actAgain(agentId: string, reason: AwayReason): void {
    const clock = this.#clock
    clock.plan(clock.now + this.#conduct.backAfterMs(agentId, clock.now), () => {
      const agent = clock.state.agents.get(agentId)
      if (agent?.awayReason !== reason || agent.lostAt !== null || this.#leaving.has(agentId)) return
      if (agent.work.kind !== 'offered') clock.take({ type: 'agent.became-available', agentId })
    })
  }

  #answer(offer: OfferMade): void {
    const clock = this.#clock
    const { agentId, offerId, callId } = offer
    const answer = this.#conduct.answerTo(offer)
    if (answer.kind === 'silence') return
    clock.plan(clock.now + answer.afterMs, () => {
      const work = clock.state.agents.get(agentId)?.work
      if (work?.kind !== 'offered' || work.offerId !== offerId) return
      if (answer.kind === 'declined') clock.take({ type: 'offer.declined', agentId, offerId, reason: answer.reason })
      else if (clock.take({ type: 'offer.accepted', agentId, offerId }).refusal === undefined) {
        const call = clock.state.calls.get(callId)
        if (call?.status === 'connected') this.#talk(call, agentId, offerId)
      }
    })
  }

  #talk(call: ConnectedCall, agentId: string, offerId: string): void {
    const clock = this.#clock
    const { id: callId } = call
    const talk = this.#conduct.talkOf(call, agentId)
    this.#wrapUpMs.set(agentId, talk.wrapUpMs)
    // Who was asked in stays to the end.
    if (call.offerId !== offerId) return
    const now = () => {
      const current = clock.state.calls.get(callId)
      return current?.status === 'connected' && current.offerId === offerId ? current : undefined
    }
    const flowsAfterMs = this.#conduct.flowsAfterMs(call)
    if (flowsAfterMs === Number.POSITIVE_INFINITY) {
      clock.plan(clock.now + NO_MEDIA_MS, () => now() && clock.take({ type: 'media.lost', callId }))
      return
    }
    clock.plan(clock.now + Math.min(flowsAfterMs, talk.talkMs), () => {
      if (now() !== undefined) clock.take({ type: 'media.flowed', callId })
    })
    clock.plan(clock.now + talk.talkMs, () => {
      const current = now()
      if (current === undefined) return
      const isCallerGone = current.lostAt !== null
      const isCallersTurn = talk.isEndedByCaller || current.joined.length > 0
      if (isCallersTurn && !isCallerGone) clock.take({ type: 'caller.hung-up', callId })
      else clock.take({ type: 'agent.hung-up', agentId, callId })
    })
    const third = this.#conduct.thirdPersonOf(call)
    if (third === null) return
    const { afterMs: _afterMs, ...asked } = third
    clock.plan(clock.now + third.afterMs, () => {
      if (now() !== undefined) clock.take({ type: 'join.asked', joinId: `${callId}:third`, callId, agentId, ...asked })
    })
  }

  /**
   * The citizen's patience is over, unless somebody answered, they are away with the ticket, or they came back since:
   * then they have a new one, which is planned beside this.
   */
  #leave(callId: string, turn: number): void {
    const clock = this.#clock
    const call = clock.state.calls.get(callId)
    if (turn !== (this.#turns.get(callId) ?? 0)) return
    if (isInLine(call)) clock.take({ type: 'caller.hung-up', callId })
    // Nobody can press while the kiosk has no connection.
    else if (call?.lostAt !== undefined && call.lostAt !== null && call.status !== 'connected') {
      clock.plan(clock.now + KIOSK_TRY_EVERY_MS, () => this.#leave(callId, turn))
    }
  }

  #waitAgain(call: Call | undefined): void {
    if (call === undefined) return
    const turn = (this.#turns.get(call.id) ?? 0) + 1
    this.#turns.set(call.id, turn)
    const { now } = this.#clock
    this.#clock.plan(now + this.#conduct.patienceAgainMs(call, turn), () => this.#leave(call.id, turn))
  }

  #takeUp(callId: string, at: Instant, triesLeft = KIOSK_TRIES_MAX): void {
    const clock = this.#clock
    clock.plan(at, () => {
      const call = clock.state.calls.get(callId)
      if (call?.status !== 'waiting' || call.presence.kind === 'here') return
      const kioskId = this.#freeKiosk(call.siteId, call.kioskId)
      if (kioskId !== undefined) {
        clock.take({ type: 'ticket.taken-up', ticket: call.ticket, kioskId, siteId: call.siteId })
      } else if (triesLeft > 0) this.#takeUp(callId, clock.now + KIOSK_TRY_EVERY_MS, triesLeft - 1)
    })
  }

  #freeKiosk(siteId: string, wanted: string): string | undefined {
    const taken = this.#clock.state.callIdOfKiosk
    if (!taken.has(wanted)) return wanted
    return this.#places.kiosksOfSite.get(siteId)?.find((kioskId) => !taken.has(kioskId))
  }

  #loseKiosk(callId: string, at: Instant, forMs: number): void {
    const clock = this.#clock
    clock.plan(at, () => {
      const call = clock.state.calls.get(callId)
      if (call?.lostAt !== null || call.presence.kind !== 'here') return
      clock.take({ type: 'caller.lost', callId })
      clock.plan(clock.now + forMs, () => {
        if (clock.state.calls.has(callId)) clock.take({ type: 'caller.returned', callId })
      })
    })
  }

  /** After a restart every page finds the server again, one after the other. */
  #reconnect(after: Step): void {
    const clock = this.#clock
    let turn = 0
    after.state.calls.forEach(({ id: callId, lostAt }) => {
      turn += 1
      if (lostAt === null) return
      clock.plan(clock.now + RECONNECT_MS + ((turn * 37) % 4_000), () => {
        if (clock.state.calls.has(callId)) clock.take({ type: 'caller.returned', callId })
      })
    })
    after.state.agents.forEach(({ id: agentId }) => {
      turn += 1
      clock.plan(clock.now + RECONNECT_MS + ((turn * 53) % 3_000), () => {
        if (clock.state.agents.has(agentId)) clock.take({ type: 'agent.returned', agentId })
      })
    })
  }
}

function isInLine(call: Call | undefined): call is Exclude<Call, ConnectedCall> {
  if (call === undefined || call.status === 'connected' || call.lostAt !== null) return false
  return call.status === 'offered' || call.presence.kind === 'here'
}

function isBusy(agent: Agent): boolean {
  return agent.work.kind === 'offered' || agent.work.kind === 'in-call'
}
