/** What a day showed of its calls: what citizens said and when, how long they waited and talked, what agents answered. */
import type { JournalEntry } from '#server/host/ports.ts'
import type { Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import type { Call, Instant, State } from '#server/routing/state.ts'
import type { Step } from '#server/routing/step.ts'
import type { OfferAnswer } from '../city/people.ts'
import type { SeenArrival, SeenTalk, SeenWait } from './observed.ts'

type OpenTalk = SeenTalk & { readonly endedAt: Instant }

export class CallWatch {
  readonly #arrivals = new Map<string, SeenArrival>()
  readonly #waits: SeenWait[] = []
  readonly #talks: SeenTalk[] = []
  readonly #answers: OfferAnswer[] = []
  readonly #flowsMs: number[] = []
  readonly #comesMs: number[] = []
  /** Since when those in line have been in line without a break. */
  readonly #waitsSince = new Map<string, { readonly at: Instant; readonly serviceId: string }>()
  readonly #offeredAt = new Map<string, Instant>()
  readonly #ticketCalledAt = new Map<string, Instant>()
  /** Conversations that are over, by agent, until the agent has written down what was said. */
  readonly #writing = new Map<string, OpenTalk>()

  take({ event, facts, records }: JournalEntry, before: State, after: Step): void {
    this.#watchEvent(event, before, after)
    for (const fact of facts) this.#watchFact(fact, event, before)
    for (const record of records) {
      const call = before.calls.get(record.callId)
      if (record.type === 'handled' && isWhole(event, call, record.agentId)) {
        const { agentId, acceptedAt, at } = record
        const serviceId = serviceOf(before, call)
        const isEndedByCaller = event.type === 'caller.hung-up'
        this.#writing.set(agentId, { serviceId, talkMs: at - acceptedAt, wrapUpMs: 0, isEndedByCaller, endedAt: at })
      }
      if (record.type === 'wrapped-up') {
        const talk = this.#writing.get(record.agentId)
        this.#writing.delete(record.agentId)
        if (talk === undefined) continue
        const { endedAt, ...seen } = talk
        const wrapUpMs = event.type === 'clock.ticked' ? Number.POSITIVE_INFINITY : event.at - endedAt
        this.#talks.push({ ...seen, wrapUpMs })
      }
      if (record.type === 'ended') {
        this.#ticketEnds(record.callId)
        this.#endWait(record.callId, event, record.outcome === 'abandoned' ? 'left' : 'served')
      }
    }
    this.#watchLines(event, before, after)
  }

  #watchEvent(event: RoutingEvent, before: State, after: Step): void {
    switch (event.type) {
      case 'call.arrived': {
        // Asked again after a lost answer: no second arrival.
        if (!after.records.some(({ type }) => type === 'arrived')) return
        const { at, ...arrival } = event
        const none = { refinements: [], losses: [], thirdPerson: null, isRungAtKiosk: true }
        this.#arrivals.set(event.callId, { at, arrival, ...none })
        return
      }
      case 'call.refined': {
        const seen = this.#arrivals.get(event.callId)
        const { at, type: _type, callId: _callId, ...said } = event
        seen?.refinements.push({ afterMs: at - seen.at, said })
        return
      }
      case 'caller.lost': {
        const seen = this.#arrivals.get(event.callId)
        seen?.losses.push({ afterMs: event.at - seen.at, forMs: Number.POSITIVE_INFINITY })
        return
      }
      case 'caller.returned': {
        const seen = this.#arrivals.get(event.callId)
        const loss = seen?.losses.at(-1)
        if (seen === undefined || loss === undefined || loss.forMs !== Number.POSITIVE_INFINITY) return
        loss.forMs = event.at - seen.at - loss.afterMs
        return
      }
      case 'caller.stepped-away': {
        const seen = this.#arrivals.get(event.callId)
        if (seen !== undefined) seen.isRungAtKiosk = event.isRungAtKiosk
        return
      }
      case 'join.asked': {
        const seen = this.#arrivals.get(event.callId)
        const call = before.calls.get(event.callId)
        if (seen === undefined || call?.status !== 'connected') return
        const { needs, target } = event
        const asked = { needs, ...(target === undefined ? {} : { target }) }
        seen.thirdPerson ??= { afterMs: event.at - call.acceptedAt, ...asked }
        return
      }
      case 'media.flowed': {
        const call = before.calls.get(event.callId)
        if (call?.status === 'connected' && call.answeredAt === null) this.#flowsMs.push(event.at - call.acceptedAt)
        return
      }
      case 'offer.accepted': {
        const madeAt = this.#offeredAt.get(event.offerId)
        if (madeAt !== undefined) this.#answers.push({ kind: 'accepted', afterMs: event.at - madeAt })
        this.#offeredAt.delete(event.offerId)
        return
      }
      case 'ticket.taken-up':
        return this.#watchTakeUp(event.ticket, event.at, before)
    }
  }

  #watchFact(fact: Fact, event: RoutingEvent, before: State): void {
    switch (fact.type) {
      case 'offer.made':
        this.#offeredAt.set(fact.offerId, event.at)
        return
      case 'offer.declined': {
        const { reason, offerId } = fact
        const madeAt = this.#offeredAt.get(offerId) ?? event.at
        this.#answers.push({ kind: 'declined', afterMs: event.at - madeAt, reason })
        this.#offeredAt.delete(offerId)
        return
      }
      case 'offer.expired':
        this.#answers.push({ kind: 'silence' })
        this.#offeredAt.delete(fact.offerId)
        return
      case 'offer.withdrawn':
        this.#offeredAt.delete(fact.offerId)
        return
      case 'ticket.called':
        this.#ticketCalledAt.set(fact.callId, event.at)
        return
      case 'call.requeued':
        // The conversation broke off: it says nothing of how long it would have been.
        this.#writing.delete(fact.agentId)
        this.#waitsSince.set(fact.callId, { at: event.at, serviceId: serviceOf(before, before.calls.get(fact.callId)) })
    }
  }

  #watchTakeUp(ticket: string, at: Instant, before: State): void {
    const callId = before.callIdOfTicket.get(ticket)
    const call = callId === undefined ? undefined : before.calls.get(callId)
    if (call === undefined || (call.status === 'waiting' && call.presence.kind === 'here')) return
    const calledAt = this.#ticketCalledAt.get(call.id)
    if (calledAt !== undefined) this.#comesMs.push(at - calledAt)
    this.#ticketCalledAt.delete(call.id)
  }

  #ticketEnds(callId: string): void {
    if (this.#ticketCalledAt.delete(callId)) this.#comesMs.push(Number.POSITIVE_INFINITY)
  }

  /** Waits begin when a call comes to be in line here, and end when it is not any more. */
  #watchLines(event: RoutingEvent, before: State, after: Step): void {
    for (const callId of after.touched.calls) {
      const call = after.state.calls.get(callId)
      const isInLine = call !== undefined && isHere(call)
      if (isInLine) {
        const known = this.#waitsSince.get(callId)
        const serviceId = serviceOf(after.state, call)
        // The same wait goes on in another queue.
        if (known?.serviceId !== serviceId) this.#waitsSince.set(callId, { at: known?.at ?? event.at, serviceId })
      } else
        this.#endWait(callId, event, isAway(call) && event.type === 'caller.stepped-away' ? 'stepped-away' : 'served')
      if (call === undefined && before.calls.get(callId) === undefined) this.#waitsSince.delete(callId)
    }
  }

  #endWait(callId: string, event: RoutingEvent, end: SeenWait['end']): void {
    const since = this.#waitsSince.get(callId)
    if (since === undefined) return
    this.#waitsSince.delete(callId)
    this.#waits.push({ serviceId: since.serviceId, waitMs: event.at - since.at, end })
  }

  /** All that was seen; who waits at `endsAt` bore it so long. */
  seen(endsAt: Instant) {
    for (const { at, serviceId } of this.#waitsSince.values()) {
      this.#waits.push({ serviceId, waitMs: endsAt - at, end: 'served' })
    }
    this.#waitsSince.clear()
    const arrivals = [...this.#arrivals.values()]
    const talks = this.#talks
    return {
      arrivals,
      talks,
      waits: this.#waits,
      answers: this.#answers,
      flowsMs: this.#flowsMs,
      comesMs: this.#comesMs,
    }
  }
}

function isHere(call: Call): boolean {
  return call.status === 'offered' || (call.status === 'waiting' && call.presence.kind === 'here')
}

function isAway(call: Call | undefined): boolean {
  // Called at once where the ticket is near already.
  return call?.status === 'waiting' && call.presence.kind !== 'here'
}

/** Whether somebody's conversation came to its own end: not lost on the way, and not only joined. */
function isWhole(event: RoutingEvent, call: Call | undefined, agentId: string): boolean {
  const isOwn = call?.status === 'connected' && call.agentId === agentId
  return isOwn && (event.type === 'caller.hung-up' || event.type === 'agent.hung-up')
}

function serviceOf({ policy }: State, call: Call | undefined): string {
  const queueId = call?.queueId ?? ''
  return policy.queues[queueId]?.serviceId ?? queueId
}
