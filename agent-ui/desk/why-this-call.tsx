/** After a call: why it waited, and why it came to this agent. Asked for only when it is opened. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { CallId } from '#server/contract/ids.ts'
import type { AgentView } from '#server/contract/views.ts'
import { CallExplanation } from '../explanation/call-explanation.tsx'
import { t } from '../text/language.ts'

export function WhyThisCall({ callId, view }: { callId: CallId; view: AgentView }): JSX.Element {
  const isOpen = useSignal(false)
  return (
    <details class="why-this-call" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{t('explain.whyMine')}</summary>
      {isOpen.value && (
        <CallExplanation callId={callId} names={{ queues: view.queues, hrefOf: null, readerId: view.agentId }} />
      )}
    </details>
  )
}
