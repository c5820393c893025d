/** Why an offer is declined: one press, or none. The offer rings on beside it. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { declineWords } from '../text/words.ts'
import { declineOffer, keepOffer, pending } from './desk-state.ts'
import { Key, ariaChord, declineReasons, shortcuts } from './shortcuts.ts'

export function DeclineReasons(): JSX.Element {
  const title = useRef<HTMLParagraphElement>(null)
  // Reads the question out, with the answers one Tab away: a stray Enter declines nothing.
  useEffect(() => title.current?.focus(), [])
  const isBusy = pending.value !== null
  return (
    <div class="decline-reasons" role="group" aria-labelledby="decline-title">
      <p id="decline-title" class="decline-title" ref={title} tabIndex={-1}>
        {t('decline.title')}
      </p>
      <div class="row">
        {declineReasons.map((reason, index) => (
          <button
            key={reason}
            type="button"
            disabled={isBusy}
            aria-keyshortcuts={ariaChord(index + 1)}
            onClick={() => void declineOffer(reason)}
          >
            <span class="reason-number" aria-hidden="true">
              {index + 1}
            </span>
            {t(declineWords[reason])}
          </button>
        ))}
      </div>
      <div class="row">
        <button
          type="button"
          disabled={isBusy}
          aria-keyshortcuts={ariaChord(shortcuts.decline)}
          onClick={() => void declineOffer()}
        >
          {t('decline.skip')}
        </button>
        <button type="button" class="plain" disabled={isBusy} onClick={keepOffer}>
          {t('decline.keep')}
        </button>
      </div>
      <p class="quiet decline-keys">
        <span>
          {t('decline.byKey')} <Key chord="1–4" />
        </span>
        <span>
          {t('decline.skip')} <Key chord={shortcuts.decline} />
        </span>
      </p>
    </div>
  )
}
