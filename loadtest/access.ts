/** How to get into the running system: what `npm start` leaves for load runs in the checkout. Loopback only. */
import { readFileSync } from 'node:fs'

export type Access = {
  readonly url: string
  readonly kiosks: readonly { readonly kioskId: string; readonly deviceKey: string; readonly urlPath: string }[]
  readonly accounts: readonly { username: string; password: string; role: string }[]
}

/** Reads the access file. Throws one sentence where there is none, or where it points away from this machine. */
export function readAccess(file: string): Access {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`There is no ${file}: start the system first, with npm start.`)
  }
  // Written by the launcher of the same checkout.
  const access = JSON.parse(text) as Access
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(access.url).hostname)) {
    throw new Error(`Load runs only go to this machine, and ${access.url} is another.`)
  }
  return access
}
