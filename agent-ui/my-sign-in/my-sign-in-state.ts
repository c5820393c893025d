/** What the page knows of one's own sign-in. */
import { effect, signal } from '@preact/signals'
import type { FactorShown, OwnAccount, RecoveryCodes } from '#server/contract/sign-ins.ts'
import { account, becomeSignedOut, loadAccount } from '../session/account.ts'
import { callApi, type ApiOutcome } from '../session/api.ts'

export type Own =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly account: OwnAccount }

export const own = signal<Own>({ kind: 'loading' })

/** What is being set up: the secret that is shown, then the codes that are shown once. */
export const shown = signal<FactorShown | null>(null)
export const paper = signal<readonly string[] | null>(null)

/** Whether somebody is there whose sign-in this could be. */
export function isSomebody(): boolean {
  const { value } = account
  return value.kind === 'signed-in' || (value.kind === 'signed-out' && value.mustSetUpFactor === true)
}

/** Loads whenever somebody has signed in; who is out has left nothing on the screen. Once for the page. */
export function followAccount(): void {
  effect(() => {
    if (isSomebody()) return void load()
    own.value = { kind: 'loading' }
    shown.value = null
    paper.value = null
  })
}

/** Asks how it stands. */
export async function load(): Promise<void> {
  const outcome = await callApi<OwnAccount>('GET', '/account')
  if (outcome.ok) own.value = { kind: 'loaded', account: outcome.reply }
  else if (!isOver(outcome)) own.value = { kind: 'failed', code: outcome.code }
}

/** Whether the sign-in is over, which the page then shows. */
function isOver(outcome: ApiOutcome<unknown>): boolean {
  if (outcome.ok || outcome.code !== 'not-signed-in') return false
  becomeSignedOut()
  return true
}

/** Asks for something to be done, and how it stands then. Returns null, or the code to tell about. */
async function act<Reply>(path: string, body: object, onDone: (reply: Reply) => void): Promise<string | null> {
  const outcome = await callApi<Reply>('POST', `/account${path}`, body)
  if (!outcome.ok) return isOver(outcome) ? null : outcome.code
  onDone(outcome.reply)
  return null
}

const again = (): void => void load()

/** Ends one sign-in, or with null all but this one. */
export const endSignIns = (signInId: string | null): Promise<string | null> =>
  act<OwnAccount>('/sign-ins/end', { signInId }, (reply) => (own.value = { kind: 'loaded', account: reply }))

export const changePassword = (password: string, newPassword: string): Promise<string | null> =>
  act('/password', { password, newPassword }, again)

/** Shows a fresh secret. */
export const showFactor = (password: string): Promise<string | null> =>
  act<FactorShown>('/second-factor', { password }, (reply) => (shown.value = reply))

/** Proves it: from here on the code is asked for. */
export const turnFactorOn = (code: string): Promise<string | null> =>
  act<RecoveryCodes>('/second-factor/on', { code }, ({ recoveryCodes }) => {
    shown.value = null
    paper.value = recoveryCodes
    again()
  })

export const turnFactorOff = (password: string, code: string): Promise<string | null> =>
  act('/second-factor/off', { password, code }, again)

/** The codes are written down: whoever could not go on before can now. */
export function putPaperAway(): void {
  paper.value = null
  if (account.peek().kind !== 'signed-in') void loadAccount()
}
