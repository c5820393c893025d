import t from 'tap'
import { erlangA, erlangC } from '../queueing/erlang.ts'
import { seededRandom } from '../simulation/random.ts'
import { Desk, never, policyOf, queueOf } from './desk.ts'

/**
 * A queue as the formulas think of it (M/M/N, M/M/N+M), once through the real engine and once in the plainest way there
 * is, with the same chance. The two must agree call by call; the plain one can then be run for so long that chance is
 * gone, and must agree with the formula. The engine's own figures agree as far as 60,000 calls can: waits of neighbours
 * are alike, and without patience a busy spell lasts for dozens of calls.
 */
const ENGINE_CALLS = 60_000
const PLAIN_CALLS = 3_000_000
/** Calls before the line is what it will be. */
const WARM_UP_CALLS = 2_000

const LOAD = { arrivalsPerHour: 200, handlingMs: 64_000, agentsCount: 5, withinMs: 20_000 }

type Coming = { readonly arrivedAt: number; readonly handlingMs: number; readonly patienceMs: number }
type Wait = { readonly ms: number; readonly isAbandoned: boolean }

/** Poisson arrivals from `startAt` on, exponential handling and patience. */
function* comingOf(seed: number, startAt: number, patienceMs: number): Generator<Coming, never> {
  const random = seededRandom(seed)
  const exponential = (meanMs: number) => -Math.log(1 - random.next()) * meanMs
  let arrivedAt = startAt
  for (;;) {
    arrivedAt += exponential(3_600_000 / LOAD.arrivalsPerHour)
    const patience = exponential(1)
    yield {
      arrivedAt,
      handlingMs: exponential(LOAD.handlingMs),
      patienceMs: patienceMs === Infinity ? Infinity : patience * patienceMs,
    }
  }
}

/** First come, first served: each begins when the first agent is free, unless their patience ends before. */
function* plainWaits(coming: Iterable<Coming>): Generator<Wait> {
  const freeAt = new Float64Array(LOAD.agentsCount)
  for (const { arrivedAt, handlingMs, patienceMs } of coming) {
    let first = 0
    for (let i = 1; i < freeAt.length; i += 1) if ((freeAt[i] as number) < (freeAt[first] as number)) first = i
    const beginsAt = Math.max(arrivedAt, freeAt[first] as number)
    const isAbandoned = beginsAt > arrivedAt + patienceMs
    if (!isAbandoned) freeAt[first] = beginsAt + handlingMs
    yield { ms: (isAbandoned ? arrivedAt + patienceMs : beginsAt) - arrivedAt, isAbandoned }
  }
}

type Due = { readonly at: number; readonly act: () => void }

/** What comes next: few at a time, so that an array in order will do. */
class Agenda {
  readonly #due: Due[] = []
  push(at: number, act: () => void): void {
    let i = this.#due.length
    while (i > 0 && (this.#due[i - 1] as Due).at <= at) i -= 1
    this.#due.splice(i, 0, { at, act })
  }
  next(): Due | undefined {
    return this.#due.pop()
  }
}

/** The same through the engine: agents take every call at once. The waits are in the order of arrival. */
function engineWaits(desk: Desk, coming: Iterator<Coming, never>): Wait[] {
  const calls: Coming[] = []
  const waits: Wait[] = []
  const agenda = new Agenda()
  const begin = () => {
    for (const fact of desk.last?.facts ?? []) {
      if (fact.type !== 'offer.made') continue
      const { agentId, callId, offerId } = fact
      const { arrivedAt, handlingMs } = calls[Number(callId)] as Coming
      waits[Number(callId)] = { ms: desk.at - arrivedAt, isAbandoned: false }
      desk.take({ type: 'offer.accepted', agentId, offerId })
      agenda.push(desk.at + handlingMs, () => {
        desk.take({ type: 'agent.hung-up', agentId, callId })
        desk.take({ type: 'agent.finished-wrap-up', agentId })
        begin()
      })
    }
  }
  const giveUp = (callId: string, { arrivedAt }: Coming) => {
    if (waits[Number(callId)] !== undefined) return
    desk.take({ type: 'caller.hung-up', callId })
    waits[Number(callId)] = { ms: desk.at - arrivedAt, isAbandoned: true }
  }
  const expectNext = () => {
    if (calls.length === ENGINE_CALLS) return
    const call = coming.next().value
    const callId = String(calls.length)
    calls.push(call)
    agenda.push(call.arrivedAt, () => {
      desk.call(callId)
      begin()
      const { arrivedAt, patienceMs } = call
      if (waits[Number(callId)] === undefined && patienceMs < Infinity) {
        agenda.push(arrivedAt + patienceMs, () => giveUp(callId, call))
      }
      expectNext()
    })
  }
  expectNext()
  for (let due = agenda.next(); due !== undefined; due = agenda.next()) {
    desk.at = due.at
    due.act()
  }
  return waits
}

function figuresOf(waits: Iterable<Wait>, count: number) {
  const sums = { seen: 0, counted: 0, waited: 0, waitedMs: 0, abandoned: 0, inTime: 0, abandonedInTime: 0 }
  for (const { ms, isAbandoned } of waits) {
    sums.seen += 1
    if (sums.seen > count) break
    if (sums.seen <= WARM_UP_CALLS) continue
    sums.counted += 1
    sums.waitedMs += ms
    if (ms > 0) sums.waited += 1
    if (isAbandoned) sums.abandoned += 1
    if (ms <= LOAD.withinMs && isAbandoned) sums.abandonedInTime += 1
    if (ms <= LOAD.withinMs && !isAbandoned) sums.inTime += 1
  }
  const share = (of: number) => of / sums.counted
  return {
    waitingShare: share(sums.waited),
    meanWaitMs: share(sums.waitedMs),
    abandonedShare: share(sums.abandoned),
    neg: share(sums.inTime),
    pos: share(sums.inTime + sums.abandonedInTime),
  }
}

type Figures = ReturnType<typeof figuresOf>

for (const { name, patienceMs, expected, tolerance } of [
  {
    name: '[R4] [R21] one queue through the engine is Erlang C, at 71 % occupancy',
    patienceMs: Infinity,
    expected: erlangC(LOAD),
    tolerance: { engine: { share: 0.03, meanWait: 0.15 }, plain: { share: 0.005, meanWait: 0.025 } },
  },
  {
    name: '[R4] [R12] [R21] and with patience it is Erlang A',
    patienceMs: 90_000,
    expected: erlangA({ ...LOAD, patienceMs: 90_000 }),
    tolerance: { engine: { share: 0.012, meanWait: 0.05 }, plain: { share: 0.002, meanWait: 0.01 } },
  },
]) {
  t.test(name, async (t) => {
    const desk = new Desk(policyOf({ queues: [queueOf('citizen.da', [never('da')], { callersMax: 1e9 })] }))
    for (let i = 0; i < LOAD.agentsCount; i += 1) desk.agent(`agent-${i}`, { da: 1 })
    const startAt = desk.at
    const engine = engineWaits(desk, comingOf(1, startAt, patienceMs))
    t.match([engine.length, desk.state.calls.size], [ENGINE_CALLS, 0])
    let differing = 0
    let index = 0
    for (const { ms, isAbandoned } of plainWaits(comingOf(1, startAt, patienceMs))) {
      const own = engine[index]
      if (own === undefined) break
      if (own.ms !== ms || own.isAbandoned !== isAbandoned) differing += 1
      index += 1
    }
    t.equal(differing, 0, 'call by call as in the plain queue')
    const levels = 'serviceLevels' in expected ? expected.serviceLevels : undefined
    const wanted: Figures = {
      waitingShare: expected.waitingShare,
      meanWaitMs: expected.meanWaitMs,
      abandonedShare: 'abandonedShare' in expected ? expected.abandonedShare : 0,
      neg: 'serviceLevelShare' in expected ? expected.serviceLevelShare : (levels?.neg ?? 0),
      pos: 'serviceLevelShare' in expected ? expected.serviceLevelShare : (levels?.pos ?? 0),
    }
    const isNear = (who: 'engine' | 'plain', seen: Figures) => {
      for (const [key, value] of Object.entries(seen) as [keyof Figures, number][]) {
        const off = key === 'meanWaitMs' ? Math.abs(value / wanted[key] - 1) : Math.abs(value - wanted[key])
        const allowed = key === 'meanWaitMs' ? tolerance[who].meanWait : tolerance[who].share
        t.ok(off <= allowed, `${who}, ${key}: ${value.toFixed(4)}, by the formula ${wanted[key].toFixed(4)}`)
      }
    }
    isNear('engine', figuresOf(engine, ENGINE_CALLS))
    isNear('plain', figuresOf(plainWaits(comingOf(2, 0, patienceMs)), PLAIN_CALLS))
  })
}
