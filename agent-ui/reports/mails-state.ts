/** Reports by e-mail: which are sent, and setting one up or ending it. */
import { signal } from '@preact/signals'
import type { ReportMailBody, ReportMailsReply } from '#server/contract/report-mails.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export type Mails =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | ({ readonly kind: 'loaded' } & ReportMailsReply)

export const mails = signal<Mails>({ kind: 'loading' })
/** Why the last change was not made; null: it was. */
export const mailFault = signal<string | null>(null)
export const isChanging = signal(false)

/** Asks anew; what was there stays until the answer comes. */
export async function loadMails(): Promise<void> {
  if (mails.peek().kind !== 'loaded') mails.value = { kind: 'loading' }
  const outcome = await callApi<ReportMailsReply>('GET', '/report-mails')
  if (outcome.ok) mails.value = { kind: 'loaded', ...outcome.reply }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else mails.value = { kind: 'failed', code: outcome.code }
}

/** Sets a mail up; resolves with whether the server has it. Asked again with the same id, it is set up once. */
export const setMail = (mailId: string, mail: ReportMailBody): Promise<boolean> =>
  change(`/report-mails/${mailId}`, mail)

export const dropMail = (mailId: string): Promise<boolean> => change(`/report-mails/${mailId}/drop`)

async function change(path: string, body?: object): Promise<boolean> {
  isChanging.value = true
  mailFault.value = null
  const outcome = await callApi<ReportMailsReply>('POST', path, body)
  isChanging.value = false
  if (outcome.ok) mails.value = { kind: 'loaded', ...outcome.reply }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else mailFault.value = outcome.code
  return outcome.ok
}
