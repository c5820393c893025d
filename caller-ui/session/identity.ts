/** Who this screen is: a kiosk, given once in the address and kept, or a phone with the ticket in its address. */

/** `deviceKey`: null where the kiosk is enrolled, and proves itself by a key that its browser gives nobody. */
export type Identity = { readonly kioskId: string; readonly deviceKey: string | null }

/** The right to one place in line, from the QR code on a kiosk. */
export type PhoneTicket = { readonly ticket: string; readonly ticketKey: string; readonly deviceKey?: undefined }

/**
 * The ticket in the address (`/kiosk/?ticket=<ticket>.<key>`), or null where there is none. It stays there: the phone
 * is the citizen's own, and the address is their way back when they have closed the page. It is stored nowhere else.
 */
export function readPhoneTicket({ search }: Location): PhoneTicket | null {
  const given = new URLSearchParams(search).get('ticket')
  if (given === null) return null
  const [ticket = '', ticketKey = ''] = given.split('.')
  return { ticket, ticketKey }
}

const KEPT_AS = 'skranke.kiosk'

/**
 * Takes the identity out of the address (`/kiosk/#kiosk=<id>`, in demonstrations with `&key=<device key>`), keeps it and cleans
 * the address, so that nobody who stands before the screen can read it. Without one in the address: the kept one, or null.
 */
export function readIdentity(location: Location, history: History, storage: Storage): Identity | null {
  const given = fromFragment(location.hash)
  if (given === null) return fromFragment(storage.getItem(KEPT_AS) ?? '')
  storage.setItem(KEPT_AS, location.hash)
  history.replaceState(null, '', location.pathname + location.search)
  return given
}

/** The identity in `hash`, or null where there is none. */
export function fromFragment(hash: string): Identity | null {
  const values = new URLSearchParams(hash.slice(1))
  const kioskId = values.get('kiosk')
  return kioskId ? { kioskId, deviceKey: values.get('key') } : null
}
