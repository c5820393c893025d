/** What supervisors have written to the agent, above whatever they do, until they say that they have read it. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { StaffMessageView } from '#server/contract/staff-messages.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { Icon } from '../components/icons.tsx'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { askBeside, problem, view } from './desk-state.ts'

const isBusy = signal(false)

export function StaffMessages(): JSX.Element {
  return (
    <div class="staff-messages" role="log" aria-label={t('messages.title')}>
      {(view.value?.messages ?? []).map((message) => (
        <Message key={message.messageId} message={message} />
      ))}
    </div>
  )
}

function Message({ message }: { message: StaffMessageView }): JSX.Element {
  const { words, byName, sentAt } = message
  return (
    <div class="notice notice-absence">
      <Icon name="person" />
      <span>
        <strong>{t('messages.from', { name: byName, time: clockTimeText(sentAt, formatTag()) })}</strong> {words}
      </span>
      <button type="button" class="plain" disabled={isBusy.value} onClick={() => void read(message)}>
        {t('messages.read')}
      </button>
    </div>
  )
}

/** It goes from the desk when the server has it: the view that comes then has it no more. */
async function read({ messageId }: StaffMessageView): Promise<void> {
  isBusy.value = true
  try {
    await askBeside('message.read', { messageId })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problem.value = { code: error.code, detail: error.detail }
  } finally {
    isBusy.value = false
  }
}
