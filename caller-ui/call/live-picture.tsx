/** The moving picture of one of the others, and their sound: an element that plays already when it is drawn. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { leavePicture, takePicture } from '#sfu/client/live-picture.ts'
import { volumeGain } from '../session/volume.ts'

type Props = { readonly stream: MediaStream; readonly label: string }

export function LivePicture({ stream, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement | null>(null)
  const gain = volumeGain.value
  useLayoutEffect(() => {
    const element = takePicture(stream)
    video.current = element
    element.className = 'picture'
    place.current?.append(element)
    // The press was the gesture that allows sound. Where a policy refuses all the same, the picture still plays.
    element.play().catch(() => undefined)
    return () => leavePicture(element)
  }, [stream])
  useLayoutEffect(() => {
    if (video.current === null) return
    video.current.ariaLabel = label
    video.current.volume = gain
  }, [stream, label, gain])
  return <div class="live-picture" ref={place} />
}
