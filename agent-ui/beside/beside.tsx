/** With a citizen beside the agent: what they want, the line, the conversation, and why there was none. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { CallerView } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { notLetInText } from '../text/beside-text.ts'
import { t } from '../text/language.ts'
import { BesideForm } from './beside-form.tsx'
import { callerView, closeBeside, isAsking, ownCallId, tryAgain } from './beside-state.ts'
import { BesideCall } from './beside-call.tsx'
import { BesideWaiting } from './beside-waiting.tsx'

/** The card on the agent's own desk that leads here. */
export function BesideCard({ onOpen }: { onOpen: () => void }): JSX.Element {
  return (
    <section class="card beside-card" aria-labelledby="beside-card-title">
      <h2 id="beside-card-title">{t('beside.cardTitle')}</h2>
      <p class="quiet">{t('beside.cardText')}</p>
      <p>
        <button type="button" class="large" onClick={onOpen}>
          <Icon name="phone" />
          {t('beside.open')}
        </button>
      </p>
    </section>
  )
}

export function Beside(): JSX.Element {
  const view = callerView.value
  if (view === null) {
    return (
      <p class="beside-busy" role="status" aria-busy="true">
        <span class="spinner" aria-hidden="true" />
        {t('page.loadingTitle')}
      </p>
    )
  }
  const { call } = view
  switch (call?.status) {
    case 'waiting':
    case 'offered':
      return <BesideWaiting view={view} call={call} key={call.callId} />
    case 'connected':
      return <BesideCall call={call} key={call.callId} />
    case 'ended':
      return call.outcome !== 'answered' && call.callId === ownCallId.value ? (
        <NoCall call={call} />
      ) : (
        <BesideForm view={view} />
      )
    default:
      return <BesideForm view={view} />
  }
}

type Ended = Extract<NonNullable<CallerView['call']>, { status: 'ended' }>

/** The same reasons as a citizen is told at a kiosk. What was written stands, for another try. */
function NoCall({ call }: { call: Ended }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { heading, text } = notLetInText(call)
  return (
    <section class="card beside-end" aria-labelledby="beside-title">
      <Icon name="warning" />
      <div>
        <h1 id="beside-title" ref={title} tabIndex={-1}>
          {heading}
        </h1>
        <p>{text}</p>
        <p class="row">
          <button type="button" class="primary" disabled={isAsking.value} onClick={() => void tryAgain()}>
            {t('page.tryAgain')}
          </button>
          <button type="button" onClick={closeBeside}>
            {t('beside.back')}
          </button>
        </p>
      </div>
    </section>
  )
}
