/** Asks the server why a call went as it did. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CallExplanation } from '#server/contract/explanation.ts'
import type { CallId } from '#server/contract/ids.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export type Explained =
  | { readonly kind: 'loading' | 'unknown' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly explanation: CallExplanation }

/** What came back for this call, and a way to ask once more. Another call's late answer is never shown for it. */
export function useExplanation(callId: CallId): { readonly explained: Explained; readonly askAgain: () => void } {
  const explained = useSignal<Explained>({ kind: 'loading' })
  const attempt = useSignal(0)
  useEffect(() => {
    let isWanted = true
    explained.value = { kind: 'loading' }
    void askFor(callId).then((answer) => {
      if (isWanted && answer !== null) explained.value = answer
    })
    return () => {
      isWanted = false
    }
  }, [callId, attempt.value])
  return { explained: explained.value, askAgain: () => (attempt.value += 1) }
}

/** Null where the page is about to be left. */
async function askFor(callId: CallId): Promise<Explained | null> {
  const outcome = await callApi<CallExplanation>('GET', `/calls/${callId}/explanation`)
  if (outcome.ok) return { kind: 'loaded', explanation: outcome.reply }
  if (outcome.code === 'unknown-call') return { kind: 'unknown' }
  if (outcome.code !== 'not-signed-in') return { kind: 'failed', code: outcome.code }
  becomeSignedOut()
  return null
}
