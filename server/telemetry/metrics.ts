/** What Prometheus may read at `/metrics`. Figures that people are judged by come from the journal, not from here. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { HostLog, Journal } from '#server/host/ports.ts'
import { timedJournal } from './journal-times.ts'

export type Gauges = {
  readonly waiting: number
  readonly offered: number
  readonly connected: number
  readonly agentsSignedIn: number
  readonly sfusConnected: number
  readonly kiosksSilent: number
  readonly kiosksFaulty: number
}

export type Metrics = {
  readonly registry: Registry
  readonly log: HostLog
  /** The journal that measures how long each commit takes. */
  readonly timed: (journal: Journal) => Journal
}

/** Counters of the process; `read` is asked at each scrape. */
export function openMetrics(read: () => Gauges): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const events = new Counter({
    name: 'skranke_events_total',
    help: 'Events the engine took in, by type and whether it refused them.',
    labelNames: ['type', 'outcome'],
    registers: [registry],
  })
  const gauge = (name: string, help: string, value: (gauges: Gauges) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
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
  return {
    registry,
    log: { event: (event, refusal) => events.inc({ type: event.type, outcome: refusal ?? 'taken' }) },
    timed: (journal) => timedJournal(journal, registry),
  }
}
