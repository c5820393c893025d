/** A picture that plays: one's own, mirrored and without sound, or the citizen's. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'

/** One's own picture, as in a mirror; words in its place while there is none. */
export function OwnPicture({ stream }: { stream: MediaStream | null }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const hasPicture = stream !== null && stream.getVideoTracks().length > 0
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream
  }, [stream, hasPicture])
  if (!hasPicture) {
    return (
      <div class="own-picture is-empty">
        <Icon name="cameraOff" />
        <span>{t('devices.noPicture')}</span>
      </div>
    )
  }
  return <video class="own-picture" ref={video} autoplay playsInline muted aria-label={t('devices.ownPicture')} />
}
