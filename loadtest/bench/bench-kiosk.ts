/** A kiosk of a bench, on the client that the kiosk's page uses but without media: one call after another. */
import { callerEvents, callerRequests, PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import type { CallId } from '#server/contract/ids.ts'
import { connect, type Connection } from '#server/client/connection.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { Access } from '../access.ts'

export type BenchKioskParts = {
  readonly url: string
  readonly kiosk: Access['kiosks'][number]
  /** The last call is over, and the next may be made. */
  readonly onFree: (kiosk: BenchKiosk) => void
  readonly onError: (code: string) => void
}

export class BenchKiosk {
  readonly #parts: BenchKioskParts
  readonly #connection: Connection<typeof callerRequests, typeof callerEvents>
  #callId: CallId | undefined

  constructor(parts: BenchKioskParts) {
    this.#parts = parts
    const { url, kiosk } = parts
    this.#connection = connect<typeof callerRequests, typeof callerEvents>({
      url,
      namespace: '/caller',
      auth: { protocolVersion: PROTOCOL_VERSION, kioskId: kiosk.kioskId, deviceKey: kiosk.deviceKey },
    })
    this.#connection.subscribe(() => this.#look())
  }

  get isOnline(): boolean {
    return this.#connection.state.kind === 'online'
  }

  /** Whether the kiosk has a call that nobody has taken yet. */
  get isWaiting(): boolean {
    const status = this.#connection.snapshot?.view.call?.status
    return this.#callId !== undefined && (status === 'waiting' || status === 'offered')
  }

  /** Presses. Resolves with when the server had acknowledged it, or with undefined where it refused. */
  async call(callId: CallId): Promise<number | undefined> {
    this.#callId = callId
    try {
      await this.#connection.request('call.start', { callId })
      return performance.now()
    } catch (error) {
      this.#fail('call.start', error)
      this.#callId = undefined
      this.#parts.onFree(this)
      return undefined
    }
  }

  /** Leaves the line, or ends the conversation. */
  hangUp(): void {
    const callId = this.#callId
    if (callId === undefined) return
    this.#connection.request('call.hang-up', { callId }).catch((error: unknown) => this.#fail('caller hang-up', error))
  }

  close(): void {
    this.#connection.close()
  }

  #look(): void {
    const call = this.#connection.snapshot?.view.call
    if (this.#callId === undefined || call?.status !== 'ended' || call.callId !== this.#callId) return
    this.#callId = undefined
    this.#parts.onFree(this)
  }

  #fail(what: string, error: unknown): void {
    this.#parts.onError(`${what}: ${error instanceof Refusal ? error.code : String(error)}`)
  }
}
