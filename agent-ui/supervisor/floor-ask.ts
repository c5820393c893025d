/** Asking the server for one thing at a time from a form, and saying why it was not done. */
import { signal, type ReadonlySignal } from '@preact/signals'
import { Refusal } from '#sfu/contract/wire.ts'
import { errorText, type ErrorDetail } from '../text/words.ts'

/** What a refusal means, by its code; some say more than the code. */
type Words = Readonly<Record<string, string | ((detail: ErrorDetail) => string)>>

export interface Asking {
  readonly isBusy: ReadonlySignal<boolean>
  /** In words; null where the last thing was done. */
  readonly fault: ReadonlySignal<string | null>
  /** Whether it was done. `words`: what a refusal means here, where that is not what it means everywhere. */
  ask(what: () => Promise<void>, words?: Words): Promise<boolean>
}

/** What one form asks. */
export function newAsking(): Asking {
  const isBusy = signal(false)
  const fault = signal<string | null>(null)
  return {
    isBusy,
    fault,
    async ask(what, words = {}) {
      isBusy.value = true
      fault.value = null
      try {
        await what()
        return true
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const said = words[error.code] ?? errorText(error.code)
        fault.value = typeof said === 'string' ? said : said(error.detail ?? {})
        return false
      } finally {
        isBusy.value = false
      }
    },
  }
}
