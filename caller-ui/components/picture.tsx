/** A moving picture of somebody. */
import { useEffect, useRef } from 'preact/hooks'
import { volumeGain } from '../session/volume.ts'

type Props = {
  readonly stream: MediaStream | null
  readonly label: string
  /** One's own picture: silent, and turned as in a mirror. */
  readonly isOwn?: boolean
}

export function Picture({ stream, label, isOwn = false }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null || element.srcObject === stream) return
    element.srcObject = stream
    // The press was the gesture that allows sound. Where a policy refuses all the same, the picture still plays.
    element.play().catch(() => undefined)
  }, [stream])
  const gain = volumeGain.value
  useEffect(() => {
    if (video.current !== null && !isOwn) video.current.volume = gain
  }, [gain, isOwn])
  useEffect(() => {
    const element = video.current
    return () => {
      if (element !== null) element.srcObject = null
    }
  }, [])
  // `muted` as a property: as an attribute it would come too late for a stream that plays at once.
  return (
    <video
      ref={video}
      class={isOwn ? 'picture own' : 'picture'}
      autoplay
      playsInline
      muted={isOwn}
      aria-label={label}
    />
  )
}
