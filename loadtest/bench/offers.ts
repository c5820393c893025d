/**
 * `npm run bench -- offers`: how soon an offer is on an agent's screen, on a real server with a real Postgres.
 *
 *   lines    all agents busy, a line that is kept long: from an agent's being ready to the offer
 *   idle     agents wait for calls: from the press, and from its acknowledgement, to the offer
 *   rates    as idle, with more and more calls a second, until an offer takes too long
 *
 * `--agents`, `--waiting` and `--rate` (calls a second) make it smaller, `--seconds` (of each measurement) shorter,
 * `--rates 20,40` chooses the steps, and `--profile FOLDER` writes a processor profile of the server there.
 */
import { availableParallelism, setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import type { Report } from '../run.ts'
import { summaryOf, type Summary } from '../summary.ts'
import { BenchCrowd, sleep, type Measured } from './bench-crowd.ts'
import { startBenchSystem, type BenchSystem, type ProcessorSeconds } from './bench-system.ts'
import { journalBetween, type JournalFigures } from './journal-figures.ts'

/** The marks: an agent who is ready, a call while agents are idle, and the end of patience of the rates, in ms. */
const READY_MS = { p50: 10, p99: 50 } as const
const IDLE_P99_MS = 20
const RATES_P99_MS = 200

/** Below the server and Postgres: what is measured must not wait for who measures. */
const NICE = 10
const RATES = '20,40,80,120,160,240,320,480,640,800,1000'
/** Longest time for all steps together, for the whole bench to stay within three minutes. */
const RATES_MS_MAX = 75_000
const STEP_SECONDS_MAX = 5
/** After a step, for what is under way; who waits longer has missed every mark. */
const STRAGGLERS_MS = 1_000
const IDLE_HANDLING_MS = 3_000
/** Of the agents, at the higher rates: the others are idle, or wait for an answer of the server. */
const BUSY_SHARE = 0.4

/** Of the machine's processors: when others take more, the marks say little. */
const OTHERS_SHARE_MAX = 0.05

type Sizes = {
  readonly agents: number
  readonly waiting: number
  readonly rate: number
  readonly seconds: number
  readonly rates: readonly number[]
}

type Stage = {
  readonly seconds: number
  readonly counts: { calls: number; offers: number; hangUps: number; kiosksMissing: number }
  readonly errors: Readonly<Record<string, number>>
  readonly journal: JournalFigures
  readonly processorSeconds: ProcessorSeconds
  readonly arrivalLagMs: Summary | undefined
}

export async function offers(args: readonly string[]): Promise<Report> {
  const { sizes, profileDir } = readArgs(args)
  const { agents, waiting } = sizes
  say(`starting Postgres, the SFU and the server for ${agents} agents …`)
  const kioskCount = waiting + agents + Math.max(10, Math.ceil(agents / 6))
  const crowdSize = { agentCount: agents, kioskCount }
  const system = await startBenchSystem({ crowd: crowdSize, callersMax: 2 * kioskCount, profileDir })
  const crowd = new BenchCrowd(system.access, 1)
  try {
    setPriority(0, NICE)
    say(`connecting ${agents} agents and ${kioskCount} kiosks …`)
    await crowd.open()
    const lines = await measureLines(system, crowd, sizes)
    const idle = await measureIdle(system, crowd, sizes)
    const rates = await measureRates(system, crowd, sizes)
    const marks = {
      readyToOfferP50: lines.readyToOfferMs.p50 <= READY_MS.p50,
      readyToOfferP99: lines.readyToOfferMs.p99 <= READY_MS.p99,
      acknowledgementToOfferP99: idle.acknowledgementToOfferMs.p99 <= IDLE_P99_MS,
      noErrors: [lines, idle].every(({ errors }) => Object.keys(errors).length === 0),
    }
    const othersSeconds = lines.processorSeconds.others + idle.processorSeconds.others
    const isShared = othersSeconds > OTHERS_SHARE_MAX * availableParallelism() * (lines.seconds + idle.seconds)
    if (isShared) say(`others took ${round(othersSeconds)} processor seconds: the marks are for a machine left alone`)
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: {
        agents,
        waiting,
        kiosks: kioskCount,
        processors: availableParallelism(),
        isMachineShared: isShared,
        marks,
        lines,
        idle,
        rates,
      },
    }
  } finally {
    crowd.close()
    await system.stop()
  }
}

function readArgs(args: readonly string[]): { sizes: Sizes; profileDir: string | undefined } {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { agents: text, waiting: text, rate: text, seconds: text, rates: text, profile: text },
  })
  const number = (name: 'agents' | 'waiting' | 'rate' | 'seconds', byDefault: number, max: number) => {
    const value = Number(values[name] ?? byDefault)
    if (!(value >= 1 && value <= max)) throw new Error(`Say --${name} from 1 to ${max}.`)
    return value
  }
  const rates = (values.rates ?? RATES).split(',').map(Number)
  if (!rates.every((rate) => rate >= 1 && rate <= 2_000)) throw new Error('Say --rates as numbers from 1 to 2000.')
  const sizes = {
    agents: Math.round(number('agents', 300, 1_000)),
    waiting: Math.round(number('waiting', 200, 1_000)),
    rate: number('rate', 20, 200),
    seconds: number('seconds', 30, 60),
    rates,
  }
  return { sizes, profileDir: values.profile }
}

/** Everybody is busy and many wait: whoever is ready gets the next call at once. */
async function measureLines(system: BenchSystem, crowd: BenchCrowd, { agents, waiting, rate, seconds }: Sizes) {
  say(`${waiting} wait, ${agents} agents work, ${rate} calls/s …`)
  crowd.handlingMs = (agents / rate) * 1_000
  const rampPerSecond = 3 * rate
  await crowd.fill(waiting, rampPerSecond)
  const rampS = agents / rampPerSecond
  await Promise.all([
    crowd.startAgents(rampS * 1_000),
    crowd.arrive({ perSecond: rate, seconds: rampS + 1, waitingMin: waiting }),
  ])
  const measured = crowd.measure()
  const stage = await measureStage(system, measured, () =>
    crowd.arrive({ perSecond: rate, seconds, waitingMin: waiting }),
  )
  crowd.countReadyAgents(measured)
  const readyToOfferMs = summaryOf(measured.readyToOfferMs)
  await crowd.drain()
  say(`  ready → offer ${inWords(readyToOfferMs)}`)
  return { readyToOfferMs, waitingCountMin: measured.waitingCountMin, ...stage }
}

/** More agents than calls: who presses gets the agent who has been idle longest. */
async function measureIdle(system: BenchSystem, crowd: BenchCrowd, { agents, rate, seconds }: Sizes) {
  say(`idle agents, ${rate} calls/s …`)
  crowd.handlingMs = Math.min(IDLE_HANDLING_MS, (BUSY_SHARE * agents * 1_000) / rate)
  await crowd.startAgents((agents / (5 * rate)) * 1_000)
  return measureOffersOfCalls(system, crowd, rate, seconds)
}

async function measureOffersOfCalls(system: BenchSystem, crowd: BenchCrowd, rate: number, seconds: number) {
  const measured = crowd.measure()
  const stage = await measureStage(system, measured, () => crowd.arrive({ perSecond: rate, seconds, waitingMin: 0 }))
  await sleep(STRAGGLERS_MS)
  crowd.countWaitingCalls(measured)
  const startToOfferMs = summaryOf(measured.startToOfferMs)
  const acknowledgementToOfferMs = summaryOf(measured.acknowledgementToOfferMs)
  say(
    `  ${rate}/s: press → offer ${inWords(startToOfferMs)}; acknowledged → offer ${inWords(acknowledgementToOfferMs)}`,
  )
  return { startToOfferMs, acknowledgementToOfferMs, ...stage }
}

/**
 * Steps up until a step's p99 is over the mark, the steps are at an end, or the time is. A step that breaks is made once
 * more: what only passed over the machine must not decide.
 */
async function measureRates(system: BenchSystem, crowd: BenchCrowd, { agents, rates, seconds }: Sizes) {
  const endsAt = performance.now() + RATES_MS_MAX
  const stepSeconds = Math.min(seconds, STEP_SECONDS_MAX)
  const steps: (Awaited<ReturnType<typeof measureOffersOfCalls>> & { rate: number })[] = []
  let highest: number | null = null
  let limit = 'none of these rates'
  const isTimeLeft = () => performance.now() + stepSeconds * 1_000 + STRAGGLERS_MS < endsAt
  const holdsAt = async (rate: number) => {
    crowd.handlingMs = Math.min(IDLE_HANDLING_MS, (BUSY_SHARE * agents * 1_000) / rate)
    const step = await measureOffersOfCalls(system, crowd, rate, stepSeconds)
    steps.push({ rate, ...step })
    if (step.startToOfferMs.p99 <= RATES_P99_MS && step.counts.kiosksMissing === 0) return true
    limit = limitOf(step)
    return false
  }
  for (const rate of rates) {
    if (!isTimeLeft()) {
      limit = 'the time of the bench'
      break
    }
    if (!(await holdsAt(rate)) && !(isTimeLeft() && (await holdsAt(rate)))) break
    highest = rate
    limit = 'none of these rates'
  }
  say(`  highest rate with p99 ≤ ${RATES_P99_MS} ms: ${highest ?? 'none'}/s, limited by ${limit}`)
  return { highestCallsPerSecond: highest, limit, steps }
}

/** What was at its end when a step broke. */
function limitOf({ processorSeconds, seconds, arrivalLagMs }: Stage): string {
  const { server, bench, others } = processorSeconds
  if (server / seconds > 0.85) return "the server's one thread"
  if (others / seconds > OTHERS_SHARE_MAX * availableParallelism()) return 'the machine, which others used too'
  if (bench / seconds > 0.85 || (arrivalLagMs?.p99 ?? 0) > RATES_P99_MS / 4) return 'the bench itself'
  if (sumOf(processorSeconds) / seconds > 0.9 * availableParallelism()) return 'the processors of the machine'
  return 'the server waiting, not working'
}

async function measureStage(system: BenchSystem, measured: Measured, work: () => Promise<void>): Promise<Stage> {
  const journalBefore = await system.journalCounts()
  const before = system.processorSeconds()
  const startedAt = performance.now()
  await work()
  const seconds = round((performance.now() - startedAt) / 1_000)
  const after = system.processorSeconds()
  const journal = journalBetween(journalBefore, await system.journalCounts())
  const processorSeconds = differenceOf(before, after)
  const { callsCount: calls, offersCount, hangUpsCount: hangUps, kiosksMissingCount: kiosksMissing } = measured
  const { arrivalLagMs } = measured
  say(
    `  commit p50 ${journal.commitMs.p50} p99 ${journal.commitMs.p99} max ≤ ${journal.commitMs.maxAtMost} ms, ` +
      `${journal.entriesPerTransaction} entries each; processor seconds in ${seconds} s: ${JSON.stringify(processorSeconds)}`,
  )
  return {
    seconds,
    counts: { calls, offers: offersCount, hangUps, kiosksMissing },
    errors: { ...measured.errors },
    journal,
    processorSeconds,
    arrivalLagMs: arrivalLagMs.length === 0 ? undefined : summaryOf(arrivalLagMs),
  }
}

function sumOf({ server, postgres, sfu, bench, others }: ProcessorSeconds): number {
  return server + postgres + sfu + bench + others
}

function differenceOf(before: ProcessorSeconds, after: ProcessorSeconds): ProcessorSeconds {
  const between = (name: keyof ProcessorSeconds) => round(Math.max(0, after[name] - before[name]))
  const [server, postgres, sfu] = [between('server'), between('postgres'), between('sfu')]
  return { server, postgres, sfu, bench: between('bench'), others: between('others') }
}

function inWords({ p50, p99, max }: Summary): string {
  return `p50 ${p50} p99 ${p99} max ${max} ms`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
