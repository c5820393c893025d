/** The window that is shared, as it goes to the citizen: pointed at by mouse, finger or keyboard, in shares of the picture. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { placeAt } from '#server/client/shown-places.ts'
import type { ShownForAgent, ShownPlace } from '#server/contract/shown.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { windowOf } from './call-media.ts'
import { isBusy } from './show-busy.ts'
import { PointingHint, usePointing } from './pointing.tsx'
import { moveSeen } from './show-state.ts'
import { canShare, mayShare, ownShare, shareWindow, stopSharing, windowEnd, type WindowEnd } from './window-share.ts'

/** A step of the hand by keyboard, in shares of the picture. */
const STEP = 0.05

export function WindowCopy({ now }: { now: ShownForAgent }): JSX.Element {
  const { shownId } = now.shown
  const pointing = usePointing()
  const { pointer, point } = pointing
  useEffect(
    () =>
      moveSeen.subscribe((move) => {
        if (move?.shownId === shownId && move.pointer !== undefined) pointer.value = move.pointer
      }),
    [shownId],
  )
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const next = placeAfter(event.key, pointer.peek())
    if (next === undefined) return
    event.preventDefault()
    point(next)
  }
  const pointThere = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 1) point(placeAt(event.currentTarget, event.clientX, event.clientY))
  }
  return (
    <>
      <div
        class="shown-copy window"
        role="group"
        aria-label={t('show.windowCopy')}
        tabIndex={0}
        onPointerDown={pointThere}
        onPointerMove={pointThere}
        onKeyDown={onKeyDown}
      >
        <WindowPicture stream={streamOf(now)} byName={now.byName} pointer={pointer.value} />
      </div>
      <PointingHint words={t('show.windowPoint')} pointing={pointing} />
    </>
  )
}

/** One's own as it is taken, a colleague's as it comes. */
function streamOf({ shown, byParticipantId }: ShownForAgent): MediaStream | null {
  const own = ownShare.value
  return own !== null && own.shownId === shown.shownId ? own.stream : windowOf(byParticipantId)
}

type PictureProps = {
  readonly stream: MediaStream | null
  readonly byName: string
  readonly pointer: ShownPlace | null
}

/** The picture of a window, or that it comes, and the hand in it: for its box, which is nothing but the picture. */
export function WindowPicture({ stream, byName, pointer }: PictureProps): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element !== null && element.srcObject !== stream) element.srcObject = stream
  }, [stream])
  return (
    <>
      {stream === null && <p role="status">{t('show.windowComing')}</p>}
      <video
        ref={video}
        data-block={0}
        hidden={stream === null}
        autoplay
        playsInline
        muted
        aria-label={t('show.windowTitle', { name: byName })}
      />
      {pointer !== null && <Hand place={pointer} />}
    </>
  )
}

/** The picture is all there is in its box, so that shares of it are shares of the box. */
function Hand({ place: { x, y } }: { place: ShownPlace }): JSX.Element {
  const hand = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (hand.current === null) return
    hand.current.style.left = `${x * 100}%`
    hand.current.style.top = `${y * 100}%`
  }, [x, y])
  return <span class="shown-hand" ref={hand} aria-hidden="true" />
}

const STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}
const within = (share: number): number => Math.min(1, Math.max(0, share))

/** Where a key leads: null for nowhere any more, undefined where the key means nothing here. */
function placeAfter(key: string, at: ShownPlace | null): ShownPlace | null | undefined {
  const step = STEPS[key]
  if (step !== undefined) {
    const { x, y } = at ?? { x: 0.5, y: 0.5 }
    return { block: 0, x: within(x + step[0]), y: within(y + step[1]) }
  }
  return key === 'Escape' && at !== null ? null : undefined
}

const endWords = {
  hold: 'show.windowEndHold',
  browser: 'show.windowEndBrowser',
  refused: 'show.windowEndRefused',
  failed: 'show.windowEndFailed',
} as const satisfies Record<WindowEnd, string>

/** The way to share one, where the browser can and the call allows it; and why the last one ended. */
export function ShareWindow({ call }: { call: CallForAgent }): JSX.Element {
  const end = windowEnd.value
  return (
    <div class="show-window">
      <p role="status" class={end === null ? '' : 'show-window-end'}>
        {end === null ? '' : t(endWords[end])}
      </p>
      {canShare() && mayShare(call) && ownShare.value === null && (
        <>
          <button type="button" disabled={isBusy()} onClick={() => void shareWindow()}>
            <Icon name="screen" />
            {t('show.window')}
          </button>
          <p class="quiet">{t('show.windowHint')}</p>
        </>
      )}
    </div>
  )
}

/** Beside the other buttons of the call for as long as a window goes out: whichever panel is open, the way to end it is seen. */
export function StopSharing(): JSX.Element | null {
  if (ownShare.value === null) return null
  return (
    <button type="button" class="toggle is-off" onClick={stopSharing}>
      <Icon name="screen" />
      {t('show.windowStop')}
    </button>
  )
}
