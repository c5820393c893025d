/** «Why did the call wait?»: a field for the id of a call, and its explanation. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { BoardHeader } from '../components/board-header.tsx'
import { ConnectionBadge } from '../components/connection-badge.tsx'
import { CallExplanation } from '../explanation/call-explanation.tsx'
import type { Names } from '../explanation/names.ts'
import { callHash, callIdIn } from '../model/call-address.ts'
import { t } from '../text/language.ts'
import { linkState, view } from './floor-state.ts'
import { showCall, type ShownPage } from './shown-page.ts'

type CallShown = Extract<ShownPage, { kind: 'call' }>

export function CallPage({ shown }: { shown: CallShown }): JSX.Element {
  const { callId } = shown
  document.title = t('title.call')
  const names: Names = { queues: view.value?.queues ?? [], hrefOf: callHash, readerId: null }
  return (
    <div class="board">
      <BoardHeader current="call">
        <ConnectionBadge state={linkState.value} />
      </BoardHeader>
      <main class="board-main">
        <section class="card call-card" aria-labelledby="call-title">
          <h1 id="call-title">{t('explain.title')}</h1>
          <CallSearch shown={shown} key={callId} />
          {callId === null ? (
            <p class="quiet">{t('explain.empty')}</p>
          ) : (
            <CallExplanation callId={callId} names={names} key={callId} />
          )}
        </section>
      </main>
    </div>
  )
}

function CallSearch({ shown }: { shown: CallShown }): JSX.Element {
  const isWrong = useSignal(shown.isWrong)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (shown.callId === null) field.current?.focus()
  }, [])
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const callId = callIdIn(field.current?.value ?? '')
    isWrong.value = callId === null
    if (callId === null) field.current?.focus()
    else showCall(callId)
  }
  return (
    <form class="call-search" role="search" noValidate onSubmit={submit}>
      <label>
        {t('explain.callId')}
        <input
          ref={field}
          name="call"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          defaultValue={shown.callId ?? ''}
          aria-invalid={isWrong.value}
          aria-describedby={isWrong.value ? 'call-fault' : undefined}
        />
      </label>
      <button type="submit" class="primary">
        {t('explain.search')}
      </button>
      {isWrong.value && (
        <p class="fault" role="alert" id="call-fault">
          {t('explain.notAnId')}
        </p>
      )}
    </form>
  )
}
