/** Who else is in the call, and asking one more in. The citizen is never put on hold for it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { isAgentAllowed } from '#server/contract/capabilities.ts'
import type { JoinId, Skill } from '#server/contract/ids.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { joinableAttributes } from '../model/attributes.ts'
import { attributeText, levelTexts } from '../text/attribute-text.ts'
import { joinAskedText, joinStateText } from '../text/join-text.ts'
import { formatTag, t } from '../text/language.ts'
import { pending } from './desk-state.ts'
import { askColleague, cancelJoin } from './join-state.ts'

interface Parts {
  readonly view: AgentView
  readonly call: CallForAgent
}

/** Who else is in the call. Always there, so that somebody who comes is read out. */
export function Others({ call }: { call: CallForAgent }): JSX.Element {
  return (
    <p class="others" role="status">
      {call.others.length > 0 && (
        <>
          <Icon name="person" />
          <span>
            {t('call.others')} <strong>{call.others.map(({ name }) => name).join(', ')}</strong>
          </span>
        </>
      )}
    </p>
  )
}

interface WaitingJoinsProps extends Parts {
  /** One was taken back, and the button that did it is gone: the keyboard needs another place. */
  readonly onCancelled: () => void
}

/** Everybody who was asked in and has not come yet. Always there, so that whoever is asked in is read out. */
export function WaitingJoins({ view, call, onCancelled }: WaitingJoinsProps): JSX.Element {
  const cancel = async (joinId: JoinId): Promise<void> => {
    if (await cancelJoin(joinId)) onCancelled()
  }
  return (
    <div class="waiting-joins" aria-live="polite">
      {call.joins.length > 0 && (
        <ul class="joins" aria-label={t('join.list')}>
          {call.joins.map((join) => (
            <WaitingJoin key={join.joinId} view={view} join={join} onCancel={() => void cancel(join.joinId)} />
          ))}
        </ul>
      )}
    </div>
  )
}

interface WaitingJoinProps {
  readonly view: AgentView
  readonly join: CallForAgent['joins'][number]
  readonly onCancel: () => void
}

function WaitingJoin({ view: { queues, work }, join, onCancel }: WaitingJoinProps): JSX.Element {
  return (
    <li class="join-waiting">
      <p class="join-need">{joinAskedText(join, queues)}</p>
      <p>{join.isTransfer ? t('join.leaving') : joinStateText(join)}</p>
      <div class="join-end">
        <span aria-live="off">
          <span class="visually-hidden">{t('status.since')} </span>
          <Elapsed since={join.askedAt} />
        </span>
        {isAgentAllowed('join.cancel', work.kind) && (
          <button type="button" disabled={pending.value !== null} onClick={onCancel}>
            {t('join.cancel')}
            <span class="visually-hidden"> ({attributeText(join.attribute, queues)})</span>
          </button>
        )}
      </div>
    </li>
  )
}

/** Asking one more in, where that may be done now. */
export function JoinPanel({ view, call }: Parts): JSX.Element | null {
  if (!isAgentAllowed('join.ask', view.work.kind)) return null
  return (
    <div class="join">
      <JoinForm view={view} call={call} />
    </div>
  )
}

function JoinForm({ view, call }: Parts): JSX.Element {
  const collator = new Intl.Collator(formatTag())
  const choices = joinableAttributes(view, call)
    .map((attribute) => ({ attribute, text: attributeText(attribute, view.queues) }))
    .sort((a, b) => collator.compare(a.text, b.text))
  const attribute = useSignal<Skill | null>(null)
  const level = useSignal(1)
  const isTransfer = useSignal(false)
  const chosen = attribute.value ?? choices[0]?.attribute ?? null
  const details = useRef<HTMLDetailsElement>(null)
  const summary = useRef<HTMLElement>(null)
  const ask = async (): Promise<void> => {
    if (chosen === null || !(await askColleague(chosen, level.value, isTransfer.value))) return
    if (details.current !== null) details.current.open = false
    summary.current?.focus()
  }
  return (
    <details ref={details}>
      <summary ref={summary}>{t('join.title')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <p class="quiet">{t('join.lead')}</p>
        <label>
          {t('join.attribute')}
          <select
            value={chosen ?? ''}
            onChange={(event) => (attribute.value = choices[event.currentTarget.selectedIndex]?.attribute ?? null)}
          >
            {choices.map((choice) => (
              <option key={choice.attribute} value={choice.attribute}>
                {choice.text}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('join.level')}
          <select value={level.value} onChange={(event) => (level.value = Number(event.currentTarget.value))}>
            {levelTexts().map((choice) => (
              <option key={choice.level} value={choice.level}>
                {choice.text}
              </option>
            ))}
          </select>
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={isTransfer.value}
            onChange={(event) => (isTransfer.value = event.currentTarget.checked)}
          />
          {t('join.handOver')}
        </label>
        <button type="submit" disabled={chosen === null || pending.value !== null}>
          {isTransfer.value ? t('join.transfer') : t('join.ask')}
        </button>
      </form>
    </details>
  )
}
