/** Who else is in the call and who asked them, who is waited for, and who does not come. The citizen is never put on hold for it. */
import type { JSX } from 'preact'
import { isAgentAllowed } from '#server/contract/capabilities.ts'
import type { JoinId } from '#server/contract/ids.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { joinAskedText, joinStateText, targetText, unmetText } from '../text/join-text.ts'
import { t } from '../text/language.ts'
import { AskedIn, HandOverNote } from './asked-in.tsx'
import { pending } from './desk-state.ts'
import { cancelJoin } from './join-state.ts'

interface Parts {
  readonly view: AgentView
  readonly call: CallForAgent
}

/** Who else is in the call, and by whom each was asked. Always there, so that somebody who comes is read out. */
export function Others({ call }: { call: CallForAgent }): JSX.Element {
  const asked = call.others.flatMap(({ askedIn, name }) => (askedIn === null ? [] : [{ askedIn, name }]))
  return (
    <>
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
      {call.askedIn !== null && <AskedIn askedIn={call.askedIn} />}
      {asked.map(({ askedIn, name }) => (
        <AskedIn key={askedIn.joinId} askedIn={askedIn} whom={name} />
      ))}
    </>
  )
}

interface WaitingJoinsProps extends Parts {
  /** One was taken back, and the button that did it is gone: the keyboard needs another place. */
  readonly onCancelled: () => void
}

/** Everybody who was asked in and has not come yet, and who does not come. Always there, so that it is read out. */
export function WaitingJoins({ view, call, onCancelled }: WaitingJoinsProps): JSX.Element {
  const cancel = async (joinId: JoinId): Promise<void> => {
    if (await cancelJoin(joinId)) onCancelled()
  }
  return (
    <div class="waiting-joins" aria-live="polite">
      {call.unmet !== null && (
        <p class="unmet">
          <Icon name="warning" />
          <span>
            <strong>{unmetText(call.unmet)}</strong> {t('unmet.next')}
          </span>
        </p>
      )}
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

function WaitingJoin({ view: { work, name }, join, onCancel }: WaitingJoinProps): JSX.Element {
  return (
    <li class="join-waiting">
      <p class="join-need">{joinAskedText(join)}</p>
      {join.byName !== name && <p class="quiet">{t('join.by', { name: join.byName })}</p>}
      <p>{join.isTransfer && join.byName === name ? t('join.leaving') : joinStateText(join)}</p>
      <HandOverNote note={join.note} />
      <div class="join-end">
        <span aria-live="off">
          <span class="visually-hidden">{t('status.since')} </span>
          <Elapsed since={join.askedAt} />
        </span>
        {isAgentAllowed('join.cancel', work.kind) && (
          <button type="button" disabled={pending.value !== null} onClick={onCancel}>
            {t('join.cancel')}
            <span class="visually-hidden"> ({targetText(join.target)})</span>
          </button>
        )}
      </div>
    </li>
  )
}
