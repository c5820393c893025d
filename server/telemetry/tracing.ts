/**
 * Traces by OpenTelemetry, where the environment names a collector (`OTEL_EXPORTER_OTLP_ENDPOINT`); else nothing of it is even
 * loaded. A trace says which request, job or commit took how long and whether it went well: names out of our tables, never what was asked.
 */
import type { FastifyInstance } from 'fastify'
import type { Journal } from '#server/host/ports.ts'

export type Work = {
  /** Out of a closed list: a route's pattern, a request of a socket, a job. */
  readonly name: string
  readonly kind: 'http' | 'socket' | 'job' | 'journal'
  readonly ms: number
  /** `ok`, or the code of a refusal, or `failed`. */
  readonly outcome: string
  readonly attributes?: Readonly<Record<string, string | number>>
}

export type Tracing = {
  /** Something is done, that took so long until now. */
  readonly done: (work: Work) => void
  /** Sends what is not sent yet, for some seconds at most. */
  readonly stop: () => Promise<void>
}

/** Where nobody collects traces. */
export const NO_TRACING: Tracing = { done: () => undefined, stop: () => Promise.resolve() }

/** A collector that does not answer keeps no server from ending longer. In ms. */
const SEND_MS_MAX = 3_000

/** Traces of the process `service` that go to the collector at `endpoint`, where there is one. */
export async function openTracing(endpoint: string | undefined, service = 'skranke-server'): Promise<Tracing> {
  if (endpoint === undefined) return NO_TRACING
  const [{ SpanKind, SpanStatusCode }, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: SEND_MS_MAX,
  })
  const provider = new TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('skranke')
  return {
    done({ name, kind, ms, outcome, attributes = {} }) {
      const endTime = Date.now()
      const span = tracer.startSpan(`${kind} ${name}`, {
        startTime: endTime - ms,
        kind: kind === 'http' || kind === 'socket' ? SpanKind.SERVER : SpanKind.INTERNAL,
        attributes: { ...attributes, 'skranke.outcome': outcome },
      })
      if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(endTime)
    },
    stop: () => provider.shutdown().catch(() => undefined),
  }
}

/** The journal, with each of its transactions in the traces. */
export function tracedJournal(journal: Journal, { done }: Tracing): Journal {
  return {
    load: (snapshotVersion) => journal.load(snapshotVersion),
    keepSnapshot: (seq, snapshot) => journal.keepSnapshot(seq, snapshot),
    async append(entries) {
      const startedAt = performance.now()
      let outcome = 'failed'
      try {
        await journal.append(entries)
        outcome = 'ok'
      } finally {
        const ms = performance.now() - startedAt
        done({ name: 'append', kind: 'journal', ms, outcome, attributes: { 'skranke.entries': entries.length } })
      }
    },
  }
}

/** Every answer of `app` in the traces, by the pattern of its route: an address may hold somebody's key. */
export function traceHttp(app: FastifyInstance, { done }: Tracing): void {
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime: ms } = reply
    const name = `${request.method} ${request.routeOptions.url ?? 'nothing'}`
    const outcome = status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'
    done({ name, kind: 'http', ms, outcome, attributes: { 'http.response.status_code': status } })
  })
}
