/**
 * Which window this is, so that the server gives a page that is loaded anew its own place back and asks about every other
 * window. A tab that was duplicated has a copy of the id; the lock says which of the two has it.
 */
const KEPT_AS = 'skranke.desk'

/** A page that is being left lets go of its lock within this. Longer, and a duplicated tab starts later. */
const LOCK_MS_MAX = 1_000

let claimed: Promise<string> | undefined

/** The id of this tab: 32 hexadecimal digits, the same after a reload. Asked for once for each page. */
export function claimDeskId(): Promise<string> {
  claimed ??= claim()
  return claimed
}

async function claim(): Promise<string> {
  const kept = sessionStorage.getItem(KEPT_AS)
  if (kept !== null && (await hold(kept))) return kept
  const made = newDeskId()
  sessionStorage.setItem(KEPT_AS, made)
  await hold(made)
  return made
}

/** Keeps the id as long as the page is there; false where another page has it. Without locks nobody is asked. */
function hold(deskId: string): Promise<boolean> {
  // The type does not know pages that came without TLS.
  const { locks } = navigator as { readonly locks?: LockManager }
  if (locks === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    const options = { signal: AbortSignal.timeout(LOCK_MS_MAX) }
    const holdOn = () => {
      resolve(true)
      return new Promise<never>(() => undefined)
    }
    locks.request(`${KEPT_AS}.${deskId}`, options, holdOn).catch(() => resolve(false))
  })
}

/** Without `randomUUID`, which only pages over TLS have. */
function newDeskId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
