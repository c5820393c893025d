/** After a call: time to finish, with its end in sight. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AgentView, AgentWorkView, CallForAgent } from '#server/contract/views.ts'
import { clockText, shareLeft } from '../model/duration.ts'
import { nowAt } from '../session/server-clock.ts'
import { label, t } from '../text/language.ts'
import { awayWords } from '../text/words.ts'
import { matterText, placeText } from './call-facts.tsx'
import { KnowledgeAfterCall } from './desk-knowledge.tsx'
import { finishAndPause, finishWrapUp, lastCall, lengthenWrapUp, pending } from './desk-state.ts'
import { WrapUpForm } from './wrap-up-form.tsx'
import { sheet } from './wrap-up-state.ts'
import { WhyThisCall } from './why-this-call.tsx'
import { Key, ariaChord, shortcuts } from './shortcuts.ts'

type WrapUp = Extract<AgentWorkView, { kind: 'wrap-up' }>

export function WrapUpScreen({ view, work }: { view: AgentView; work: WrapUp }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const leftMs = Math.max(0, Math.ceil((work.endsAt - nowAt.value) / 1000) * 1000)
  const share = shareLeft(work.since, work.endsAt, nowAt.value)
  const isAvailable = view.availability === 'available'
  const isBusy = pending.value !== null
  return (
    <div class="idle">
      <section class="card wrap-up" aria-labelledby="wrap-up-title">
        <h1 id="wrap-up-title" ref={title} tabIndex={-1}>
          {t('wrapUp.title')}
        </h1>
        <AboutCall work={work} />
        <div class="wrap-up-time">
          <p role="timer" aria-live="off" aria-label={t('wrapUp.timeLeftLabel')} class="big-clock">
            {clockText(leftMs)}
          </p>
          <progress class="countdown-bar" max={1} value={share} aria-hidden="true" />
          <p class="quiet">
            {isAvailable || view.awayReason === null
              ? t('wrapUp.thenReady')
              : t('wrapUp.thenAway', { reason: t(awayWords[view.awayReason]) })}
          </p>
        </div>
        <div class="row">
          <button
            type="button"
            class="primary large"
            disabled={isBusy}
            aria-keyshortcuts={ariaChord(shortcuts.finish)}
            onClick={() => void finishWrapUp()}
          >
            {isAvailable ? t('wrapUp.finish') : t('wrapUp.finishOnly')}
          </button>
          {isAvailable && (
            <button type="button" class="large" disabled={isBusy} onClick={() => void finishAndPause()}>
              {t('wrapUp.finishAndPause')}
            </button>
          )}
        </div>
        <MoreTime work={work} isBusy={isBusy} />
        <p class="quiet">
          {t('wrapUp.key')} <Key chord={shortcuts.finish} />
        </p>
        <WhyThisCall callId={work.callId} view={view} />
      </section>
      <section class="card wrap-up-sheet" aria-labelledby="sheet-title">
        <h2 id="sheet-title">{t('after.title')}</h2>
        <WrapUpForm />
      </section>
      <KnowledgeAfterCall call={callOf(work)} sheet={sheet.value.kind === 'open' ? sheet.value.sheet : null} />
    </div>
  )
}

const callOf = (work: WrapUp): CallForAgent | null =>
  work.call ?? (lastCall.value?.callId === work.callId ? lastCall.value : null)

/** Which call it was: as it was on the desk, or, in a window that was opened since, as the server tells it. */
function AboutCall({ work }: { work: WrapUp }): JSX.Element | null {
  const call = callOf(work)
  if (call !== null) {
    return (
      <p class="wrap-up-call">
        <strong>{call.siteName}</strong>
        <span>{matterText(call)}</span>
        <span class="quiet">{placeText(call)}</span>
      </p>
    )
  }
  if (sheet.value.kind !== 'open') return null
  const { siteName, serviceLabels, matterLabels } = sheet.value.sheet
  return (
    <p class="wrap-up-call">
      <strong>{siteName}</strong>
      <span>{label(matterLabels ?? serviceLabels)}</span>
    </p>
  )
}

/** More time for whoever has more to write, and how much there is at most. */
function MoreTime({ work, isBusy }: { work: WrapUp; isBusy: boolean }): JSX.Element {
  const leftMs = work.endsAtLatest - work.endsAt
  if (leftMs <= 0) return <p class="quiet">{t('wrapUp.longest')}</p>
  return (
    <p class="wrap-up-more">
      <button
        type="button"
        disabled={isBusy}
        aria-keyshortcuts={ariaChord(shortcuts.lengthen)}
        onClick={() => void lengthenWrapUp()}
      >
        {t('wrapUp.lengthen')}
      </button>
      <span class="quiet">
        {t('wrapUp.lengthenAtMost', { time: clockText(work.endsAtLatest - work.since) })}{' '}
        <Key chord={shortcuts.lengthen} />
      </span>
    </p>
  )
}
