/** Which kiosk this screen is: given once in the address, kept in the browser, shown nowhere. */

export type Identity = { readonly kioskId: string; readonly deviceKey: string }

const KEPT_AS = 'skranke.kiosk'

/**
 * Takes the identity out of the address (`/kiosk/#kiosk=<id>&key=<device key>`), keeps it and cleans the address, so
 * that nobody who stands before the screen can read it. Without one in the address: the kept one, or null.
 */
export function readIdentity(location: Location, history: History, storage: Storage): Identity | null {
  const given = fromFragment(location.hash)
  if (given === null) return kept(storage)
  storage.setItem(KEPT_AS, JSON.stringify(given))
  history.replaceState(null, '', location.pathname + location.search)
  return given
}

/** The identity in `hash`, or null where there is none. */
export function fromFragment(hash: string): Identity | null {
  const values = new URLSearchParams(hash.replace(/^#/, ''))
  const kioskId = values.get('kiosk')
  const deviceKey = values.get('key')
  return kioskId && deviceKey ? { kioskId, deviceKey } : null
}

function kept(storage: Storage): Identity | null {
  const text = storage.getItem(KEPT_AS)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isIdentity(value) ? value : null
  } catch {
    return null
  }
}

function isIdentity(value: unknown): value is Identity {
  if (typeof value !== 'object' || value === null || !('kioskId' in value) || !('deviceKey' in value)) return false
  return typeof value.kioskId === 'string' && typeof value.deviceKey === 'string'
}
