/** Asks the server for the rules in force. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PolicyReply } from '#server/contract/policy.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'
import { nowAt } from '../session/server-clock.ts'

export interface Rules {
  /** What came back last, which stays while it is asked for again. */
  readonly loaded: { readonly reply: PolicyReply; readonly at: number } | null
  readonly isAsking: boolean
  /** Why the last answer did not come; null where it did. */
  readonly faultCode: string | null
}

/** The rules, and a way to ask once more: who is at work, and so how long one may wait, changes all day. */
export function useRules(): { readonly rules: Rules; readonly askAgain: () => void } {
  const rules = useSignal<Rules>({ loaded: null, isAsking: true, faultCode: null })
  const attempt = useSignal(0)
  useEffect(() => {
    let isWanted = true
    rules.value = { ...rules.peek(), isAsking: true }
    void callApi<PolicyReply>('GET', '/policy').then((outcome) => {
      if (!isWanted) return
      const { loaded } = rules.peek()
      if (outcome.ok) {
        rules.value = { loaded: { reply: outcome.reply, at: nowAt.peek() }, isAsking: false, faultCode: null }
      } else if (outcome.code === 'not-signed-in') becomeSignedOut()
      else rules.value = { loaded, isAsking: false, faultCode: outcome.code }
    })
    return () => {
      isWanted = false
    }
  }, [attempt.value])
  return { rules: rules.value, askAgain: () => (attempt.value += 1) }
}
