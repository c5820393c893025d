/** A ring around the other side's picture that grows with their voice: sound, for those who do not hear it. */
import { effect, type ReadonlySignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** Several times a second, so the element is changed directly and nothing is drawn again. */
export function SpeakingRing({ level }: { readonly level: ReadonlySignal<number> }) {
  const ring = useRef<HTMLDivElement>(null)
  useEffect(() => effect(() => ring.current?.style.setProperty('--level', level.value.toFixed(2))), [level])
  return <div ref={ring} class="speaking-ring" />
}
