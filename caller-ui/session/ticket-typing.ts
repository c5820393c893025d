/** Somebody has a place in line already, and types its ticket. */
import { signal, type ReadonlySignal } from '@preact/signals'
import type { Ticket } from '#server/contract/ids.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { OwnCall, OwnCallEvent } from '../model/own-call.ts'
import { nothingTyped, wholeTicket, withCharacter, withoutLast, type TicketEntry } from '../model/typed-ticket.ts'
import type { CallerConnection, CallerRequests } from './caller-requests.ts'

type Parts = {
  readonly own: ReadonlySignal<OwnCall>
  readonly link: ReadonlySignal<CallerConnection['state']>
  readonly request: CallerRequests
  readonly tell: (event: OwnCallEvent) => void
  readonly reset: () => void
}

export class TicketTyping {
  /** Null while nobody is typing one. */
  readonly entry = signal<TicketEntry | null>(null)
  /** Places whose owner is not here, should they be here after all; and whether the owner is rung at this kiosk. */
  readonly left = new Map<Ticket, { readonly isRungAtKiosk: boolean }>()
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  // The screens are handed these one by one, hence arrows.

  readonly open = (): void => {
    if (this.#parts.own.value.kind === 'none') this.entry.value = nothingTyped
  }

  readonly close = (): void => {
    const own = this.#parts.own.value
    if (own.kind === 'taking-up') this.left.set(own.ticket, { isRungAtKiosk: false })
    this.#parts.tell({ kind: 'refused', code: 'no-answer' })
    this.#parts.reset()
  }

  readonly type = (character: string): void => this.#edit((entry) => withCharacter(entry, character))

  readonly eraseLast = (): void => this.#edit(withoutLast)

  /** [R40] Its owner does not wait for the time that was promised, or it rings. */
  readonly comeNow = (ticket: Ticket): void => {
    this.#parts.tell({ kind: 'dismissed' })
    this.entry.value = { ...nothingTyped, typed: ticket }
    this.takeUp({ isAtOnce: true })
  }

  readonly takeUp = (now: { readonly isAtOnce?: true } = {}): void => {
    const { own, link, request, tell } = this.#parts
    const entry = this.entry.value
    const ticket = entry === null ? null : wholeTicket(entry)
    if (entry === null || ticket === null || own.value.kind !== 'none') return
    if (link.value.kind !== 'online') return
    this.entry.value = { ...entry, state: 'asking' }
    this.left.delete(ticket)
    tell({ kind: 'ticket-typed', ticket })
    request.takeUp(ticket, now).then(
      // The view brought the call; a server that answers without it has not given it.
      () => this.#notTakenUp(ticket, 'failed'),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        if (error.code === 'no-answer') this.left.set(ticket, { isRungAtKiosk: false })
        this.#notTakenUp(ticket, error.code === 'unknown-ticket' ? 'unknown' : 'failed')
      },
    )
  }

  #edit(change: (entry: TicketEntry) => TicketEntry): void {
    if (this.entry.value !== null) this.entry.value = change(this.entry.value)
  }

  #notTakenUp(ticket: Ticket, state: 'unknown' | 'failed'): void {
    const own = this.#parts.own.value
    if (own.kind !== 'taking-up' || own.ticket !== ticket) return
    this.#parts.tell({ kind: 'refused', code: state })
    this.#edit((entry) => ({ ...entry, state }))
  }
}
