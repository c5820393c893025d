/** The kiosks as machines: what each said last, which of them are silent, and which have a fault. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import type { CallerDevice } from './caller-view.ts'

/** Three reports were missed. In ms. */
export const SILENT_AFTER_MS = 3 * 60_000

/** A kiosk that says more than this says nothing new. In ms. */
const REPORT_EVERY_MS_MIN = 1_000

export type KioskHealthParts = {
  readonly kioskIds: () => Iterable<string>
  readonly keep: (kioskId: string, at: number, report: KioskReport) => Promise<boolean>
  /** The page that is served now. */
  readonly build: string
  readonly now: () => number
}

type Heard = { readonly at: number; readonly isFaulty: boolean }

export class KioskHealth {
  readonly #parts: KioskHealthParts
  readonly #heard = new Map<string, Heard>()
  readonly #startedAt: number

  constructor(parts: KioskHealthParts) {
    this.#parts = parts
    this.#startedAt = parts.now()
  }

  /** Takes a report in. Refused from a phone, which is its owner's affair, and when it comes too soon after the last. */
  async report({ device, kioskId }: CallerDevice, report: KioskReport) {
    const { now, keep, build } = this.#parts
    if (device === 'phone') throw new Refusal<ErrorCode>('not-allowed', 'a phone is no machine of the city')
    const at = now()
    if (at - (this.#heard.get(kioskId)?.at ?? -Infinity) < REPORT_EVERY_MS_MIN) {
      throw new Refusal<ErrorCode>('too-many-requests', 'the last report is still fresh')
    }
    const { camera, microphone, speaker, path } = report
    this.#heard.set(kioskId, { at, isFaulty: [camera, microphone, speaker, path].includes('faulty') })
    return { isOutOfOrder: await keep(kioskId, at, report), build }
  }

  /** Of the kiosks of the city: how many have said nothing for three minutes, and how many of the others have a fault. */
  counts(): { kiosksSilent: number; kiosksFaulty: number } {
    const counts = { kiosksSilent: 0, kiosksFaulty: 0 }
    const at = this.#parts.now()
    for (const kioskId of this.#parts.kioskIds()) {
      const heard = this.#heard.get(kioskId)
      if (at - (heard?.at ?? this.#startedAt) > SILENT_AFTER_MS) counts.kiosksSilent += 1
      else if (heard?.isFaulty === true) counts.kiosksFaulty += 1
    }
    return counts
  }
}
