/**
 * One size of city in a process of its own, for `routing.ts`: recorded once, folded whenever it is asked. So every size
 * begins with a clean heap and compiler, and their folds can take turns.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { nextDeadline, step, type StepOptions } from '#server/routing/step.ts'
import { summaryOf, type Summary } from '../summary.ts'
import { City, record, type RoutingSize, type Stretch } from './routing-city.ts'

export type SizeOptions = { readonly size: RoutingSize; readonly isExplained: boolean }
export type SizeQuestion = { readonly ask: 'fold'; readonly msMin: number } | { readonly ask: 'rest' }
export type Fold = { readonly eventsCount: number; readonly ms: number; readonly cpuUs: number }
type Answer =
  | { readonly answer: 'ready' }
  | ({ readonly answer: 'fold' } & Fold)
  | { readonly answer: 'rest'; readonly stepUs: Summary; readonly bytesPerWaitingCall: number }
export type SizeAnswer<Ask extends Answer['answer'] = Answer['answer']> = Extract<Answer, { readonly answer: Ask }>

/** Events of a stretch, and single steps that are timed: some thousand calls from the press to the end. */
const STRETCH_EVENTS = 60_000
const TIMED_STEPS = 30_000
const WARM_UP_MS = 1_000

/** Folds a stretch, again and again until `msMin` have passed. */
function fold({ from, events }: Stretch, options: StepOptions, msMin: number): { eventsCount: number; ms: number } {
  const startedAt = performance.now()
  let eventsCount = 0
  let ms = 0
  while (ms < msMin) {
    let state = from
    for (const event of events) state = step(state, event, options).state
    eventsCount += events.length
    ms = performance.now() - startedAt
  }
  return { eventsCount, ms }
}

/** The times of single steps, in µs. */
function stepTimesUs({ from, events }: Stretch, options: StepOptions): number[] {
  const times: number[] = []
  let state = from
  for (const event of events.slice(0, TIMED_STEPS)) {
    const startedAt = performance.now()
    state = step(state, event, options).state
    times.push((performance.now() - startedAt) * 1_000)
  }
  return times
}

/** The collector, where Node lets it be called: only then is memory worth measuring. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}

/** A fold with its cost in CPU time for each event, in µs. */
function timedFold(stretch: Stretch, options: StepOptions, msMin: number): Fold {
  const before = process.cpuUsage()
  const folded = fold(stretch, options, msMin)
  const { user, system } = process.cpuUsage(before)
  return { ...folded, cpuUs: (user + system) / folded.eventsCount }
}

function serve({ size, isExplained }: SizeOptions): void {
  const options = { isExplained }
  const say = (answer: SizeAnswer) => process.send?.(answer)
  collectGarbage()
  const emptyBytes = process.memoryUsage().heapUsed
  const city = new City(size, options)
  collectGarbage()
  const fullBytes = process.memoryUsage().heapUsed
  const bytesPerWaitingCall = Math.round((fullBytes - emptyBytes) / (size.waitingCount + size.agentsCount))
  if (nextDeadline(city.state) === undefined) throw new Error('a busy city has deadlines')
  const stretch = record(city, STRETCH_EVENTS)
  fold(stretch, options, WARM_UP_MS)
  process.on('message', (question: SizeQuestion) => {
    if (question.ask === 'fold') return say({ answer: 'fold', ...timedFold(stretch, options, question.msMin) })
    say({ answer: 'rest', stepUs: summaryOf(stepTimesUs(stretch, options)), bytesPerWaitingCall })
  })
  say({ answer: 'ready' })
}

serve(JSON.parse(process.argv[2] ?? '') as SizeOptions)
