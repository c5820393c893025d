/** An agent of a bench, on the client that the desk uses but without media: takes what rings at once, as a machine does. */
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { connect, type Connection } from '#server/client/connection.ts'
import { Refusal } from '#sfu/contract/wire.ts'

/** What the agent saw; instants are of `performance.now()`. */
export type OfferSeen = {
  readonly callId: string
  readonly receivedAt: number
  /** When the agent asked for work, where this is the first offer since then. */
  readonly readyAt: number | undefined
}

export type BenchAgentParts = {
  readonly url: string
  readonly cookie: string
  readonly onOffer: (offer: OfferSeen) => void
  readonly onHangUp: () => void
  readonly onError: (code: string) => void
  /** How long to talk and then to write up, in ms; asked anew for each, with whether it is the first call since the start. */
  readonly handling: (isFirst: boolean) => { readonly talkMs: number; readonly wrapUpMs: number }
}

/** After a refusal, so that a wish that is refused again and again does not spin. */
const AFTER_REFUSAL_MS = 100

export class BenchAgent {
  readonly #parts: BenchAgentParts
  readonly #connection: Connection<typeof agentRequests, typeof agentEvents>
  #readyAt: number | undefined
  #offerId = ''
  #isActing = false
  #isTired = true
  #isFirst = true
  #timer: NodeJS.Timeout | undefined

  constructor(parts: BenchAgentParts) {
    this.#parts = parts
    const { url, cookie } = parts
    this.#connection = connect<typeof agentRequests, typeof agentEvents>({
      url,
      namespace: '/agent',
      auth: { protocolVersion: PROTOCOL_VERSION },
      headers: { cookie },
    })
    this.#connection.subscribe(() => this.#look())
  }

  get isOnline(): boolean {
    return this.#connection.state.kind === 'online'
  }

  /** Whether the agent has nothing on the desk. */
  get isIdle(): boolean {
    return this.#connection.snapshot?.view.work.kind === 'idle' && !this.#isActing
  }

  /** Since when the agent has asked for work and was offered nothing. */
  get readyAt(): number | undefined {
    return this.#readyAt
  }

  /** Asks for work from now on. */
  start(): void {
    this.#isTired = false
    this.#isFirst = true
    this.#act('availability.set-available', () => {
      this.#readyAt = performance.now()
      return this.#connection.request('availability.set-available', {})
    })
  }

  /** Takes no more work; what is on the desk is ended without waiting. */
  finish(): void {
    this.#isTired = true
    this.#readyAt = undefined
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#isActing = false
    }
    this.#look()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#connection.close()
  }

  /** The view has changed, or the last act is over: what is to be done now? */
  #look(): void {
    const receivedAt = performance.now()
    const view = this.#connection.snapshot?.view
    if (view === undefined) return
    const { work } = view
    if (work.kind === 'offered' && work.offerId !== this.#offerId) {
      this.#offerId = work.offerId
      this.#parts.onOffer({ callId: work.call.callId, receivedAt, readyAt: this.#readyAt })
      this.#readyAt = undefined
    }
    if (this.#isActing || !this.isOnline) return
    if (work.kind === 'offered') {
      const { offerId } = work
      this.#act('offer.accept', () => this.#connection.request('offer.accept', { offerId }))
    } else if (work.kind === 'in-call') {
      const { callId } = work.call
      this.#after(this.#parts.handling(this.#isFirst).talkMs, 'call.hang-up', () => {
        this.#parts.onHangUp()
        return this.#connection.request('call.hang-up', { callId })
      })
    } else if (work.kind === 'wrap-up') {
      this.#after(this.#parts.handling(this.#isFirst).wrapUpMs, 'wrap-up.finish', () => this.#finishWrapUp())
    } else if (this.#isTired && view.availability === 'available') {
      this.#act('set-away', () => this.#connection.request('availability.set-away', { reason: 'break' }))
    }
  }

  async #finishWrapUp(): Promise<void> {
    // Away first: the wrap-up's end would bring the next offer.
    if (this.#isTired) await this.#connection.request('availability.set-away', { reason: 'break' })
    else this.#readyAt = performance.now()
    this.#isFirst = false
    await this.#connection.request('wrap-up.finish', {})
  }

  #after(ms: number, what: string, ask: () => Promise<unknown>): void {
    if (this.#isTired) return this.#act(what, ask)
    this.#isActing = true
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#act(what, ask)
    }, ms)
  }

  #act(what: string, ask: () => Promise<unknown>): void {
    this.#isActing = true
    ask().then(
      () => this.#goOn(),
      (error: unknown) => {
        this.#parts.onError(`${what}: ${error instanceof Refusal ? error.code : String(error)}`)
        setTimeout(() => this.#goOn(), AFTER_REFUSAL_MS)
      },
    )
  }

  #goOn(): void {
    this.#isActing = false
    this.#look()
  }
}
