/** The citizen's picture and sound. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { isSoundBlocked, soundWanted } from './call-media.ts'

/** One element plays both, so that lips and voice stay together. */
export function RemotePicture({ stream }: { stream: MediaStream | null }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const wanted = soundWanted.value
  useEffect(() => {
    const element = video.current
    if (element === null) return
    if (element.srcObject !== stream) element.srcObject = stream
    if (stream === null) return
    element.play().then(
      () => (isSoundBlocked.value = false),
      (error: unknown) => {
        // A play that a newer one interrupts says AbortError, which means nothing here.
        if (error instanceof DOMException && error.name === 'NotAllowedError') isSoundBlocked.value = true
      },
    )
  }, [stream, wanted])
  return <video class="remote-picture" ref={video} autoplay playsInline aria-label={t('call.remotePicture')} />
}
