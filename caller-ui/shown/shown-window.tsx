/** A window of the agent's screen, as large as the glass can spare, and the agent's hand in it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ShownHere, ShownPlace } from '#server/contract/shown.ts'
import type { Remote } from '../session/remotes.ts'
import { t } from '../text/language.ts'
import type { ShownLink } from './shown-link.ts'

type Props = { readonly here: ShownHere; readonly link: ShownLink; readonly remotes: readonly Remote[] }

/** A width for each height, until the first picture has told its own. */
const USUAL_RATIO = 16 / 9

export function ShownWindow({ here, link, remotes }: Props) {
  const { shownId } = here.shown
  const stream = remotes.find(({ participantId }) => participantId === here.byParticipantId)?.screen ?? null
  const [pointer, setPointer] = useState<ShownPlace | null>(null)
  const [isSeen, setIsSeen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  // Before it is seen, so that no move is missed.
  useLayoutEffect(
    () =>
      link.onMove((move) => {
        if (move.shownId === shownId && move.pointer !== undefined) setPointer(move.pointer)
      }),
    [shownId],
  )
  useLayoutEffect(() => {
    const element = video.current
    if (element === null || element.srcObject === stream) return
    element.srcObject = stream
    element.play().catch(() => undefined)
    if (stream === null) setIsSeen(false)
  }, [stream])
  const onSize = (): void => {
    const { videoWidth, videoHeight } = video.current ?? { videoWidth: 0, videoHeight: 0 }
    const ratio = videoHeight === 0 ? USUAL_RATIO : videoWidth / videoHeight
    frame.current?.style.setProperty('--ratio', String(ratio))
    setIsSeen(videoHeight > 0)
  }
  return (
    <div class="shown-box window">
      {isSeen ? null : <p role="status">{t('display.window-coming')}</p>}
      <div class="shown-frame" ref={frame} hidden={!isSeen}>
        <video
          ref={video}
          data-block={0}
          autoplay
          playsInline
          muted
          aria-label={t('display.window', { name: here.byFirstName })}
          onResize={onSize}
          onLoadedMetadata={onSize}
        />
        {pointer === null ? null : <Hand place={pointer} />}
      </div>
    </div>
  )
}

/** The frame is exactly the picture: shares of one are shares of the other. */
function Hand({ place: { x, y } }: { readonly place: ShownPlace }) {
  const hand = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (hand.current === null) return
    hand.current.style.left = `${x * 100}%`
    hand.current.style.top = `${y * 100}%`
  }, [x, y])
  return <span class="hand" ref={hand} aria-hidden="true" />
}
