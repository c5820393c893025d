/**
 * Makes up what nobody should send, and much of what they may, and sends it to a running server as everybody there is. What is refused
 * must have changed nothing, every question gets an answer or the end of its connection, and the server lives.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { shapeFault } from '#sfu/binding/message-shape.ts'
import { FuzzedHttp, type FuzzedRoute } from './fuzzed-http.ts'
import { fitting, type JsonSchema, type Known } from './fitting.ts'
import { frameOf, RawSocket } from './raw-socket.ts'
import { spoiled, strangeFrame, strangeText, type Draw } from './spoil.ts'

export type FuzzIdentity = {
  readonly name: string
  readonly cookie?: string
  readonly auth?: Readonly<Record<string, unknown>>
  /** The namespace they come in by. */
  readonly home?: string
}
export type FuzzedEvent = { readonly audience: string; readonly name: string; readonly body: unknown }

export type FuzzParts = {
  readonly url: string
  readonly events: readonly FuzzedEvent[]
  readonly routes: readonly FuzzedRoute[]
  readonly identities: readonly FuzzIdentity[]
  /** Ids that mean something in this city, by the name of the property that holds them. */
  readonly known: Known
  /** Whether a message that fits is asked: not where the answer waits for what this city does not have. */
  readonly isAsked: (body: string) => boolean
  readonly protocolVersion: number
  /** How many frames and requests. */
  readonly count: number
  readonly seed: number
  /** What is kept, as one text, and how long the journal is: the second is asked often. */
  readonly kept: () => Promise<string>
  readonly journalLength: () => Promise<number>
  readonly say: (words: string) => void
}

export type FuzzResult = {
  /** How many of each kind. */
  readonly sent: Readonly<Record<string, number>>
  /** How often each answer came. */
  readonly answers: Readonly<Record<string, number>>
  /** Whatever was not as it has to be, the first fifty. */
  readonly faults: readonly string[]
  readonly faultsCount: number
}

/** Of each hundred: near misses at sockets, messages that fit in any order, frames by hand, and the rest over HTTP. */
const SHARES = { nearMisses: 0.5, anyOrder: 0.1, frames: 0.2 } as const
const AT_ONCE = 40
const ANSWER_MS_MAX = 30_000
const FAULTS_KEPT = 50

export class Fuzz {
  readonly parts: FuzzParts
  readonly #draw: Draw
  readonly #ajv = new Ajv({ strict: false, validateFormats: false })
  readonly #fits = new Map<unknown, ValidateFunction>()
  readonly #sent: Record<string, number> = {}
  readonly #answers: Record<string, number> = {}
  readonly #faults: string[] = []
  readonly #links = new Map<string, FuzzLink>()
  #faultsCount = 0

  /** `draw`: from 0 up to 1, by the seed. */
  constructor(parts: FuzzParts, draw: Draw) {
    this.parts = parts
    this.#draw = draw
  }

  /** All of it. Never rejects for what the server does: that is a fault, and is in the result. */
  async run(): Promise<FuzzResult> {
    const { count, say } = this.parts
    const part = (share: number) => Math.round(count * share)
    say('near misses …')
    await this.#unchanged('near misses', () => this.#nearMisses(part(SHARES.nearMisses)))
    say('frames by hand …')
    await this.#unchanged('frames by hand', () => this.#frames(part(SHARES.frames)))
    const http = new FuzzedHttp({ ...this.parts, draw: this.#draw, isFitting: this.#isFitting, noted: this.#noted })
    const rest = count - part(SHARES.nearMisses) - part(SHARES.frames) - part(SHARES.anyOrder)
    say('requests …')
    await this.#unchanged('requests', () => http.run(rest))
    say('messages that fit, in any order …')
    await this.#anyOrder(part(SHARES.anyOrder))
    for (const link of this.#links.values()) link.close()
    return { sent: this.#sent, answers: this.#answers, faults: this.#faults, faultsCount: this.#faultsCount }
  }

  /** Notes an answer to something of a kind, and what was wrong with it. */
  readonly #noted = (kind: string, answer: string, fault?: string): void => {
    this.#sent[kind] = (this.#sent[kind] ?? 0) + 1
    this.#answers[answer] = (this.#answers[answer] ?? 0) + 1
    if (fault === undefined) return
    this.#faultsCount += 1
    if (this.#faults.length < FAULTS_KEPT) this.#faults.push(fault.slice(0, 300))
  }

  readonly #isFitting = (schema: unknown, json: string): boolean => {
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      return false
    }
    let fits = this.#fits.get(schema)
    if (fits === undefined) {
      fits = this.#ajv.compile(schema as object)
      this.#fits.set(schema, fits)
    }
    return shapeFault(value) === undefined && fits(value)
  }

  async #unchanged(what: string, work: () => Promise<void>): Promise<void> {
    const before = await this.parts.kept()
    await work()
    const after = await this.parts.kept()
    if (before === after) return
    const old = before.split(' ')
    this.#noted(
      'looks',
      'changed',
      `${what} changed ${after
        .split(' ')
        .filter((each, i) => each !== old[i])
        .join(', ')}`,
    )
  }

  /** Messages with one thing wrong, many at once on each connection. */
  async #nearMisses(count: number): Promise<void> {
    const { events, identities, known, seed } = this.parts
    const asked = events.flatMap((event) =>
      identities.filter(({ home }) => home === event.audience).map((who) => ({ event, who })),
    )
    const each = Math.ceil(count / Math.max(1, asked.length))
    for (const [i, { event, who }] of asked.entries()) {
      const schema = event.body as JsonSchema
      const bodies = fc.sample(fitting(schema, known), { seed: seed + i, numRuns: each }) as Record<string, unknown>[]
      const spoilt = bodies
        .map((body) => spoiled(this.#draw, body, schema))
        .filter((json) => !this.#isFitting(schema, json))
      await this.#askMany(who, event.name, spoilt)
    }
  }

  /** Each is answered with a refusal, or ends its connection: then the next ones go over another. */
  async #askMany(who: FuzzIdentity, name: string, bodies: readonly string[]): Promise<void> {
    const left = [...bodies]
    while (left.length > 0) {
      const link = await this.#linkOf(who)
      if (link === undefined) return
      const batch = left.splice(0, AT_ONCE)
      const answers = await Promise.all(batch.map((body) => link.ask(name, body, this.#draw() < 0.03)))
      for (const [i, answer] of answers.entries()) {
        const isFault = ['ok', 'internal', 'none'].includes(answer)
        const what = `${who.name}, ${name} ${batch[i]?.slice(0, 150)}: ${answer}`
        this.#noted('near misses', answer, isFault ? what : undefined)
      }
    }
  }

  /** The connection of somebody; undefined where they are not let in any more, as a phone whose call is over. */
  async #linkOf(who: FuzzIdentity): Promise<FuzzLink | undefined> {
    const known = this.#links.get(who.name)
    if (known !== undefined && !known.isClosed) return known
    const link = await FuzzLink.open(this.parts, who).catch((error: Error) => error)
    if (link instanceof Error) {
      this.#noted('connections', link.message)
      return undefined
    }
    this.#links.set(who.name, link)
    return link
  }

  /** Messages that fit, of everybody, in an order that nobody would think of; one after the other, so that each can be looked after. */
  async #anyOrder(count: number): Promise<void> {
    const { events, identities, known, seed, isAsked, journalLength } = this.parts
    const each = Math.ceil((2 * count) / events.length)
    const made = new Map(
      events.map((event, i) => {
        const bodies = fc.sample(fitting(event.body as JsonSchema, known), { seed: seed + i, numRuns: each })
        return [event, bodies.map((body) => JSON.stringify(body)).filter(isAsked)]
      }),
    )
    for (let asked = 0; asked < count; asked += 1) {
      const event = events[Math.floor(this.#draw() * events.length)] as FuzzedEvent
      const at = identities.filter(({ home }) => home === event.audience)
      const who = at[Math.floor(this.#draw() * at.length)]
      const body = made.get(event)?.pop()
      const link = who === undefined ? undefined : await this.#linkOf(who)
      if (who === undefined || body === undefined || link === undefined) continue
      const before = await journalLength()
      const answer = await link.ask(event.name, body)
      const isChanged = answer !== 'ok' && (await journalLength()) !== before
      const isFault = ['internal', 'none'].includes(answer) || isChanged
      const what = `${who.name}, ${event.name} ${body.slice(0, 150)}: ${answer}${isChanged ? ', and the journal grew' : ''}`
      this.#noted('in any order', answer, isFault ? what : undefined)
    }
  }

  /** What is no message at all, of connections that have not come in. The server answers, or closes; it does nothing. */
  async #frames(count: number): Promise<void> {
    const known = this.parts.events.map(({ audience, name }) => `42${audience},1${JSON.stringify([name, {}])}`)
    let left = count
    const work = async (): Promise<void> => {
      while (left > 0) {
        const raw = await RawSocket.open({ url: this.parts.url }).catch((error: Error) => error)
        if (raw instanceof Error) {
          this.#noted('frames by hand', 'no connection', `a connection was not taken: ${raw.message}`)
          return
        }
        for (let i = 0; i < 8 && !raw.isClosed && left > 0; i += 1) {
          left -= 1
          raw.write(frameOf(strangeText(this.#draw, known), this.#draw() < 0.5 ? {} : strangeFrame(this.#draw)))
          this.#noted('frames by hand', 'sent')
        }
        // Those that were taken are read by now; whatever else it had to say is no matter.
        raw.write(frameOf('', { opcode: 8 }))
        await Promise.race([raw.closed, new Promise((resolve) => setTimeout(resolve, 100))])
        raw.close()
      }
    }
    await Promise.all(Array.from({ length: 8 }, work))
  }
}

/** Somebody's connection, entered where they are at home, with every answer by its number. */
class FuzzLink {
  readonly #raw: RawSocket
  readonly #home: string
  readonly #waiting = new Map<number, (answer: string) => void>()
  #lastId = 0

  private constructor(raw: RawSocket, home: string) {
    this.#raw = raw
    this.#home = home
    void raw.closed.then(() => {
      for (const answer of this.#waiting.values()) answer('closed')
      this.#waiting.clear()
    })
  }

  /** Rejects where they are turned away. */
  static async open(
    { url, protocolVersion }: FuzzParts,
    { cookie, auth, home = '', name }: FuzzIdentity,
  ): Promise<FuzzLink> {
    const raw = await RawSocket.open({ url, ...(cookie === undefined ? {} : { cookie }) })
    const link = new FuzzLink(raw, home)
    await new Promise<void>((resolve, reject) => {
      raw.onText = (text) => {
        if (text.startsWith(`44${home}`)) reject(new Error(`${name} was turned away: ${text}`))
        if (!text.startsWith(`40${home}`)) return
        raw.onText = (each) => link.#read(each)
        resolve()
      }
      void raw.closed.then(() => reject(new Error(`${name} was cut off`)))
      raw.send(`40${home},${JSON.stringify({ protocolVersion, takesOver: true, ...auth })}`)
    })
    return link
  }

  get isClosed(): boolean {
    return this.#raw.isClosed
  }

  /** `ok`, the code of the refusal, `closed`, `unasked` where no answer was asked for, or `none` where none came. */
  async ask(name: string, body: string, isUnacknowledged = false): Promise<string> {
    const id = (this.#lastId += 1)
    const text = `["${name}",${body}]`
    if (isUnacknowledged) {
      this.#raw.send(`42${this.#home},${text}`)
      return 'unasked'
    }
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#waiting.set(id, resolve)
    const timer = setTimeout(() => resolve('none'), ANSWER_MS_MAX)
    if (this.#raw.isClosed) resolve('closed')
    this.#raw.send(`42${this.#home},${id}${text}`)
    const answer = await promise
    clearTimeout(timer)
    this.#waiting.delete(id)
    return answer
  }

  close(): void {
    this.#raw.close()
  }

  #read(text: string): void {
    if (text === '2') return this.#raw.send('3')
    const prefix = `43${this.#home},`
    if (!text.startsWith(prefix)) return
    const from = text.indexOf('[')
    const id = Number(text.slice(prefix.length, from))
    const code = /^\[\{"ok":false,"error":\{"code":"([a-z-]+)"/.exec(text.slice(from))?.[1]
    this.#waiting.get(id)?.(code ?? 'ok')
  }
}
