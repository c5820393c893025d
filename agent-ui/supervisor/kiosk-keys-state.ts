/** Which screens are set up, and setting one up or sending it away: asked for when somebody looks. */
import { computed, signal } from '@preact/signals'
import type { MachineOrder } from '#server/contract/kiosk-care.ts'
import { ENROL_CODE_LENGTH, type KioskKeysReply, type LastReport } from '#server/contract/kiosk-keys.ts'
import { callApi, type ApiOutcome } from '../session/api.ts'
import { errorText } from '../text/words.ts'

export const isShown = signal(false)
/** Null until it has come. */
export const reply = signal<KioskKeysReply | null>(null)
export const fault = signal<string | null>(null)
export const isBusy = signal(false)
export const chosenId = signal('')
/** As it was typed: with spaces, hyphens and small letters. */
export const typedCode = signal('')
/** The screen that was set up last, for the word about it. */
export const doneId = signal<string | null>(null)
export const isRevokeAsked = signal(false)
/** The last word of the chosen screen; null until it has come. */
export const report = signal<LastReport | null>(null)
/** What was ordered of the chosen screen has gone out. */
export const ordered = signal(false)

export const chosen = computed(() => reply.value?.kiosks.find(({ kioskId }) => kioskId === chosenId.value))

const code = computed(() => typedCode.value.replaceAll(/[\s-]/g, '').toUpperCase())
export const isCodeWhole = computed(() => code.value.length === ENROL_CODE_LENGTH)

export async function show(): Promise<void> {
  isShown.value = true
  await take(callApi<KioskKeysReply>('GET', '/kiosks/keys'))
}

/** Another screen: nothing is left of what was about the last. */
export function choose(kioskId: string): void {
  chosenId.value = kioskId
  fault.value = null
  doneId.value = null
  isRevokeAsked.value = false
  report.value = null
  ordered.value = false
  if (kioskId !== '') void readReport(kioskId)
}

async function readReport(kioskId: string): Promise<void> {
  const outcome = await callApi<LastReport>('GET', `/kiosks/${kioskId}/report`)
  // Without it the rest of the card is as good as before.
  if (outcome.ok && chosenId.value === kioskId) report.value = outcome.reply
}

export async function enrol(): Promise<void> {
  const kioskId = chosenId.value
  doneId.value = null
  if (!(await act('enrol', { code: code.value, kioskId }))) return
  typedCode.value = ''
  doneId.value = kioskId
}

export async function revoke(): Promise<void> {
  doneId.value = null
  if (await act('revoke', { kioskId: chosenId.value })) isRevokeAsked.value = false
}

export const askRotation = (): Promise<boolean> => act('rotate', { kioskId: chosenId.value })

export async function order(what: MachineOrder): Promise<void> {
  ordered.value = false
  ordered.value = await act('order', { kioskId: chosenId.value, order: what })
}

const act = (what: 'enrol' | 'revoke' | 'rotate' | 'order', body: object): Promise<boolean> =>
  take(callApi<KioskKeysReply>('POST', `/kiosks/${what}`, body))

/** Whether it was done. */
async function take(asked: Promise<ApiOutcome<KioskKeysReply>>): Promise<boolean> {
  isBusy.value = true
  fault.value = null
  const outcome = await asked
  isBusy.value = false
  if (outcome.ok) reply.value = outcome.reply
  // A code with letters that no code has is as unknown as any other.
  else fault.value = errorText(outcome.code === 'bad-request' ? 'unknown-code' : outcome.code)
  return outcome.ok
}
