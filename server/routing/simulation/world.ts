/**
 * A city that lives by chance from a seed: people press, leave, keep a ticket and come back elsewhere, lose their
 * connection, agents answer late or not at all, centres lend, lines close and policies change, the server starts again
 * from its snapshot. The engine is the real one; the history of what was told to whom is checked beside the state,
 * because states alone hide wrong answers.
 */
import type { RoutingEvent, RoutingEventBody } from '../event.ts'
import { assertLists, assertSound } from '../invariants.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import type { State } from '../state.ts'
import { emptyState } from '../state.ts'
import type { Step } from '../step.ts'
import { nextDeadline, step } from '../step.ts'
import { CITY_LIMIT_MS, simulatedHours, simulatedPolicy } from './city.ts'
import { History } from './history.ts'
import { People } from './people.ts'
import { plainOf } from './plain.ts'
import type { Random } from './random.ts'
import { seededRandom } from './random.ts'
import { checkStanding } from './state-checks.ts'
import { SteppingIn } from './supervisor.ts'

export type Run = {
  readonly state: State
  readonly events: readonly RoutingEvent[]
  readonly arrivedCount: number
  readonly offersCount: number
  readonly maxWaitMs: number
}

const EVENTS_SHOWN = 20

/** How far ahead an edge is gone to. Longer empties the lines on the way. */
const EDGE_MS_MAX = 30_000

/** A supervisor steps in where so many events have come. Fewer leave the rules of order less room. */
const STEPS_IN_EVERY = 11

/** The longest time the server is away: longer than an offer stands. */
const DOWN_MS_MAX = 40_000

/** Runs `steps` chance events from `seed`, checking after each. Throws with seed and step at the first broken rule. */
export function simulate(seed: number, steps: number): Run {
  const world = new World(seededRandom(seed))
  for (let i = 0; i <= steps; i += 1) {
    try {
      if (i === 0) world.open()
      else if (i === steps) world.settle()
      else world.act()
    } catch (error) {
      const recent = world.events.slice(-EVENTS_SHOWN).map((event) => JSON.stringify(event))
      throw new Error(`seed ${seed}, step ${i}: ${String(error)}\n${recent.join('\n')}`, { cause: error })
    }
  }
  const { arrivedCount, offersCount, maxWaitMs } = world.history
  return { state: world.state, events: world.events, arrivedCount, offersCount, maxWaitMs }
}

class World {
  state: State = emptyState()
  readonly events: RoutingEvent[] = []
  readonly history = new History()
  readonly #random: Random
  readonly #people: People
  readonly #steppingIn = new SteppingIn()
  /** Three in ten cities have no faults: there the rules of order show best. */
  readonly #hasFaults: boolean
  #at = 1_000_000

  constructor(random: Random) {
    this.#random = random
    this.#hasFaults = random.next() < 0.7
    this.#people = new People(random, this.#hasFaults)
  }

  /** Everything starts with a policy, hours, and people at work. */
  open(): void {
    this.take({ type: 'policy.loaded', policy: simulatedPolicy(this.#random, 0), isForWaiting: true })
    this.take({ type: 'hours.loaded', hours: simulatedHours(this.#random, this.#at) })
    for (const event of this.#people.signIns()) this.take(event)
  }

  /** One thing happens to somebody, after some time in which deadlines may pass. */
  act(): void {
    this.pass(this.#people.isInTheMidst ? 0 : this.#idleMs())
    // Between two who come together nothing else happens.
    if (!this.#people.isInTheMidst && this.events.length % STEPS_IN_EVERY === 0) {
      this.take(this.#steppingIn.next(this.state))
      this.pass(0)
    }
    const event = this.#people.next(this.state)
    if (event !== undefined) {
      const after = this.take(event)
      if (this.#random.next() < 0.03) this.repeat(event, after)
    }
    if (this.#random.next() < 0.004) this.changeCity()
    if (this.#hasFaults && this.#random.next() < 0.01) this.restart()
  }

  /** Mostly seconds; now and then to the very edge of something, where mistakes by one show. */
  #idleMs(): number {
    const idleMs = Math.floor(this.#random.next() ** 3 * 12_000)
    if (this.#random.next() > 0.1) return idleMs
    const edges = Object.values(this.state.hours.calendars).flatMap((openings) =>
      openings.flatMap(({ from, until }) => [from, until]),
    )
    const deadline = nextDeadline(this.state)
    if (deadline !== undefined) edges.push(deadline - 1, deadline)
    const near = edges.filter((edge) => edge > this.#at && edge < this.#at + EDGE_MS_MAX)
    return near.length === 0 ? idleMs : Math.min(...near) - this.#at
  }

  /** [I8] Told twice, because an answer was lost on the way: it is as if it was told once. */
  repeat(event: RoutingEventBody, { state, refusal, records }: Step): void {
    const due = nextDeadline(state)
    const isAtTheDoor = event.type === 'call.arrived' && records.length > 1
    if (refusal !== undefined || isAtTheDoor || (due !== undefined && due <= this.#at)) return
    const again = this.take(event)
    // Lending is looked at again with every event, before its offers: what these left is seen by the next.
    const told = (one: State) => plainOf({ ...one, openLending: [] })
    if (told(again.state) !== told(state)) throw new Error(`${event.type} told twice is not as told once`)
  }

  changeCity(): void {
    if (this.#random.next() < 0.5) this.take({ type: 'hours.loaded', hours: simulatedHours(this.#random, this.#at) })
    else {
      const policy = simulatedPolicy(this.#random, this.events.length)
      this.take({ type: 'policy.loaded', policy, isForWaiting: this.#random.next() < 0.7 })
    }
  }

  /** Faults stop: everybody comes back or is let go, and every call must come to an end. */
  settle(): void {
    for (const call of [...this.state.calls.values()]) {
      if (this.#random.next() < 0.5 && this.state.calls.has(call.id)) {
        this.take({ type: 'caller.hung-up', callId: call.id })
      }
    }
    for (const agent of [...this.state.agents.values()]) {
      this.take({ type: 'agent.lost', agentId: agent.id })
      // The line may have closed while somebody was asked.
      this.pass(0)
    }
    for (const call of [...this.state.calls.values()]) {
      // A ticket that is away has nobody to lose; it is kept until it is called or given back.
      const { kind } = call.presence
      this.take({ type: kind === 'away' ? 'caller.hung-up' : 'caller.lost', callId: call.id })
    }
    this.pass(CITY_LIMIT_MS)
    if (this.state.calls.size > 0) throw new Error('calls are left after everybody left')
    this.history.assertAllEnded()
  }

  /** Lets time go by, ticking each deadline when it is due. */
  pass(ms: number): void {
    const until = this.#at + ms
    for (let due = nextDeadline(this.state); due !== undefined && due <= until; due = nextDeadline(this.state)) {
      this.#at = Math.max(this.#at, due)
      this.take({ type: 'clock.ticked' })
    }
    this.#at = until
    checkStanding(this.state, until)
  }

  take(body: RoutingEventBody): Step {
    const event = { ...body, at: this.#at } as RoutingEvent
    const before = this.state
    const after = step(before, event, { isExplained: this.#random.next() < 0.1 })
    this.events.push(event)
    this.history.check(before, event, after)
    this.state = after.state
    assertSound(this.state)
    assertLists(this.state)
    return after
  }

  /** The process dies and comes back from what was kept: nothing that was known may be lost. */
  restart(): void {
    const kept: unknown = JSON.parse(JSON.stringify(toSnapshot(this.state)))
    const again = fromSnapshot(kept as ReturnType<typeof toSnapshot>)
    if (plainOf(again) !== plainOf(this.state)) throw new Error('something was forgotten over the restart')
    this.state = again
    // What fell due meanwhile was not ticked.
    this.#at += Math.floor(this.#random.next() * DOWN_MS_MAX)
    this.take({ type: 'server.restarted' })
    this.pass(0)
  }
}
