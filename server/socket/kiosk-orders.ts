/** What is ordered of one kiosk from afar, and what it last said of itself: for whoever looks after it. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { MachineOrder } from '#server/contract/kiosk-care.ts'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { NewAct } from '#server/store/kiosk-keys.ts'

export type KioskOrdersParts = {
  readonly directory: Pick<Directory, 'kiosks'>
  /** The page that is served now; empty where none is built. */
  readonly build: string
  readonly now: () => number
  readonly store: {
    note(act: NewAct): Promise<void>
    report(kioskId: string): Promise<{ readonly at: number; readonly report: KioskReport } | undefined>
  }
}

const ACT_OF = {
  reload: 'reload-ordered',
  restart: 'restart-ordered',
  test: 'test-ordered',
} as const satisfies Record<MachineOrder, NewAct['act']>

export class KioskOrders {
  readonly #parts: KioskOrdersParts
  readonly #listeners = new Map<string, (order: MachineOrder) => void>()

  constructor(parts: KioskOrdersParts) {
    this.#parts = parts
  }

  /** Tells a kiosk what is ordered of it from now on; the newest page of a kiosk hears it. Returns what ends that. */
  listen(kioskId: string, tell: (order: MachineOrder) => void): () => void {
    this.#listeners.set(kioskId, tell)
    return () => {
      if (this.#listeners.get(kioskId) === tell) this.#listeners.delete(kioskId)
    }
  }

  /** Orders it, and writes down who did. Throws `unknown-place`, or `kiosk-away` where the kiosk is not connected. */
  async order(kioskId: string, order: MachineOrder, by: Pick<Person, 'agentId'>): Promise<void> {
    const { directory, store, now } = this.#parts
    if (!directory.kiosks.has(kioskId)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such kiosk')
    if (!this.#listeners.has(kioskId)) throw new Refusal<ErrorCode>('kiosk-away', 'this kiosk is not connected')
    await store.note({ act: ACT_OF[order], kioskId, keyId: null, agentId: by.agentId, at: now() })
    this.#listeners.get(kioskId)?.(order)
  }

  /** Writes down what was done about a kiosk that orders it nothing: a message on its screen, or one less. */
  async note(act: 'message-shown' | 'message-taken-down', kioskId: string, by: Pick<Person, 'agentId'>): Promise<void> {
    const { store, now } = this.#parts
    await store.note({ act, kioskId, keyId: null, agentId: by.agentId, at: now() })
  }

  /** What it last said of itself; `isNewest`: whether its page is the one that is served now. Throws `unknown-place`. */
  async report(kioskId: string) {
    const { directory, store, build } = this.#parts
    if (!directory.kiosks.has(kioskId)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such kiosk')
    const kept = await store.report(kioskId)
    if (kept === undefined) return { at: null, report: null, isNewest: null }
    return { ...kept, isNewest: build === '' ? null : kept.report.build === build.slice(0, 256) }
  }
}
