/**
 * `npm run bench -- routing`: how many events the pure engine takes in a second, with how many waiting and how many
 * agents, and what one step costs. No I/O: each event is a call that arrives, an offer that is accepted, sound and
 * picture that begin, a hang-up, a wrap-up that ends (and with it the next offer), or a caller who gives up.
 * Each size has a process of its own, and those that are compared take turns: what disturbs a machine for some seconds
 * then meets all of them, and of each the fold that cost the least is told.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Report } from '../run.ts'
import type { Summary } from '../summary.ts'
import type { RoutingSize } from './routing-city.ts'
import type { Fold, SizeAnswer, SizeOptions, SizeQuestion } from './routing-size.ts'

export type RoutingFigures = RoutingSize & {
  readonly isExplained: boolean
  readonly eventsCount: number
  readonly eventsPerSecond: number
  /** CPU time of the process for one event, the collector's threads included: steadier than the clock on a busy machine. */
  readonly cpuUsPerEvent: number
  readonly stepUs: Summary
  readonly bytesPerWaitingCall: number
}

/** The other end of `routing-size.ts`. */
class SizeProcess {
  readonly #options: SizeOptions
  readonly #child: ChildProcess
  readonly #folds: Fold[] = []

  constructor(options: SizeOptions) {
    this.#options = options
    this.#child = fork(fileURLToPath(new URL('routing-size.ts', import.meta.url)), [JSON.stringify(options)])
  }

  /** Until the city is made and recorded. */
  async getReady(): Promise<void> {
    await this.#answer('ready')
  }

  async fold(): Promise<void> {
    this.#folds.push(await this.#ask({ ask: 'fold', msMin: FOLD_MS }))
  }

  async figures(): Promise<RoutingFigures> {
    const { stepUs, bytesPerWaitingCall } = await this.#ask({ ask: 'rest' })
    const { size, isExplained } = this.#options
    const { eventsCount, ms, cpuUs } = this.#folds.reduce((best, each) => (each.cpuUs < best.cpuUs ? each : best))
    return told({
      ...size,
      isExplained,
      eventsCount,
      eventsPerSecond: Math.round((eventsCount / ms) * 1_000),
      cpuUsPerEvent: rounded(cpuUs),
      stepUs,
      bytesPerWaitingCall,
    })
  }

  stop(): void {
    this.#child.kill()
  }

  #ask<Ask extends SizeQuestion['ask']>(question: SizeQuestion & { readonly ask: Ask }): Promise<SizeAnswer<Ask>> {
    this.#child.send(question)
    return this.#answer(question.ask)
  }

  /** What is said next, which must be the answer to `ask`. A size that ends or says nothing for too long fails the bench. */
  async #answer<Ask extends SizeAnswer['answer']>(ask: Ask): Promise<SizeAnswer<Ask>> {
    const ended = new AbortController()
    const onExit = () => ended.abort(new Error(`the process of a size ended before it answered ${ask}`))
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(ANSWER_MS_MAX)])
    this.#child.once('exit', onExit)
    try {
      const [said] = (await once(this.#child, 'message', { signal })) as [SizeAnswer]
      if (said.answer !== ask) throw new Error(`asked for ${ask}, a size said ${said.answer}`)
      return said as SizeAnswer<Ask>
    } catch (error) {
      // Why, rather than that it was aborted.
      throw signal.aborted ? signal.reason : error
    } finally {
      this.#child.off('exit', onExit)
    }
  }
}

/** What several sizes of city come to, measured in turns. */
async function measure(sizes: readonly SizeOptions[]): Promise<RoutingFigures[]> {
  const processes: SizeProcess[] = []
  const figures: RoutingFigures[] = []
  try {
    for (const options of sizes) {
      const started = new SizeProcess(options)
      processes.push(started)
      // One after the other: two at once would disturb each other.
      await started.getReady()
    }
    for (let round = 0; round < ROUNDS; round += 1) for (const each of processes) await each.fold()
    for (const each of processes) figures.push(await each.figures())
  } finally {
    for (const each of processes) each.stop()
  }
  return figures
}

const rounded = (value: number) => Math.round(value * 100) / 100

const HEADLINE: RoutingSize = { waitingCount: 1_000, agentsCount: 500 }
const EVENTS_PER_SECOND_MIN = 200_000
/** What a step may cost with ten times as many waiting, against what it costs without. */
const COST_OF_TEN_TIMES_MAX = 1.5
const WAITING = [100, 1_000, 10_000, 100_000] as const
const AGENTS = [50, 500, 5_000] as const
const HEADLINE_RUNS = 3
/** Folds of each size, and how long each lasts at least. */
const ROUNDS = 8
const FOLD_MS = 500
/** The longest that anything asked of a size may take: making 100,000 calls takes some seconds. */
const ANSWER_MS_MAX = 120_000

/** The bench: the headline size three times, of which the middle one is quoted, and then every other size. */
export async function routing(): Promise<Report> {
  const runs: RoutingFigures[] = []
  for (let run = 0; run < HEADLINE_RUNS; run += 1)
    runs.push(...(await measure([{ size: HEADLINE, isExplained: false }])))
  runs.sort((a, b) => a.eventsPerSecond - b.eventsPerSecond)
  const headline = runs[Math.floor(HEADLINE_RUNS / 2)] as RoutingFigures
  const [explained] = await measure([{ size: HEADLINE, isExplained: true }])
  const sizes: RoutingFigures[] = []
  for (const agentsCount of AGENTS) {
    sizes.push(
      ...(await measure(WAITING.map((waitingCount) => ({ size: { waitingCount, agentsCount }, isExplained: false })))),
    )
  }
  const growth = sizes.flatMap((figures) => {
    const { agentsCount, waitingCount } = figures
    const smaller = sizes.find((each) => each.agentsCount === agentsCount && each.waitingCount * 10 === waitingCount)
    if (smaller === undefined) return []
    const costOfTenTimes = rounded(figures.cpuUsPerEvent / smaller.cpuUsPerEvent)
    return [{ agentsCount, fromWaitingCount: smaller.waitingCount, toWaitingCount: waitingCount, costOfTenTimes }]
  })
  const isPassed =
    headline.eventsPerSecond >= EVENTS_PER_SECOND_MIN &&
    growth.every(({ costOfTenTimes }) => costOfTenTimes <= COST_OF_TEN_TIMES_MAX)
  const { eventsPerSecond } = headline
  const runsEventsPerSecond = runs.map((run) => run.eventsPerSecond)
  return { isPassed, figures: { eventsPerSecond, runsEventsPerSecond, headline, explained, growth, sizes } }
}

function told(figures: RoutingFigures): RoutingFigures {
  const { waitingCount, agentsCount, eventsPerSecond, stepUs, cpuUsPerEvent } = figures
  process.stderr.write(
    `${waitingCount} waiting, ${agentsCount} agents${figures.isExplained ? ', explained' : ''}: ` +
      `${eventsPerSecond} events/s, step p50 ${stepUs.p50} µs, p99 ${stepUs.p99} µs, ${cpuUsPerEvent} µs of CPU an event\n`,
  )
  return figures
}
