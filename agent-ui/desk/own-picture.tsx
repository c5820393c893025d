/** One's own picture, as in a mirror and without sound. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { leavePicture, takePicture } from '#sfu/client/live-picture.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'

/** One's own picture; words in its place while there is none. From screen to screen it is the same element, which plays on. */
export function OwnPicture({ stream }: { stream: MediaStream | null }): JSX.Element {
  if (stream === null || stream.getVideoTracks().length === 0) {
    return (
      <div class="own-picture is-empty">
        <Icon name="cameraOff" />
        <span>{t('devices.noPicture')}</span>
      </div>
    )
  }
  return <Mirror stream={stream} />
}

function Mirror({ stream }: { stream: MediaStream }): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const label = t('devices.ownPicture')
  useLayoutEffect(() => {
    const video = takePicture(stream)
    video.muted = true
    video.className = 'own-picture'
    video.ariaLabel = label
    place.current?.append(video)
    // Muted it may always play; what ended meanwhile says so elsewhere.
    video.play().catch(() => undefined)
    return () => leavePicture(video)
  }, [stream, label])
  return <div class="live-picture" ref={place} />
}
