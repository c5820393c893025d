/** Who is signed in on this browser. The cookie is the server's affair; the page knows only its answers. */
import { signal } from '@preact/signals'
import type { SignedIn } from '#server/contract/http.ts'
import type { SignInEnd } from '#server/contract/sign-ins.ts'
import { callApi } from './api.ts'

export type Account =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'signed-out'
      readonly wasSignedOut: boolean
      /** Why, where the server said so. */
      readonly why?: SignInEnd
      /** The password was right, and nothing is open before a second factor is set up. */
      readonly mustSetUpFactor?: boolean
    }
  /** The server could not be asked. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-in'; readonly person: SignedIn }

export const account = signal<Account>({ kind: 'loading' })

/** Raised, a server that is back is found later; lowered, more pages knock while it is away. */
const ASK_AGAIN_MS = 3_000

let askingAgain: ReturnType<typeof setTimeout> | undefined

/** Asks the server who this is, at the start of every page, and again for as long as it cannot be asked. */
export async function loadAccount(): Promise<void> {
  clearTimeout(askingAgain)
  const outcome = await callApi<SignedIn>('GET', '/session')
  if (outcome.ok) account.value = { kind: 'signed-in', person: outcome.reply }
  else if (outcome.code === 'second-factor-required') becomeIncomplete()
  else if (outcome.code === 'not-signed-in') account.value = { kind: 'signed-out', wasSignedOut: false }
  else {
    account.value = { kind: 'unreachable' }
    askingAgain = setTimeout(() => void loadAccount(), ASK_AGAIN_MS)
  }
}

function becomeIncomplete(): void {
  account.value = { kind: 'signed-out', wasSignedOut: false, mustSetUpFactor: true }
}

/** Signs in; `code`: of the app or the paper, once the server asked for one. Returns null when it worked, otherwise the code to tell about. */
export async function signIn(username: string, password: string, code?: string): Promise<string | null> {
  const body = { username, password, ...(code === undefined ? {} : { code }) }
  const outcome = await callApi<SignedIn>('POST', '/sign-in', body)
  if (!outcome.ok && outcome.code === 'second-factor-required') {
    becomeIncomplete()
    return null
  }
  if (!outcome.ok) return outcome.code
  account.value = { kind: 'signed-in', person: outcome.reply }
  return null
}

/** Signs out here and at the server. Returns null when it worked, otherwise the code to tell about. */
export async function signOut(): Promise<string | null> {
  const outcome = await callApi<unknown>('POST', '/sign-out')
  if (!outcome.ok && outcome.code !== 'not-signed-in') return outcome.code
  account.value = { kind: 'signed-out', wasSignedOut: true }
  return null
}

/** The server said that the sign-in is over, and mostly why. */
export function becomeSignedOut(why?: SignInEnd): void {
  const { value: before } = account
  // Whatever was asked just before is refused now, and takes nothing from the reason.
  if (why === undefined && before.kind === 'signed-out' && before.wasSignedOut) return
  account.value = { kind: 'signed-out', wasSignedOut: true, ...(why === undefined ? {} : { why }) }
}
