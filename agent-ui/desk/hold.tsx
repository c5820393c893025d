/** The citizen on hold: the agent's way in and out, and how long it has been. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { nowSecondAt } from '../session/server-clock.ts'
import { t } from '../text/language.ts'
import { pending, toggleHold } from './desk-state.ts'
import { ariaChord, shortcuts } from './shortcuts.ts'

/** A citizen who hears nothing begins to wonder about now, in ms; from here on each minute is said. */
const LONG_MS = 60_000

export function HoldButton({ call }: { call: CallForAgent }): JSX.Element {
  const isHeld = call.hold !== null
  return (
    <button
      type="button"
      class={`toggle ${isHeld ? 'is-off' : ''}`}
      disabled={pending.value !== null}
      aria-pressed={isHeld}
      aria-keyshortcuts={ariaChord(shortcuts.hold)}
      onClick={() => void toggleHold()}
    >
      <Icon name="pause" />
      {isHeld ? t('call.resume') : t('call.hold')}
    </button>
  )
}

/** Over the picture while it is so. The minutes are read out as they come. */
export function HoldCover(props: { hold: NonNullable<CallForAgent['hold']>; isTogether: boolean }): JSX.Element {
  const { hold, isTogether } = props
  const minutes = Math.floor((nowSecondAt.value - hold.since) / LONG_MS)
  return (
    <div class="cover" role="status">
      <Icon name="pause" />
      <p class="cover-title">{t('call.held', { name: hold.byName })}</p>
      {isTogether && <p>{t('call.heldTogether')}</p>}
      {minutes >= 1 ? <p>{t('call.heldLong', { minutes })}</p> : !isTogether && <p>{t('call.heldText')}</p>}
      <p aria-live="off">
        <Elapsed since={hold.since} />
      </p>
    </div>
  )
}
