/** A call rings: who it is, and the time there is to take it. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AgentWorkView, CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { ticketText } from '../model/ticket-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords, siteTypeWords } from '../text/words.ts'
import { addressText, matterText } from './call-facts.tsx'
import { AskedIn } from './asked-in.tsx'
import { CallMarks } from './call-marks.tsx'
import { mediaFault } from './call-media.ts'
import { Countdown } from './countdown.tsx'
import { DangerMark } from './danger-mark.tsx'
import { DeclineReasons } from './decline-reasons.tsx'
import { chooseReason, isChoosingReason, pending } from './desk-state.ts'
import { EarlierCalls } from './earlier-calls.tsx'
import { ownStream } from './own-devices.ts'
import { OwnPicture } from './own-picture.tsx'
import { Key, ariaChord, shortcuts, takeCall } from './shortcuts.ts'
import { StaffBeside } from './staff-beside.tsx'
import { WhyMe } from './why-me.tsx'

type Offered = Extract<AgentWorkView, { kind: 'offered' }>

export function OfferScreen({ work }: { work: Offered }): JSX.Element {
  const { call } = work
  const title = useRef<HTMLHeadingElement>(null)
  // Reads the call out and keeps the buttons one Tab away, without a stray Enter taking it.
  useEffect(() => title.current?.focus(), [])
  return (
    <section class="card offer" aria-labelledby="offer-title">
      <Countdown work={work} />
      <DangerMark call={call} />
      <div class="offer-body">
        <div class="offer-what">
          <p class="offer-from">{t('ring.from', { type: t(siteTypeWords[call.siteType]) })}</p>
          <h1 id="offer-title" ref={title} tabIndex={-1}>
            {call.siteName}
          </h1>
          {!call.isFirst && (
            <p class="offer-place">
              <Icon name="place" />
              {addressText(call)}
            </p>
          )}
          <CallMarks call={call} />
          {call.askedIn !== null && <AskedIn askedIn={call.askedIn} />}
          <StaffBeside call={call} />
          <OfferFacts call={call} />
          <EarlierCalls callId={call.callId} />
          <WhyMe why={work.why} />
        </div>
        <div class="offer-own">
          <OwnPicture stream={ownStream.value} />
          <p class="quiet">{mediaFault.value === null ? t('ring.notSeenYet') : t('ring.mediaFault')}</p>
        </div>
      </div>
      <OfferActions />
    </section>
  )
}

function OfferFacts({ call }: { call: CallForAgent }): JSX.Element {
  return (
    <dl class="facts offer-facts">
      <div>
        <dt>{t('call.matter')}</dt>
        <dd>
          {matterText(call)}
          <small>{label(call.serviceLabels)}</small>
        </dd>
      </div>
      <div>
        <dt>{t('call.language')}</dt>
        <dd>{t(languageWords[call.language])}</dd>
      </div>
      <div>
        <dt>{t('call.waited')}</dt>
        <dd>
          <Elapsed since={call.queuedAt} />
        </dd>
      </div>
      <div>
        <dt>{t('call.ticket')}</dt>
        <dd>{ticketText(call.ticket)}</dd>
      </div>
    </dl>
  )
}

function OfferActions(): JSX.Element {
  const isBusy = pending.value !== null
  const isChoosing = isChoosingReason.value
  const wasChoosing = useRef(false)
  const declineButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Whoever takes the question back goes on from where it was asked.
    if (wasChoosing.current && !isChoosing) declineButton.current?.focus()
    wasChoosing.current = isChoosing
  }, [isChoosing])
  return (
    <div class="offer-actions">
      <button
        type="button"
        class="accept huge"
        disabled={isBusy}
        aria-keyshortcuts={ariaChord(shortcuts.accept)}
        onClick={takeCall}
      >
        <Icon name="phone" />
        {pending.value === 'offer.accept' ? t('ring.accepting') : t('ring.accept')}
      </button>
      {isChoosing ? (
        <DeclineReasons />
      ) : (
        <>
          <button
            ref={declineButton}
            type="button"
            class="huge"
            disabled={isBusy}
            aria-keyshortcuts={ariaChord(shortcuts.decline)}
            onClick={chooseReason}
          >
            {t('ring.decline')}
          </button>
          <p class="quiet offer-keys">
            <span>
              {t('ring.accept')} <Key chord={shortcuts.accept} />
            </span>
            <span>
              {t('ring.decline')} <Key chord={shortcuts.decline} />
            </span>
          </p>
        </>
      )}
    </div>
  )
}
