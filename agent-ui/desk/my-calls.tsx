/** Between calls: the calls the agent had today, or any of theirs that is searched for, with what came of each and why it came. */
import { useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { MyCall } from '#server/contract/my-calls.ts'
import type { AgentView } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { clockTimeText, dayTimeText } from '../model/copenhagen-time.ts'
import { clockText } from '../model/duration.ts'
import { ticketText } from '../model/ticket-text.ts'
import { formatTag, label, t } from '../text/language.ts'
import { errorText, languageWords } from '../text/words.ts'
import { linkState } from './desk-state.ts'
import { loadMore, loadMyCalls, lookFor, myCalls, search, type MyCalls } from './my-calls-state.ts'
import { MyCallsSearch } from './my-calls-search.tsx'
import { WhyThisCall } from './why-this-call.tsx'

export function MyCallsCard({ view }: { view: AgentView }): JSX.Element {
  useEffect(() => void loadMyCalls(), [])
  // What did not come for want of a connection comes with it.
  useSignalEffect(() => {
    if (linkState.value.kind === 'online' && myCalls.peek().kind === 'failed') void loadMyCalls()
  })
  const isToday = search.value === null
  return (
    <section class="card my-calls" aria-labelledby="my-calls-title">
      <header class="card-head">
        <h2 id="my-calls-title">{isToday ? t('mine.today') : t('mine.found')}</h2>
        {!isToday && (
          <button type="button" class="plain" onClick={() => void lookFor(null)}>
            {t('mine.backToToday')}
          </button>
        )}
      </header>
      <MyCallsSearch />
      <Found found={myCalls.value} isToday={isToday} view={view} />
    </section>
  )
}

function Found({ found, isToday, view }: { found: MyCalls; isToday: boolean; view: AgentView }): JSX.Element {
  if (found.kind === 'loading') {
    return (
      <p class="my-calls-state" role="status" aria-busy="true">
        <span class="spinner" aria-hidden="true" />
        {t('mine.loading')}
      </p>
    )
  }
  if (found.kind === 'failed') {
    return (
      <div class="my-calls-state" role="alert">
        <Icon name="warning" />
        <p>
          {t('mine.failed')} {errorText(found.code)}
        </p>
        <button type="button" onClick={() => void loadMyCalls()}>
          {t('page.tryAgain')}
        </button>
      </div>
    )
  }
  if (found.calls.length === 0) {
    return (
      <p class="empty" role="status">
        {isToday ? t('mine.noneToday') : t('mine.noneFound')}
      </p>
    )
  }
  return (
    <>
      <p class="visually-hidden" role="status">
        {t('mine.count', { count: found.calls.length })}
      </p>
      <ul class="my-calls-list">
        {found.calls.map((call) => (
          <OneCall key={`${call.callId} ${call.acceptedAt}`} call={call} isToday={isToday} view={view} />
        ))}
      </ul>
      {found.nextBefore !== null && <More found={found} />}
    </>
  )
}

function More({ found: { more } }: { found: Extract<MyCalls, { kind: 'loaded' }> }): JSX.Element {
  return (
    <div class="my-calls-more">
      {more.kind === 'failed' && (
        <p role="alert">
          {t('mine.failed')} {errorText(more.code)}
        </p>
      )}
      <button type="button" disabled={more.kind === 'loading'} onClick={() => void loadMore()}>
        {t('mine.more')}
      </button>
    </div>
  )
}

function OneCall({ call, isToday, view }: { call: MyCall; isToday: boolean; view: AgentView }): JSX.Element {
  const { acceptedAt, hungUpAt, isBeside, outcomes, isSolvedFirst, ticket } = call
  const when = isToday ? clockTimeText(acceptedAt, formatTag()) : dayTimeText(acceptedAt, formatTag())
  return (
    <li class="my-call">
      <div class="my-call-head">
        <p>
          <time dateTime={new Date(acceptedAt).toISOString()}>{when}</time> <strong>{call.siteName ?? '–'}</strong>
        </p>
        <p>{`${label(call.matterLabels ?? call.serviceLabels)} · ${t(languageWords[call.language])}`}</p>
        <p class="quiet">
          {t(isBeside ? 'mine.beside' : 'mine.lasted', { time: clockText(hungUpAt - acceptedAt) })}
          {ticket !== null && ` · ${t('mine.ticketOf', { ticket: ticketText(ticket) })}`}
          {call.outcome === 'failed' && ` · ${t('mine.broke')}`}
          {isBeside && call.outcome === 'abandoned' && ` · ${t('mine.notTaken')}`}
        </p>
      </div>
      {(outcomes.length > 0 || isSolvedFirst !== null) && (
        <ul class="my-call-outcomes" aria-label={t('mine.outcomes')}>
          {outcomes.map(({ code, labels }) => (
            <li key={code}>{labels === null ? code : label(labels)}</li>
          ))}
          {isSolvedFirst !== null && <li>{isSolvedFirst ? t('mine.solved') : t('mine.notSolved')}</li>}
        </ul>
      )}
      {/* Whoever took it has the note, and it came to them. */}
      {!isBeside && <Note call={call} />}
      {!isBeside && <WhyThisCall callId={call.callId} view={view} />}
    </li>
  )
}

function Note({ call: { note } }: { call: MyCall }): JSX.Element {
  switch (note.kind) {
    case 'none':
      return <p class="quiet my-call-note">{t('mine.noNote')}</p>
    case 'deleted':
      return <p class="quiet my-call-note">{t('mine.noteDeleted')}</p>
    case 'kept':
      return (
        <div class="my-call-note">
          <p class="my-call-note-text">{note.text}</p>
          <p class="quiet">{t('mine.noteUntil', { day: dayTimeText(note.until, formatTag()) })}</p>
        </div>
      )
  }
}
