/**
 * What a day showed, taken from its journal while it is replayed: who came when and what they said, who was at work
 * when and with what, and how long people talked, wrote and waited. Plain data, so that it can go to other threads.
 */
import type { JournalEntry } from '#server/host/ports.ts'
import type { RoutingEventBody } from '#server/routing/event.ts'
import { toSnapshot, type Snapshot } from '#server/routing/snapshot.ts'
import type { Instant, State } from '#server/routing/state.ts'
import type { Step } from '#server/routing/step.ts'
import type { Arrival, OfferAnswer, Refinement, ThirdPerson } from '../city/people.ts'
import { CallWatch } from './call-watch.ts'
import { Outcomes, type CallOutcome } from './outcomes.ts'

export type SeenArrival = {
  readonly at: Instant
  readonly arrival: Arrival
  readonly refinements: { readonly afterMs: number; readonly said: Refinement }[]
  /** Losses of the kiosk's connection: no citizen's choice, so they come again at the same moments. */
  readonly losses: { readonly afterMs: number; forMs: number }[]
  thirdPerson: ThirdPerson | null
  isRungAtKiosk: boolean
}

/** Something that happened at its moment whatever the engine did. */
export type Timed = { readonly at: Instant; readonly body: RoutingEventBody }

/** A stretch of waiting: how it ended, `served` standing for all that says only that they bore it so long. */
export type SeenWait = {
  readonly serviceId: string
  readonly waitMs: number
  readonly end: 'left' | 'stepped-away' | 'served'
}

export type SeenTalk = {
  readonly serviceId: string
  /** From the acceptance to the end. */
  readonly talkMs: number
  /** Infinity where the deadline ended it: the agent would have taken longer. */
  readonly wrapUpMs: number
  readonly isEndedByCaller: boolean
}

/** What the people of the day did, to be drawn from. */
export type Samples = {
  readonly talks: readonly SeenTalk[]
  readonly waits: readonly SeenWait[]
  readonly answers: readonly OfferAnswer[]
  readonly flowsMs: readonly number[]
  /** Until agents acted again who were put away over an offer or a connection. */
  readonly backsMs: readonly number[]
  /** From the calling of a ticket to the citizen; Infinity for those who did not come. */
  readonly comesMs: readonly number[]
}

export type ObservedDay = {
  /** Of the moment before the first event of the day. */
  readonly startsFrom: Snapshot
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly arrivals: readonly SeenArrival[]
  /** What agents chose: sign-ins, breaks, sign-outs, and losses of their connection. */
  readonly roster: readonly Timed[]
  /** Policies, hours, pauses of queues and sites that were closed. */
  readonly cityEvents: readonly Timed[]
  readonly samples: Samples
  readonly kiosksOfSite: ReadonlyMap<string, readonly string[]>
  /** In calls and writing after them, by agent. */
  readonly workedMs: ReadonlyMap<string, number>
  readonly outcomes: readonly CallOutcome[]
}

/** Watches a day go by; hand {@link take} to the replay. */
export class DayWatch {
  readonly #startsAt: Instant
  readonly #endsAt: Instant
  readonly #outcomes = new Outcomes()
  readonly #calls = new CallWatch()
  readonly #roster: Timed[] = []
  readonly #cityEvents: Timed[] = []
  readonly #backsMs: number[] = []
  readonly #putAwayAt = new Map<string, Instant>()
  readonly #workedMs = new Map<string, number>()
  #startsFrom: Snapshot | undefined

  /** The day from `startsAt` up to, not including, `endsAt`. Events before it are let pass. */
  constructor(startsAt: Instant, endsAt: Instant) {
    this.#startsAt = startsAt
    this.#endsAt = endsAt
  }

  take(entry: JournalEntry, before: State, after: Step): void {
    const { event } = entry
    if (event.at < this.#startsAt || event.at >= this.#endsAt) return
    this.#startsFrom ??= toSnapshot(before)
    this.#outcomes.take(entry.records)
    this.#calls.take(entry, before, after)
    this.#watchAgents(entry, before)
  }

  #watchAgents({ event, facts, records }: JournalEntry, before: State): void {
    for (const fact of facts) if (fact.type === 'agent.set-away') this.#putAwayAt.set(fact.agentId, event.at)
    for (const record of records) {
      if (record.type === 'handled') this.#addWork(record.agentId, record.at - record.acceptedAt)
      const work = record.type === 'wrapped-up' ? before.agents.get(record.agentId)?.work : undefined
      if (record.type === 'wrapped-up' && work?.kind === 'wrap-up') {
        this.#addWork(record.agentId, record.at - work.since)
      }
    }
    const { at, ...rest } = event
    // What is left of an event without its moment is the event's own body.
    const body = rest as RoutingEventBody
    switch (body.type) {
      case 'policy.loaded':
      case 'hours.loaded':
      case 'queue.paused':
      case 'queue.resumed':
      case 'site.closed':
      case 'site.opened':
        this.#cityEvents.push({ at, body })
        return
      case 'agent.became-available': {
        const putAwayAt = this.#putAwayAt.get(body.agentId)
        this.#putAwayAt.delete(body.agentId)
        // Coming back from what the engine did is no plan of the day: it is drawn when it happens again.
        if (putAwayAt !== undefined) this.#backsMs.push(at - putAwayAt)
        else this.#roster.push({ at, body })
        return
      }
      case 'agent.returned':
        // After a restart everybody returns: there is no loss to it that is to be repeated.
        if (this.#isLost.delete(body.agentId)) this.#roster.push({ at, body })
        return
      case 'agent.lost':
        this.#isLost.add(body.agentId)
        this.#roster.push({ at, body })
        return
      case 'agent.skill-set':
      case 'agent.skill-restored':
        this.#roster.push({ at, body })
        return
      case 'agent.became-away':
      case 'agent.signed-in':
      case 'agent.signed-out':
        if (body.type !== 'agent.signed-in') this.#putAwayAt.delete(body.agentId)
        this.#roster.push({ at, body })
    }
  }
  readonly #isLost = new Set<string>()

  #addWork(agentId: string, ms: number): void {
    this.#workedMs.set(agentId, (this.#workedMs.get(agentId) ?? 0) + ms)
  }

  /** What was seen; undefined where the day had no event. */
  seen(): ObservedDay | undefined {
    if (this.#startsFrom === undefined) return undefined
    const { arrivals, talks, waits, answers, flowsMs, comesMs } = this.#calls.seen(this.#endsAt)
    const kiosksOfSite = new Map<string, string[]>()
    for (const { siteId, kioskId } of arrivals.map(({ arrival }) => arrival)) {
      const kiosks = kiosksOfSite.get(siteId)
      if (kiosks === undefined) kiosksOfSite.set(siteId, [kioskId])
      else if (!kiosks.includes(kioskId)) kiosks.push(kioskId)
    }
    return {
      startsFrom: this.#startsFrom,
      startsAt: this.#startsAt,
      endsAt: this.#endsAt,
      arrivals,
      roster: this.#roster,
      cityEvents: this.#cityEvents,
      samples: { talks, waits, answers, flowsMs, backsMs: this.#backsMs, comesMs },
      kiosksOfSite,
      workedMs: this.#workedMs,
      outcomes: this.#outcomes.all(),
    }
  }
}
