/** Traces: a collector is told what took how long, by names of ours alone; without one, nothing is loaded. */
import { createServer } from 'node:http'
import { registerHooks } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import t from 'tap'
import { NO_TRACING, openTracing, traceHttp, tracedJournal } from './tracing.ts'

type Span = {
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code?: number }
}
type Sent = {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

const SECRET = 'a-key-of-somebodys-ticket'

t.test('without a collector nothing of it is loaded', async (t) => {
  const loaded: string[] = []
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      loaded.push(specifier)
      return next(specifier, context)
    },
  })
  t.equal(await openTracing(undefined), NO_TRACING)
  hooks.deregister()
  t.same(loaded, [])
})

t.test('a collector is told of requests, jobs and commits', async (t) => {
  const sent: Sent[] = []
  const paths: string[] = []
  const collector = createServer((request, response) => {
    let body = ''
    request.on('data', (data) => (body += String(data)))
    request.on('end', () => {
      paths.push(`${request.method} ${request.url}`)
      sent.push(JSON.parse(body) as Sent)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((ready) => collector.listen(0, '127.0.0.1', ready))
  t.teardown(() => collector.close())
  const tracing = await openTracing(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/`)
  const app = fastify()
  traceHttp(app, tracing)
  app.get('/tickets/:key', (_request, reply) => reply.status(404).send({}))
  app.get('/broken', () => {
    throw new Error(SECRET)
  })
  for (const url of [`/tickets/${SECRET}?q=${SECRET}`, '/broken', `/${SECRET}`]) await app.inject({ url })
  await app.close()
  const load = async () => {
    throw new Error('nothing is loaded here')
  }
  let isFull = false
  const append = async () => {
    if (isFull) throw new Error('the disk is full')
  }
  const journal = tracedJournal({ load, keepSnapshot: async () => undefined, append }, tracing)
  await journal.append([{} as never, {} as never])
  isFull = true
  await t.rejects(journal.append([]), /the disk is full/)
  tracing.done({ name: 'note-retention', kind: 'job', ms: 250, outcome: 'ok' })
  await tracing.stop()

  t.same([...new Set(paths)], ['POST /v1/traces'])
  const spans = sent.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((s) => s.spans)),
  )
  const outcomeOf = ({ attributes }: Span) =>
    attributes.find(({ key }) => key === 'skranke.outcome')?.value['stringValue']
  t.same(
    spans.map((span) => [span.name, outcomeOf(span), span.status.code ?? 0]),
    [
      ['http GET /tickets/:key', 'refused', 0],
      ['http GET /broken', 'failed', 2],
      ['http GET nothing', 'refused', 0],
      ['journal append', 'ok', 0],
      ['journal append', 'failed', 2],
      ['job note-retention', 'ok', 0],
    ],
  )
  const job = spans.at(-1)
  const tookMs = Number(BigInt(job?.endTimeUnixNano ?? 0) - BigInt(job?.startTimeUnixNano ?? 0)) / 1e6
  t.equal(Math.round(tookMs), 250)
  t.notMatch(JSON.stringify(sent), SECRET, 'nothing of what was asked')
  t.match(JSON.stringify(sent), /"skranke-server"/)
})

t.test('a collector that is not there keeps nobody', async (t) => {
  const tracing = await openTracing('http://127.0.0.1:9')
  tracing.done({ name: 'x', kind: 'job', ms: 1, outcome: 'ok' })
  await t.resolves(tracing.stop())
})
