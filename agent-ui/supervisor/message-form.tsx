/** Writing to one agent, or to everybody at work: it stands on their desks until they have read it. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AgentId } from '#server/contract/ids.ts'
import { MESSAGE_LETTERS_MAX, type StaffMessageId } from '#server/contract/staff-messages.ts'
import type { AgentForSupervisor } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'

const { isBusy, fault, ask } = newAsking()
const toAgentId = signal('')
const words = signal('')
/** To how many the last one went; null where another is being written. */
const sentTo = signal<number | null>(null)

export function MessageForm({ agents }: { agents: readonly AgentForSupervisor[] }): JSX.Element {
  const named = agents.toSorted((a, b) => a.name.localeCompare(b.name))
  const isThere = agents.some(({ agentId }) => agentId === toAgentId.value)
  return (
    <form class="notices-form" aria-labelledby="message-title" onSubmit={submit}>
      <h3 id="message-title">{t('messages.write')}</h3>
      <label>
        {t('messages.to')}
        <select
          value={isThere ? toAgentId.value : ''}
          onChange={(event) => (toAgentId.value = event.currentTarget.value)}
        >
          <option value="">{t('messages.toAll')}</option>
          {named.map((agent) => (
            <option key={agent.agentId} value={agent.agentId}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      <label class="notices-words">
        {t('messages.words')}
        <input
          type="text"
          name="message"
          autocomplete="off"
          maxLength={MESSAGE_LETTERS_MAX}
          value={words.value}
          onInput={(event) => write(event.currentTarget.value)}
        />
      </label>
      <button type="button" onClick={() => write(t('messages.comeBackWords'))}>
        {t('messages.comeBack')}
      </button>
      <button type="submit" class="primary" disabled={isBusy.value || words.value.trim() === ''}>
        {t('messages.send')}
      </button>
      <p class="quiet waiting-hint" aria-live="polite">
        {sentTo.value === null ? t('messages.hint') : t('messages.sent', { count: sentTo.value })}
      </p>
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

function write(text: string): void {
  words.value = text
  sentTo.value = null
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  const text = words.value.trim()
  if (text === '') return
  const messageId = crypto.randomUUID() as string as StaffMessageId
  const to = toAgentId.value === '' ? null : (toAgentId.value as string as AgentId)
  void ask(
    async () => {
      const { toCount } = await askFloor('message.send', { messageId, toAgentId: to, words: text })
      words.value = ''
      sentTo.value = toCount
    },
    { 'unknown-agent': t('stepIn.agentGone') },
  )
}
