/** A kiosk that is enrolled proves it: at each connection, and every ten minutes while it is connected. */
import { Denied, proofOf, takeToken } from '#server/client/kiosk-key.ts'
import type { CallerConnection } from '../session/caller-requests.ts'

/** Where a screen that is nobody yet asks for a code. */
const ENROL_PAGE = '/agent/enrol.html'

/** Of its life, a token is used so long. Less leaves time for a network that comes back. */
const USED_SHARE = 2 / 3

/** The server closes a connection on which nothing was said for five seconds. */
const PROVED_WITHIN_MS = 4_500

/** A screen that the server did not know asks again whether it does, in ms. */
const AGAIN_MS = 30_000

let held: (Awaited<ReturnType<typeof takeToken>> & { readonly renewAt: number }) | undefined
let renewal: ReturnType<typeof setTimeout> | undefined

/**
 * What this kiosk says at the door. Where it is nobody any more, the page goes to where it is enrolled; where the server does not
 * answer, the promise stays open, and the connection is given up by the server and tried again.
 */
export async function proveDevice(): Promise<Readonly<Record<string, string>>> {
  const askedAt = performance.now()
  try {
    if (held === undefined || held.renewAt <= askedAt) await renew()
    const proof = held === undefined ? undefined : await proofOf(held.key, held.token.token)
    // Too late, it would be said on the next connection, beside what that one says.
    if (proof !== undefined && performance.now() - askedAt < PROVED_WITHIN_MS) return proof
  } catch (error) {
    // A newer key may have taken its place.
    held = undefined
    if (error instanceof Denied && error.code === 'not-signed-in') await goToEnrolment()
  }
  return new Promise(() => undefined)
}

async function renew(): Promise<void> {
  const taken = await takeToken()
  const usedMs = taken.token.lifetimeMs * USED_SHARE
  held = { ...taken, renewAt: performance.now() + usedMs }
  clearTimeout(renewal)
  // The server closes a connection whose token is over, so the next is had before.
  renewal = setTimeout(() => void renewAgain(), usedMs)
}

async function renewAgain(): Promise<void> {
  try {
    await renew()
  } catch {
    // Sent away: the connection is closed, and hears so at the door. Without a network it is tried again soon.
    renewal = setTimeout(() => void renewAgain(), AGAIN_MS)
  }
}

/** Takes the page to where the screen is enrolled, if the server has that page. */
export async function goToEnrolment(): Promise<void> {
  const there = await fetch(ENROL_PAGE, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  if (there?.status === 200) location.replace(ENROL_PAGE)
}

/** A kiosk that is turned away is enrolled anew. `connection` is null where the screen has never been anybody. */
export async function enrolWhenUnknown(connection: CallerConnection | null): Promise<void> {
  if (connection === null) return goToEnrolment()
  const look = (): void => {
    const { state } = connection
    if (state.kind === 'refused' && state.code === 'not-signed-in') void goToEnrolment()
  }
  connection.subscribe(look)
  look()
}
