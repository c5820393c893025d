/** What the machine keeps of where it stands, so that a screen without a network can say whom to ring. Nothing of a person. */
import { signal } from '@preact/signals'
import type { CallerConnection } from '../session/caller-requests.ts'

export type KnownPlace = {
  /** Which screen it is, for whoever rings about it. */
  readonly kioskId: string
  /** Of the contact centre; null where the city has said none. */
  readonly phone: string | null
  readonly pxPerMm: number | null
}

const KEPT_AS = 'skranke.place'

/** Null on a screen that has never heard from the server. */
export const knownPlace = signal<KnownPlace | null>(null)

/** Reads what is kept in `storage`, and keeps what `connection` tells from now on. */
export function keepPlace(connection: CallerConnection, storage: Storage): void {
  knownPlace.value = placeOf(storage.getItem(KEPT_AS))
  connection.subscribe(() => {
    const view = connection.snapshot?.view
    if (view === undefined) return
    const { kioskId, pxPerMm, help } = view
    const place = { kioskId, phone: help.phone, pxPerMm }
    const text = JSON.stringify(place)
    if (text === JSON.stringify(knownPlace.peek())) return
    knownPlace.value = place
    storage.setItem(KEPT_AS, text)
  })
}

/** Null where `text` is not of this page's making. */
export function placeOf(text: string | null): KnownPlace | null {
  try {
    const { kioskId, phone, pxPerMm } = JSON.parse(text ?? '') as Partial<Record<keyof KnownPlace, unknown>>
    if (typeof kioskId !== 'string') return null
    return {
      kioskId,
      phone: typeof phone === 'string' ? phone : null,
      pxPerMm: typeof pxPerMm === 'number' ? pxPerMm : null,
    }
  } catch {
    return null
  }
}
