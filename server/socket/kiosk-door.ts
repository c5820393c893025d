/** Which kiosk knocks: one with a token and a signature of its key or, where a demonstration allows it, one with a key that can be copied. */
import { isKey } from '#server/auth/tokens.ts'
import type { MachineOrder } from '#server/contract/kiosk-care.ts'
import type { Directory } from '#server/store/directory.ts'
import type { CallerDevice } from './caller-view.ts'
import type { Entry } from './gate.ts'
import type { KioskKeys } from './kiosk-keys.ts'
import type { KioskOrders } from './kiosk-orders.ts'

export type KioskDoor = {
  readonly directory: Pick<Directory, 'kiosks'>
  readonly keys: KioskKeys
  readonly orders: KioskOrders
  readonly areDeviceKeysTaken: boolean
}

/** A device key is longer than any name and shorter than any attack. */
const KEY_CHARACTERS_MAX = 128

/** Who it is, by what it says at the door. */
export function kioskOf(door: KioskDoor, auth: Readonly<Record<string, unknown>>): Entry<CallerDevice> {
  const { directory, keys } = door
  if (auth['token'] === undefined) return kioskByDeviceKey(door, auth)
  const proven = keys.identify(auth)
  const kiosk = proven === undefined ? undefined : directory.kiosks.get(proven.kioskId)
  if (proven === undefined || kiosk === undefined) return { refused: 'not-signed-in' }
  return { who: { ...kiosk, device: 'kiosk', keyId: proven.keyId } }
}

function kioskByDeviceKey({ directory, areDeviceKeysTaken }: KioskDoor, auth: Readonly<Record<string, unknown>>) {
  const kiosk = directory.kiosks.get(String(auth['kioskId']))
  const key = auth['deviceKey']
  const isKnown = areDeviceKeysTaken && typeof key === 'string' && key.length <= KEY_CHARACTERS_MAX
  const hash = kiosk?.deviceKeyHash ?? null
  if (kiosk === undefined || hash === null || !isKnown || !isKey(key, hash)) {
    return { refused: 'not-signed-in' } as const
  }
  return { who: { ...kiosk, device: 'kiosk' } } as const
}

/** A kiosk hears what is ordered of it, and is gone when its key is. Returns what to do at the end of its connection. */
export function seatMachine(
  { keys, orders }: KioskDoor,
  { device, kioskId, keyId }: CallerDevice,
  page: { readonly order: (order: MachineOrder) => void; readonly close: () => void },
): () => void {
  const endOrders = device === 'kiosk' ? orders.listen(kioskId, page.order) : undefined
  const endKey = keyId === undefined ? undefined : keys.seat(keyId, page.close)
  return () => {
    endOrders?.()
    endKey?.()
  }
}
