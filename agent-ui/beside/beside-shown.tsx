/** What the specialist shows to both at this desk: followed where they scroll and point, and taken off by either. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { blocksOf } from '#server/client/shown-blocks.ts'
import { scrollToPlace } from '#server/client/shown-places.ts'
import type { CallId } from '#server/contract/ids.ts'
import { windowOf } from '../desk/call-media.ts'
import { Hand, One, isRightToLeft } from '../desk/shown-copy.tsx'
import { WindowPicture } from '../desk/window-copy.tsx'
import { t } from '../text/language.ts'
import { besideMove, closeShown, type BesideTalk } from './beside-state.ts'

export function BesideShown(props: { callId: CallId; here: NonNullable<BesideTalk['shown']> }): JSX.Element {
  const { shown, byFirstName, byParticipantId } = props.here
  const box = useRef<HTMLDivElement>(null)
  const move = besideMove.value?.shownId === shown.shownId ? besideMove.value : null
  const pointer = move?.pointer ?? null
  const top = move?.top
  useEffect(() => {
    if (box.current !== null && top !== undefined) scrollToPlace(box.current, top)
  }, [top])
  return (
    <section class="beside-shown" aria-label={t('beside.shown', { name: byFirstName })}>
      <p class="row">
        <strong>{t('beside.shown', { name: byFirstName })}</strong>
        <button type="button" class="plain" onClick={() => closeShown(props.callId, shown.shownId)}>
          {t('beside.closeShown')}
        </button>
      </p>
      {shown.kind === 'window' ? (
        <div class="shown-copy is-seen window" role="group" aria-label={t('beside.shownText')}>
          <WindowPicture stream={windowOf(byParticipantId)} byName={byFirstName} pointer={pointer} />
        </div>
      ) : (
        <div class="shown-copy is-seen" ref={box} tabIndex={0} role="group" aria-label={t('beside.shownText')}>
          <div
            class={`shown-words ${shown.kind}`}
            lang={shown.language}
            dir={isRightToLeft(shown.language) ? 'rtl' : 'ltr'}
          >
            {blocksOf(shown).map((block, at) => (
              <One key={at} block={block} at={at} isPointedAt={pointer?.block === at} />
            ))}
          </div>
          {pointer !== null && <Hand box={box.current} place={pointer} />}
        </div>
      )}
    </section>
  )
}
