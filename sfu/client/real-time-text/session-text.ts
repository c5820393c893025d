/**
 * Real-time text of one session: what is typed goes in small pieces, as typed; what comes is told in order. It outlives
 * the legs: text waits while there is none, and what was lost with one is told as lost.
 */
import { Composer } from './composer.ts'
import type { NewText, TextLeg, TextLegHandlers } from './text-leg.ts'

/** What arrived, or did not. The transcript takes it as it is. */
export type TextTold = { readonly participantId: string; readonly role: NewText['role'] } & (
  { readonly kind: 'received'; readonly text: string } | { readonly kind: 'lost' }
)

/** What somebody types, line by line. */
export type Typing = {
  /** The line that is being typed, as it is now. */
  write(line: string): void
  /** That line is done, and the next one begins. */
  finish(): void
}

export type SessionTextOptions = {
  readonly onText: (told: TextTold) => void
  /** {@link SessionText.isOpen} may have changed. */
  readonly onChange: () => void
  readonly onFault: (error: unknown) => void
}

/** What was typed within so long goes together, in ms. RFC 8865 allows 300, EN 301 549 asks for 500 in all. */
const GATHER_MS = 200
/** No message is longer, in bytes: at five a second, far more than anybody types. */
const PIECE_BYTES_MAX = 256

type Inbox = { isBegun: boolean; readonly early: string[] }

export class SessionText implements Typing {
  readonly #options: SessionTextOptions
  readonly #composer = new Composer()
  readonly #inboxes = new Map<string, Inbox>()
  /** Messages that came from each of the others, on every channel, and those known to be lost. */
  readonly #hadCounts = new Map<string, number>()
  #sentCount = 0
  #sentAt = -GATHER_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #leg: TextLeg | undefined
  #isConnected = false

  constructor(options: SessionTextOptions) {
    this.#options = options
  }

  /** Somebody's text can come and one's own can go. */
  get isOpen(): boolean {
    return this.#isConnected && this.#leg?.isOpen === true && this.#leg.hasChannels
  }

  write(line: string): void {
    this.#composer.write(line)
    this.#schedule()
  }

  finish(): void {
    this.#composer.finish()
    this.#schedule()
  }

  /** What each leg is made with. */
  get handlers(): TextLegHandlers {
    return {
      sentCount: () => this.#sentCount,
      onOwn: () => this.#changed(),
      onOpen: (told, begin) => void this.#begin(told, begin),
      onMessage: (told, text) => this.#onMessage(told, text),
      onClosed: ({ textConsumerId }) => {
        this.#inboxes.delete(textConsumerId)
        this.#changed()
      },
      onFault: this.#options.onFault,
    }
  }

  /** There is a new leg. */
  attach(leg: TextLeg): void {
    this.#leg = leg
  }

  /** The leg is gone. */
  detach(): void {
    this.#leg = undefined
    this.#inboxes.clear()
  }

  /** While nobody receives, what is typed waits. */
  connect(isConnected: boolean): void {
    this.#isConnected = isConnected
    this.#changed()
  }

  take(told: NewText): void {
    this.#leg?.consume(told).catch(this.#options.onFault)
  }

  drop(textConsumerId: string): void {
    this.#leg?.closeConsumer(textConsumerId)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#composer.forget()
    this.detach()
    this.#isConnected = false
    this.#hadCounts.clear()
  }

  /** The channel is open: what was due before and did not come is lost. */
  async #begin(told: NewText, begin: () => Promise<number>): Promise<void> {
    const inbox: Inbox = this.#inboxes.get(told.textConsumerId) ?? { isBegun: false, early: [] }
    if (inbox.isBegun) return
    this.#inboxes.set(told.textConsumerId, inbox)
    try {
      const dueCount = await begin()
      if (inbox.isBegun || this.#inboxes.get(told.textConsumerId) !== inbox) return
      const hadCount = this.#hadCounts.get(told.participantId) ?? 0
      this.#hadCounts.set(told.participantId, dueCount)
      // Fewer than we had: the SFU knows us anew, and so not what we missed.
      if (dueCount !== hadCount) this.#tell(told, { kind: 'lost' })
      inbox.isBegun = true
      for (const text of inbox.early) this.#onMessage(told, text)
      this.#changed()
    } catch (error) {
      // Without signalling: the channel is told again when it is back.
      this.#options.onFault(error)
    }
  }

  #onMessage(told: NewText, text: string): void {
    const inbox = this.#inboxes.get(told.textConsumerId)
    if (inbox?.isBegun === false) inbox.early.push(text)
    if (inbox?.isBegun !== true) return
    this.#hadCounts.set(told.participantId, (this.#hadCounts.get(told.participantId) ?? 0) + 1)
    this.#tell(told, { kind: 'received', text })
  }

  #tell({ participantId, role }: NewText, what: { kind: 'received'; text: string } | { kind: 'lost' }): void {
    this.#options.onText({ participantId, role, ...what })
  }

  #changed(): void {
    this.#schedule()
    this.#options.onChange()
  }

  #schedule(): void {
    if (this.#timer !== undefined || !this.#composer.hasMore || !this.isOpen) return
    const waitMs = this.#sentAt + GATHER_MS - performance.now()
    if (waitMs <= 0) return this.#send()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.isOpen) this.#send()
    }, waitMs)
  }

  #send(): void {
    const piece = this.#composer.take(PIECE_BYTES_MAX)
    if (piece === '') return
    this.#sentAt = performance.now()
    this.#sentCount += 1
    try {
      this.#leg?.send(piece)
    } catch (error) {
      // Counted as sent: it shows as lost when the channel is made anew.
      this.#options.onFault(error)
    }
    this.#schedule()
  }
}
