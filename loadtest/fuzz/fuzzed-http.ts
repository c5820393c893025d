/** The same over HTTP: questions with one thing wrong, of every route, as everybody, and in every kind of content that is not JSON. */
import { Agent, request } from 'node:http'
import fc from 'fast-check'
import { fitting, type JsonSchema, type Known } from './fitting.ts'
import { spoiled, type Draw } from './spoil.ts'

export type FuzzedRoute = {
  readonly method: string
  readonly url: string
  readonly schema: { readonly body?: unknown; readonly querystring?: unknown; readonly params?: unknown }
}

export type FuzzedHttpParts = {
  readonly url: string
  readonly routes: readonly FuzzedRoute[]
  readonly identities: readonly { readonly name: string; readonly cookie?: string; readonly home?: string }[]
  readonly known: Known
  readonly seed: number
  readonly draw: Draw
  readonly isFitting: (schema: unknown, json: string) => boolean
  readonly noted: (kind: string, answer: string, fault?: string) => void
}

const AT_ONCE = 16
/** Pages, which are files, are asked less often than what answers by itself. */
const JSON_TYPE = 'application/json'
const OTHER_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json\t; charset=utf-8',
  ' application/json;x',
  'application/jsonp',
  'application/xml',
  '',
]

type Question = {
  readonly method: string
  readonly path: string
  readonly type?: string | undefined
  readonly body?: string
  readonly mayBeTaken: boolean
}

export class FuzzedHttp {
  readonly #parts: FuzzedHttpParts
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

  constructor(parts: FuzzedHttpParts) {
    this.#parts = parts
  }

  /** Asks so many questions, some at once. */
  async run(count: number): Promise<void> {
    const { routes, identities, draw, seed, known } = this.#parts
    const asking = identities.filter(({ home }) => home !== '/caller')
    // A sign-out that is taken would end the sign-in that all others come with, and one more sign-in is one more row.
    const fuzzed = routes.filter(({ method, url }) => method !== 'HEAD' && !url.endsWith('/sign-out'))
    const each = Math.ceil(count / fuzzed.length)
    const questions = fuzzed.flatMap((route, i) => {
      const of = (schema: unknown) =>
        fc.sample(fitting((schema ?? { type: 'object' }) as JsonSchema, known), { seed: seed + i, numRuns: each })
      const [params, queries, bodies] = [of(route.schema.params), of(route.schema.querystring), of(route.schema.body)]
      return params.map((param, j) => this.#questionOf(route, param, queries[j], bodies[j]))
    })
    const left = questions.slice(0, count)
    const work = async (): Promise<void> => {
      for (let question = left.pop(); question !== undefined; question = left.pop()) {
        const who = asking[Math.floor(draw() * asking.length)]
        if (who !== undefined) await this.#ask(question, who)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    this.#agent.destroy()
  }

  #questionOf({ method, url, schema }: FuzzedRoute, params: unknown, query: unknown, body: unknown): Question {
    const { draw, isFitting } = this.#parts
    const given = params as Record<string, string>
    const strange = ['..%2f..%2fetc%2fpasswd', '%00', '%ff', 'x'.repeat(2_000), '__proto__', "'", '%ud800']
    const odd = () => strange[Math.floor(draw() * strange.length)] ?? ''
    const path = url
      .replace(/:(\w+)/g, (_, name: string) => (draw() < 0.3 ? odd() : encodeURIComponent(given[name] ?? 'x')))
      .replace('*', draw() < 0.5 ? odd() : 'index.html')
    const words = new URLSearchParams()
    for (const [name, value] of Object.entries(query as object)) if (draw() < 0.8) words.append(name, String(value))
    if (draw() < 0.3) words.append(draw() < 0.5 ? '__proto__' : 'more', odd())
    const address = `${path}${words.size > 0 ? `?${words}` : ''}`
    if (method !== 'POST') return { method, path: address, mayBeTaken: true }
    const text =
      schema.body === undefined ? '' : spoiled(draw, body as Record<string, unknown>, schema.body as JsonSchema)
    const isJson = draw() < 0.8
    const type = isJson ? JSON_TYPE : OTHER_TYPES[Math.floor(draw() * OTHER_TYPES.length)]
    const fits = schema.body !== undefined && isFitting(schema.body, text)
    // What fits by chance is asked as what nobody takes: the state stays as it is.
    return {
      method,
      path: address,
      type: fits ? 'text/plain' : type,
      body: text,
      mayBeTaken: schema.body === undefined,
    }
  }

  async #ask({ method, path, type, body, mayBeTaken }: Question, { name, cookie }: { name: string; cookie?: string }) {
    const status = await new Promise<number | string>((resolve) => {
      const headers = {
        ...(cookie === undefined ? {} : { cookie }),
        ...(type === undefined || type === '' ? {} : { 'content-type': type }),
      }
      const asked = request(
        this.#parts.url + path,
        { method, headers, agent: this.#agent, timeout: 30_000 },
        (reply) => {
          reply.resume()
          reply.on('end', () => resolve(reply.statusCode ?? 0))
          reply.on('error', (error) => resolve(error.message))
        },
      )
      asked.on('error', (error) => resolve(error.message))
      asked.on('timeout', () => asked.destroy(new Error('no answer')))
      asked.end(body)
    })
    const isReadiness = path.startsWith('/health/ready')
    const isBroken = typeof status === 'string' ? !/ECONNRESET|EPIPE/.test(status) : status >= 500 && !isReadiness
    const isTaken = typeof status === 'number' && status < 300 && !mayBeTaken
    const fault =
      isBroken || isTaken
        ? `${name}, ${method} ${path.slice(0, 120)} ${body?.slice(0, 100) ?? ''}: ${status}`
        : undefined
    this.#parts.noted('requests', String(status), fault)
  }
}
