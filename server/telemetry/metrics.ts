/** What Prometheus may read. Figures that people are judged by come from the journal, not from here; nobody is named. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Audience, HostLog, Journal } from '#server/host/ports.ts'
import { countJobs, type JobRan } from './job-metrics.ts'
import { timedJournal } from './journal-times.ts'
import { NO_TRACING, tracedJournal, type Tracing } from './tracing.ts'

export type Gauges = {
  readonly waiting: number
  readonly offered: number
  readonly connected: number
  readonly agentsSignedIn: number
  readonly sfusConnected: number
  readonly kiosksSilent: number
  readonly kiosksFaulty: number
  readonly isClosing: boolean
  /** How each queue stands, by its id. */
  readonly queues: readonly QueueGauges[]
  /** Connections, by namespace. */
  readonly sockets: Readonly<Record<string, number>>
}

export type QueueGauges = {
  readonly queueId: string
  readonly waitingCount: number
  readonly agentsReadyCount: number
  /** How long the first in line has waited, in s; 0 where nobody waits. */
  readonly longestWaitS: number
}

export type Metrics = {
  readonly registry: Registry
  readonly log: HostLog
  /** A connection was ended for what it sent, or because it did not read. */
  readonly endedConnection: () => void
  readonly slowReader: () => void
  /** The journal that measures how long each commit takes. */
  readonly timed: (journal: Journal) => Journal
  /** Counts what became of calls and offers, and passes on what it is told. */
  readonly counted: (audience: Audience) => Audience
  readonly jobRan: JobRan
}

/** Counters of the process; `read` is asked at each scrape. Commits and jobs are told to `tracing` too. */
export function openMetrics(read: () => Gauges, tracing: Tracing = NO_TRACING): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers })
  const events = counter('skranke_events_total', 'Events the engine took in, by type and refusal.', 'type', 'outcome')
  const ended = counter('skranke_calls_ended_total', 'Calls that ended, by outcome.', 'outcome')
  const cutOff = counter('skranke_ended_connections_total', 'Connections that the server ended, by why.', 'why')
  const offers = counter('skranke_offers_made_total', 'Offers made to agents.')
  addGauges(registry, read)
  addQueueGauges(registry, () => read().queues)
  const jobRan = countJobs(registry, tracing)
  return {
    registry,
    endedConnection: () => cutOff.inc({ why: 'frames' }),
    slowReader: () => cutOff.inc({ why: 'not-reading' }),
    log: { event: (event, refusal) => events.inc({ type: event.type, outcome: refusal ?? 'taken' }) },
    timed: (journal) => tracedJournal(timedJournal(journal, registry), tracing),
    counted: (audience) => ({
      changed(change) {
        offers.inc(change.offers.length)
        for (const { outcome } of change.ended) ended.inc({ outcome })
        audience.changed(change)
      },
    }),
    jobRan,
  }
}

function addGauges(registry: Registry, read: () => Gauges): void {
  const registers = [registry]
  const gauge = (name: string, help: string, value: (gauges: Gauges) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(read()))
      },
    })
  gauge('skranke_calls_waiting', 'Calls in line.', (now) => now.waiting)
  gauge('skranke_calls_offered', 'Calls being offered to an agent.', (now) => now.offered)
  gauge('skranke_calls_connected', 'Calls in conversation.', (now) => now.connected)
  gauge('skranke_agents_signed_in', 'Agents signed in.', (now) => now.agentsSignedIn)
  gauge('skranke_sfus_connected', 'SFUs with a control link.', (now) => now.sfusConnected)
  gauge('skranke_kiosks_silent', 'Kiosks that have said nothing for three minutes.', (now) => now.kiosksSilent)
  gauge(
    'skranke_kiosks_faulty',
    'Kiosks whose camera, microphone, speaker or way is faulty.',
    (now) => now.kiosksFaulty,
  )
  gauge('skranke_closing', '1 while nobody new is let in because the server ends.', (now) => Number(now.isClosing))
  new Gauge({
    name: 'skranke_sockets',
    help: 'Connections of pages, by namespace.',
    labelNames: ['namespace'],
    registers,
    collect() {
      for (const [namespace, count] of Object.entries(read().sockets)) this.set({ namespace }, count)
    },
  })
}

function addQueueGauges(registry: Registry, read: () => readonly QueueGauges[]): void {
  const gauge = (name: string, help: string, value: (queue: QueueGauges) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers: [registry],
      collect() {
        // A queue that the policy has no more says nothing more.
        this.reset()
        for (const queue of read()) this.set({ queue: queue.queueId }, value(queue))
      },
    })
  gauge('skranke_queue_waiting', 'Calls in line, by queue.', (queue) => queue.waitingCount)
  gauge('skranke_queue_agents_ready', 'Agents who could take a call now, by queue.', (queue) => queue.agentsReadyCount)
  gauge('skranke_queue_longest_wait_seconds', 'How long the first in line has waited.', (queue) => queue.longestWaitS)
}
