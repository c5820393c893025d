/** The kiosks as machines: what each said last, which of them are silent, faulty or out of order, and since when. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { KioskForSupervisor, KioskOrder, KioskPart } from '#server/contract/kiosk-care.ts'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { FaultySince, KeptHealth, KeptOrder, NewOrder } from '#server/store/kiosk-health.ts'
import { branded } from './branded.ts'
import type { CallerDevice } from './caller-view.ts'

/** Three reports were missed. In ms. */
export const SILENT_AFTER_MS = 3 * 60_000

/** A kiosk that says more than this says nothing new. In ms. */
const REPORT_EVERY_MS_MIN = 1_000

/** How soon supervisors see that a kiosk has fallen silent. In ms. */
const LOOK_EVERY_MS = 10_000

const PARTS = ['camera', 'microphone', 'speaker', 'path', 'page'] as const satisfies readonly KioskPart[]

export type KioskHealthParts = {
  readonly directory: Pick<Directory, 'kiosks' | 'people'>
  readonly store: {
    health(): Promise<readonly KeptHealth[]>
    outOfOrder(): Promise<readonly KeptOrder[]>
    /** Whether the kiosk is out of order; undefined where it could not be asked. */
    keepReport(health: KeptHealth, report: KioskReport): Promise<boolean | undefined>
    keepOrder(order: NewOrder): Promise<void>
  }
  /** The page that is served now. */
  readonly build: string
  readonly now: () => number
  /** Something else may be the matter with a kiosk than before. */
  readonly onChange: () => void
}

type Heard = { readonly at: number; readonly faultySince: FaultySince }
type OutOfOrder = { readonly at: number | null; readonly agentId: string | null }

export class KioskHealth {
  readonly #parts: KioskHealthParts
  readonly #heard = new Map<string, Heard>()
  readonly #outOfOrder = new Map<string, OutOfOrder>()
  readonly #startedAt: number
  #timer: NodeJS.Timeout | undefined

  constructor(parts: KioskHealthParts) {
    this.#parts = parts
    this.#startedAt = parts.now()
  }

  /** Reads what was known before a restart. */
  async start(): Promise<void> {
    const { store, onChange } = this.#parts
    for (const { kioskId, ...heard } of await store.health()) this.#heard.set(kioskId, heard)
    for (const { kioskId, ...order } of await store.outOfOrder()) this.#outOfOrder.set(kioskId, order)
    // Silence is what comes without any event.
    this.#timer = setInterval(onChange, LOOK_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Takes a report in. Refused when it comes too soon after the last. */
  async report({ kioskId }: Pick<CallerDevice, 'kioskId'>, report: KioskReport) {
    const { now, store, build, onChange } = this.#parts
    const at = now()
    const before = this.#heard.get(kioskId)
    if (at - (before?.at ?? -Infinity) < REPORT_EVERY_MS_MIN) {
      throw new Refusal<ErrorCode>('too-many-requests', 'the last report is still fresh')
    }
    const faulty = PARTS.filter((part) => report[part] === 'faulty')
    const faultySince = Object.fromEntries(faulty.map((part) => [part, before?.faultySince[part] ?? at]))
    this.#heard.set(kioskId, { at, faultySince })
    const order = this.#outOfOrder.get(kioskId)
    const isKeptSo = await store.keepReport({ kioskId, at, faultySince }, report)
    // Somebody may have changed it past this server; what was ordered here meanwhile is newer.
    if (isKeptSo !== undefined && this.#outOfOrder.get(kioskId) === order) this.#follow(kioskId, isKeptSo)
    onChange()
    return { isOutOfOrder: this.#outOfOrder.has(kioskId), build }
  }

  /** Takes a kiosk out of use or back, in the name of `by`. What is so already changes nothing. Throws `unknown-place`. */
  async order({ kioskId, isOutOfOrder }: KioskOrder, by: Person): Promise<void> {
    const { directory, store, now, onChange } = this.#parts
    if (!directory.kiosks.has(kioskId)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such kiosk')
    if (this.#outOfOrder.has(kioskId) === isOutOfOrder) return
    const at = now()
    await store.keepOrder({ kioskId, isOutOfOrder, at, agentId: by.agentId })
    if (isOutOfOrder) this.#outOfOrder.set(kioskId, { at, agentId: by.agentId })
    else this.#outOfOrder.delete(kioskId)
    onChange()
  }

  /** Of the kiosks of the city: how many have said nothing for three minutes, and how many of the others have a fault. */
  counts(): { kiosksSilent: number; kiosksFaulty: number } {
    const counts = { kiosksSilent: 0, kiosksFaulty: 0 }
    for (const kioskId of this.#parts.directory.kiosks.keys()) {
      if (this.#isSilent(kioskId)) counts.kiosksSilent += 1
      else if (Object.keys(this.#heard.get(kioskId)?.faultySince ?? {}).length > 0) counts.kiosksFaulty += 1
    }
    return counts
  }

  /** Whether a kiosk that is in use is silent; null where it has said nothing since the server started, which is no news yet. */
  isSilentInUse(kioskId: string): boolean | null {
    if (this.#outOfOrder.has(kioskId)) return false
    if (this.#isSilent(kioskId)) return true
    return (this.#heard.get(kioskId)?.at ?? -Infinity) < this.#startedAt ? null : false
  }

  /** The kiosks with which something is the matter, by site. */
  forSupervisor(): KioskForSupervisor[] {
    const { kiosks, people } = this.#parts.directory
    const troubled = [...kiosks.values()].flatMap(({ kioskId, site }) => {
      const heard = this.#heard.get(kioskId)
      const order = this.#outOfOrder.get(kioskId)
      const silent = this.#isSilent(kioskId) ? { heardAt: heard?.at ?? null } : null
      const faults = Object.entries(heard?.faultySince ?? {}).map(([part, since]) => ({ part, since }))
      const byName = people.get(order?.agentId ?? '')?.name ?? null
      const outOfOrder = order === undefined ? null : { since: order.at, byName }
      if (silent === null && faults.length === 0 && outOfOrder === null) return []
      return [{ kioskId, siteName: site.name, silent, faults, outOfOrder }]
    })
    return branded(troubled.toSorted(bySite))
  }

  /** Every kiosk of the city, by site. */
  list(): { readonly kiosks: Pick<KioskForSupervisor, 'kioskId' | 'siteName'>[] } {
    const all = [...this.#parts.directory.kiosks.values()].map(({ kioskId, site }) => ({
      kioskId,
      siteName: site.name,
    }))
    return branded({ kiosks: all.toSorted(bySite) })
  }

  #follow(kioskId: string, isOutOfOrder: boolean): void {
    if (!isOutOfOrder) this.#outOfOrder.delete(kioskId)
    else if (!this.#outOfOrder.has(kioskId)) this.#outOfOrder.set(kioskId, { at: null, agentId: null })
  }

  /** A restart of the server is no silence of the kiosks. */
  #isSilent(kioskId: string): boolean {
    const heardAt = this.#heard.get(kioskId)?.at ?? 0
    return this.#parts.now() - Math.max(heardAt, this.#startedAt) > SILENT_AFTER_MS
  }
}

type Placed = { readonly siteName: string; readonly kioskId: string }

const bySite = (one: Placed, other: Placed): number =>
  one.siteName.localeCompare(other.siteName, 'da') || one.kioskId.localeCompare(other.kioskId)
