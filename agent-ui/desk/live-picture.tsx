/** The moving picture of one of the others, and their sound. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { leavePicture, takePicture } from '#sfu/client/live-picture.ts'
import { soundWanted } from './call-media.ts'

type Props = {
  readonly stream: MediaStream | null
  readonly label: string
  readonly className?: string
  /** Whether the browser played it when it was last asked to; false: it wants a press first. */
  readonly onPlay?: (isPlaying: boolean) => void
}

/** One element plays picture and sound, so that lips and voice stay together. It plays already when it is drawn. */
export function LivePicture({ stream, label, className = '', onPlay }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement | null>(null)
  const wanted = soundWanted.value
  useLayoutEffect(() => {
    const element = stream === null ? document.createElement('video') : takePicture(stream)
    video.current = element
    element.playsInline = true
    place.current?.append(element)
    return () => leavePicture(element)
  }, [stream])
  useLayoutEffect(() => {
    if (video.current === null) return
    video.current.className = className
    video.current.ariaLabel = label
  }, [stream, label, className])
  useEffect(() => {
    if (stream === null) return
    video.current?.play().then(
      () => onPlay?.(true),
      (error: unknown) => {
        // A play that a newer one interrupts says AbortError, which means nothing here.
        if (error instanceof DOMException && error.name === 'NotAllowedError') onPlay?.(false)
      },
    )
  }, [stream, wanted])
  return <div class="live-picture" ref={place} />
}
