/** What a screen does until it is a kiosk: makes its key, shows a code for it, and waits until somebody has entered that. */
import { signal } from '@preact/signals'
import {
  askForCode,
  Denied,
  keepKey,
  keptKey,
  newKey,
  stateOfKey,
  takeToken,
  type KioskKey,
} from '#server/client/kiosk-key.ts'

export type Enrolment =
  | { readonly kind: 'beginning' }
  /** `until`: when the code is over, on the page's own clock of `performance.now()`. */
  | { readonly kind: 'waiting'; readonly code: string; readonly until: number }
  | { readonly kind: 'enrolled' }
  | { readonly kind: 'unreachable' }
  /** As many screens wait as may. */
  | { readonly kind: 'too-many' }
  /** The browser makes no keys here: the page came without https, or nothing may be kept. */
  | { readonly kind: 'no-keys' }

export const enrolment = signal<Enrolment>({ kind: 'beginning' })
/** On the clock of the page, each second: for what is left of the code's time. */
export const nowMs = signal(performance.now())

/** How often is asked whether the code was entered, in ms. More often is felt by nobody. */
const ASK_EVERY_MS = 2_000
/** A server that did not answer is asked again after this, in ms. */
const AGAIN_MS = 5_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Goes on for the life of the page, which ends as a kiosk. */
export async function startEnrolment(): Promise<void> {
  setInterval(() => (nowMs.value = performance.now()), 1_000)
  for (;;) {
    const key = await ownKey()
    if (key === undefined) return void (enrolment.value = { kind: 'no-keys' })
    try {
      if (await isEntered(key)) return await becomeKiosk()
    } catch (error) {
      enrolment.value = { kind: error instanceof Denied ? 'too-many' : 'unreachable' }
      await wait(AGAIN_MS)
    }
  }
}

/** The key of this screen, made where there is none; undefined where the browser makes or keeps none. */
async function ownKey(): Promise<KioskKey | undefined> {
  try {
    const kept = await keptKey()
    if (kept !== undefined) return kept
    // A kiosk that loses its key when the disk is full is nobody again.
    await navigator.storage.persist().catch(() => false)
    const key = await newKey()
    await keepKey(key)
    return key
  } catch {
    return undefined
  }
}

/** Shows a code until its time is over; whether it was entered. */
async function isEntered(key: KioskKey): Promise<boolean> {
  if ((await stateOfKey(key)).state === 'enrolled') return true
  const { code, lifetimeMs } = await askForCode(key)
  const until = performance.now() + lifetimeMs
  enrolment.value = { kind: 'waiting', code, until }
  let missed = 0
  while (performance.now() < until) {
    await wait(ASK_EVERY_MS)
    try {
      const { state } = await stateOfKey(key)
      missed = 0
      if (state === 'enrolled') return true
      // A server that began anew knows no codes.
      if (state === 'over') return false
    } catch (error) {
      missed += 1
      if (missed > 3) throw error
    }
  }
  return false
}

async function becomeKiosk(): Promise<void> {
  const { token } = await takeToken()
  enrolment.value = { kind: 'enrolled' }
  location.replace(`/kiosk/#kiosk=${encodeURIComponent(token.kioskId)}`)
}
