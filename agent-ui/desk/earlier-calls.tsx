/** What the citizen of an offer has called about earlier today, as far as the ticket tells. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { EarlierCall, EarlierCalls as Reply } from '#server/contract/desk.ts'
import type { CallId } from '#server/contract/ids.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { callApi } from '../session/api.ts'
import { formatTag, label, t } from '../text/language.ts'

const outcomeWords = {
  answered: 'earlier.answered',
  abandoned: 'earlier.abandoned',
  expired: 'earlier.expired',
  failed: 'earlier.failed',
  full: 'earlier.notLetIn',
  closed: 'earlier.notLetIn',
  paused: 'earlier.notLetIn',
} as const satisfies Record<EarlierCall['outcome'], string>

/** Nothing where there are none, or they cannot be fetched: the offer does not wait for them. */
export function EarlierCalls({ callId }: { callId: CallId }): JSX.Element | null {
  const calls = useSignal<readonly EarlierCall[]>([])
  useEffect(() => {
    let isOver = false
    void callApi<Reply>('GET', `/calls/${callId}/earlier`).then((outcome) => {
      if (!isOver && outcome.ok) calls.value = outcome.reply.calls
    })
    return () => {
      isOver = true
    }
  }, [callId])
  if (calls.value.length === 0) return null
  return (
    <section class="earlier" aria-labelledby="earlier-title">
      <h2 id="earlier-title">{t('earlier.title')}</h2>
      <ul>
        {calls.value.map((call) => (
          <li key={call.callId}>{lineOf(call)}</li>
        ))}
      </ul>
    </section>
  )
}

function lineOf({ arrivedAt, siteName, serviceLabels, agentName, outcome }: EarlierCall): string {
  const parts = [
    t('earlier.at', { time: clockTimeText(arrivedAt, formatTag()) }),
    ...(serviceLabels === null ? [] : [label(serviceLabels)]),
    siteName,
    agentName === null || outcome !== 'answered' ? t(outcomeWords[outcome]) : t('earlier.with', { name: agentName }),
  ]
  return parts.join(', ')
}
