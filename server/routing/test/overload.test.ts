import t from 'tap'
import type { CallClass } from '../policy.ts'
import { waitBoundMs } from '../queueing/wait-bound.ts'
import { seededRandom, type Random } from '../simulation/random.ts'
import { classOf, Desk, never, policyOf, queueOf } from './desk.ts'

const OCCUPIED_MS_MAX = 60_000

type Overload = {
  readonly classes: readonly CallClass[]
  readonly callersMax: number
  readonly agentsCount: number
}

/** What the worst crowd does: which class stands in line already, who comes whenever there is room, how long calls take. */
type Crowd = {
  readonly elder: () => CallClass
  readonly refill: () => CallClass
  readonly occupiedMs: () => number
}

/** A line that is always full, agents who are never idle, and the real engine between them. */
class Flood {
  readonly longestMs = new Map<string, number>()
  readonly #desk: Desk
  readonly #overload: Overload
  readonly #crowd: Crowd
  readonly #freeAt = new Map<string, number>()
  readonly #arrivals = new Map<string, { readonly at: number; readonly classId: string }>()
  #callCount = 0

  constructor(overload: Overload, crowd: Crowd) {
    this.#overload = overload
    this.#crowd = crowd
    const { classes, callersMax, agentsCount } = overload
    const queues = [queueOf('citizen.da', [never('da')], { callersMax, classId: classes[0]?.id ?? '' })]
    this.#desk = new Desk(policyOf({ classes: Object.fromEntries(classes.map((one) => [one.id, one])), queues }))
    for (let i = 0; i < agentsCount; i += 1) {
      this.#desk.agent(`agent-${i}`, { da: 1 })
      this.#arrive(crowd.elder())
    }
  }

  get waitingCount(): number {
    return this.#desk.state.queues.get('citizen.da')?.callersCount ?? 0
  }

  /** Until one of `own` is begun that comes when the line has one place left; the line is never less than full after it. */
  run(own: CallClass): void {
    while (this.waitingCount < this.#overload.callersMax - 1) this.#arrive(this.#crowd.elder())
    const callId = this.#arrive(own)
    while (this.#desk.statusOf(callId) === 'waiting') this.#turn()
  }

  #arrive({ id: classId }: CallClass): string {
    this.#callCount += 1
    const callId = `call-${this.#callCount}`
    this.#arrivals.set(callId, { at: this.#desk.at, classId })
    this.#desk.call(callId, { classId })
    this.#begin()
    return callId
  }

  /** Whoever is offered a call takes it at once. */
  #begin(): void {
    for (const { id, work } of this.#desk.state.agents.values()) {
      if (work.kind !== 'offered') continue
      this.#desk.accept(id)
      this.#freeAt.set(id, this.#desk.at + this.#crowd.occupiedMs())
      const { at, classId } = this.#arrivals.get(work.callId) ?? { at: 0, classId: '' }
      this.longestMs.set(classId, Math.max(this.longestMs.get(classId) ?? 0, this.#desk.at - at))
    }
  }

  /** The next agent is through; the place that becomes free is taken. */
  #turn(): void {
    const [agentId, at] = [...this.#freeAt].reduce((first, next) => (next[1] < first[1] ? next : first))
    this.#desk.at = at
    this.#desk.free(agentId)
    this.#begin()
    while (this.waitingCount < this.#overload.callersMax) this.#arrive(this.#crowd.refill())
  }
}

const OVERLOADS: readonly Overload[] = [
  { classes: [classOf('only', 0, 1)], callersMax: 9, agentsCount: 2 },
  { classes: [classOf('ordinary', 0, 1), classOf('steep', 0, 2)], callersMax: 10, agentsCount: 2 },
  { classes: [classOf('ordinary', 0, 1), classOf('ahead', 300_000, 1)], callersMax: 6, agentsCount: 3 },
  { classes: [classOf('ordinary', 0, 1), classOf('flat', 400_000, 0.2)], callersMax: 12, agentsCount: 3 },
  {
    classes: [classOf('ordinary', 0, 1), classOf('patient', 60_000, 0.5), classOf('more-time', 30_000, 2)],
    callersMax: 8,
    agentsCount: 2,
  },
  {
    classes: [
      classOf('low', 0, 0.3),
      classOf('middle', 120_000, 1),
      classOf('high', 600_000, 3),
      classOf('flat', 900_000, 0.1),
    ],
    callersMax: 5,
    agentsCount: 2,
  },
]

function boundMs({ classes, callersMax, agentsCount }: Overload, own: CallClass): number {
  const others = classes.filter(({ id }) => id !== own.id)
  return waitBoundMs({ own, others, callersMax, agentsCount, occupiedMsMax: OCCUPIED_MS_MAX })
}

/** The longest wait of each class as a share of its bound, under one crowd. */
function sharesOf(overload: Overload, own: CallClass, crowd: Crowd): Map<string, number> {
  const flood = new Flood(overload, crowd)
  flood.run(own)
  const shares = new Map<string, number>()
  for (const one of overload.classes) {
    const longestMs = flood.longestMs.get(one.id)
    if (longestMs !== undefined) shares.set(one.id, longestMs / boundMs(overload, one))
  }
  return shares
}

/** One class without end, behind elders of one class; calls take as long as they may, or some less. */
function crowdsOf({ classes }: Overload): Crowd[] {
  return classes.flatMap((elder) =>
    classes.map((refill) => ({ elder: () => elder, refill: () => refill, occupiedMs: () => OCCUPIED_MS_MAX })),
  )
}

function mixedCrowd({ classes }: Overload, random: Random): Crowd {
  const someone = () => random.pick(classes) ?? classOf('none', 0, 1)
  const favourite = someone()
  return {
    elder: someone,
    refill: () => (random.next() < 0.8 ? favourite : someone()),
    occupiedMs: () => Math.ceil(OCCUPIED_MS_MAX * (random.next() < 0.7 ? 1 : random.next())),
  }
}

t.test(
  '[R21] in the worst overload no call of any class waits beyond its bound, and the lowest come near it',
  async (t) => {
    for (const overload of OVERLOADS) {
      const closest = new Map<string, number>()
      const hear = (shares: Map<string, number>) => {
        for (const [id, share] of shares) closest.set(id, Math.max(closest.get(id) ?? 0, share))
      }
      for (const own of overload.classes) {
        for (const crowd of crowdsOf(overload)) hear(sharesOf(overload, own, crowd))
        for (let seed = 1; seed <= 20; seed += 1) {
          hear(sharesOf(overload, own, mixedCrowd(overload, seededRandom(seed))))
        }
      }
      const said = [...closest].map(([id, share]) => `${id} ${share.toFixed(2)}`).join(', ')
      t.ok(
        [...closest.values()].every((share) => share <= 1),
        `shares of the bound: ${said}`,
      )
      const lowest = overload.classes.reduce((a, b) => (boundMs(overload, b) > boundMs(overload, a) ? b : a))
      t.ok(
        (closest.get(lowest.id) ?? 0) > 0.5,
        `${lowest.id} came within a factor 2 of ${boundMs(overload, lowest)} ms`,
      )
    }
  },
)
