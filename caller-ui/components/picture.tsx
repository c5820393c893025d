/** One's own moving picture: silent, and turned as in a mirror. */
import { useEffect, useRef } from 'preact/hooks'

type Props = { readonly stream: MediaStream | null; readonly label: string }

export function Picture({ stream, label }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null || element.srcObject === stream) return
    element.srcObject = stream
    element.play().catch(() => undefined)
  }, [stream])
  useEffect(() => {
    const element = video.current
    return () => {
      if (element !== null) element.srcObject = null
    }
  }, [])
  // `muted` as a property: as an attribute it would come too late for a stream that plays at once.
  // `muted` as a property: as an attribute it would come too late for a stream that plays at once.
  return <video ref={video} class="picture own" autoplay playsInline muted aria-label={label} />
}
