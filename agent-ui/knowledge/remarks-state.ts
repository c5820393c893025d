/** What was said against articles that are one's own, or against all of them, and whether it is done with. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RemarkId, RemarksReply, RemarkView } from '#server/contract/knowledge.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export interface Remarks {
  /** What came back last; null before anything did. */
  readonly remarks: readonly RemarkView[] | null
  readonly isAsking: boolean
  /** Why the last thing that was asked was not done; null where it was. */
  readonly faultCode: string | null
}

/** The remarks, a way to ask once more, and a way to be done with one. */
export function useRemarks(): {
  readonly now: Remarks
  readonly askAgain: () => Promise<void>
  readonly finish: (remarkId: RemarkId) => Promise<void>
} {
  const now = useSignal<Remarks>({ remarks: null, isAsking: true, faultCode: null })
  const failed = (code: string): void => {
    if (code === 'not-signed-in') becomeSignedOut()
    else now.value = { ...now.peek(), isAsking: false, faultCode: code }
  }
  const askAgain = async (): Promise<void> => {
    now.value = { ...now.peek(), isAsking: true }
    const outcome = await callApi<RemarksReply>('GET', '/knowledge/remarks')
    if (!outcome.ok) return failed(outcome.code)
    now.value = { remarks: outcome.reply.remarks, isAsking: false, faultCode: null }
  }
  const finish = async (remarkId: RemarkId): Promise<void> => {
    now.value = { ...now.peek(), isAsking: true }
    const outcome = await callApi('POST', `/knowledge/remarks/${remarkId}/done`, {})
    if (outcome.ok) await askAgain()
    else failed(outcome.code)
  }
  useEffect(() => void askAgain(), [])
  return { now: now.value, askAgain, finish }
}
