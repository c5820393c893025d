/**
 * What the agent writes down about a call, kept while it is written. Each change stands in this tab's own storage until
 * the server has it, so that neither a reload nor a lost connection nor the end of the wrap-up loses a word.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import type { OutcomeCode, WrapUpForm, WrapUpSheet } from '#server/contract/wrap-up.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { askBeside, linkState, view } from './desk-state.ts'

/** Sooner, and each word is a message of its own; later, and more is on its way when the network goes. */
const SAVE_AFTER_MS = 500
const DRAFT_AS = 'skranke.wrap-up.'

type Sheet =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'open'; readonly sheet: WrapUpSheet }

/** `unsaved`: on its way, or waiting for the connection. */
export type Saving =
  { readonly kind: 'nothing' | 'unsaved' | 'saved' } | { readonly kind: 'failed'; readonly code: string }

/** The call that is being wrapped up; null while there is none. */
const callId = computed<CallId | null>(() => {
  const work = view.value?.work
  return work?.kind === 'wrap-up' ? work.callId : null
})

export const sheet = signal<Sheet>({ kind: 'loading' })
export const form = signal<WrapUpForm>({ outcomeCodes: [], isSolvedFirst: null, note: '' })
export const saving = signal<Saving>({ kind: 'nothing' })

let saveTimer: ReturnType<typeof setTimeout> | undefined

/** Starts following the desk. Once for the page. */
export function followWrapUps(): void {
  effect(() => {
    const { value } = callId
    untracked(() => (value === null ? saveNow() : void openSheet(value)))
  })
  effect(() => {
    if (linkState.value.kind === 'online') untracked(saveNow)
  })
}

/** Asks for the sheet again, where it did not come. */
export function openSheetAgain(): void {
  if (callId.value !== null) void openSheet(callId.value)
}

async function openSheet(wanted: CallId): Promise<void> {
  batch(() => {
    sheet.value = { kind: 'loading' }
    saving.value = { kind: 'nothing' }
  })
  // It may be sent, and kept no longer, before the server has told what it knew until then.
  const draftBefore = draftOf(wanted)
  try {
    const opened = await askBeside('wrap-up.read', { callId: wanted })
    if (callId.value !== wanted) return
    const draft = draftOf(wanted)
    batch(() => {
      form.value = draft ?? draftBefore ?? opened.form
      sheet.value = { kind: 'open', sheet: opened }
      if (draftBefore !== null) saving.value = { kind: draft === null ? 'saved' : 'unsaved' }
    })
    if (draft !== null) saveNow()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (callId.value === wanted) sheet.value = { kind: 'failed', code: error.code }
  }
}

/** The agent has written or chosen something. */
export function write(changes: Partial<WrapUpForm>): void {
  const { value: wanted } = callId
  if (wanted === null || sheet.value.kind !== 'open') return
  form.value = { ...form.value, ...changes }
  keepDraft(wanted, form.value)
  saving.value = { kind: 'unsaved' }
  clearTimeout(saveTimer)
  saveTimer = setTimeout(saveNow, SAVE_AFTER_MS)
}

export function toggleOutcome(code: OutcomeCode): void {
  const { outcomeCodes } = form.value
  const isChosen = outcomeCodes.includes(code)
  write({ outcomeCodes: isChosen ? outcomeCodes.filter((each) => each !== code) : [...outcomeCodes, code] })
}

/** Sends what the server has not yet, also of a call whose wrap-up is over. */
export function saveNow(): void {
  clearTimeout(saveTimer)
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(DRAFT_AS)) void save(key.slice(DRAFT_AS.length) as CallId)
  }
}

const underWay = new Set<CallId>()

async function save(of: CallId): Promise<void> {
  // Whatever is written meanwhile goes afterwards: in the order in which it was written.
  if (underWay.has(of)) return
  underWay.add(of)
  try {
    for (let draft = draftOf(of); draft !== null; draft = draftOf(of)) {
      await askBeside('wrap-up.write', { callId: of, form: draft })
      if (JSON.stringify(draftOf(of)) === JSON.stringify(draft)) dropDraft(of)
    }
    if (callId.value === of && saving.value.kind !== 'nothing') saving.value = { kind: 'saved' }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (callId.value === of) saving.value = { kind: 'failed', code: error.code }
    // It will never be taken: somebody else's call by now, or too long ago.
    if (error.code === 'unknown-call') dropDraft(of)
  } finally {
    underWay.delete(of)
  }
}

function draftOf(of: CallId): WrapUpForm | null {
  const kept = sessionStorage.getItem(DRAFT_AS + of)
  // Written by this page and by nothing else; the server checks it as it checks everything.
  return kept === null ? null : (JSON.parse(kept) as WrapUpForm)
}

function keepDraft(of: CallId, draft: WrapUpForm): void {
  sessionStorage.setItem(DRAFT_AS + of, JSON.stringify(draft))
}

function dropDraft(of: CallId): void {
  sessionStorage.removeItem(DRAFT_AS + of)
}
