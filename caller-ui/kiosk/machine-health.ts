/** How the parts of this machine are, as far as it is known: from what is plugged in, from calls, and from its own tests. */
import { effect, signal, type Signal } from '@preact/signals'
import type { MachineTest, PartState } from '#server/contract/kiosk-report.ts'
import type { CallMedia } from '../session/call-media.ts'
import { countedParts, partAfter, partsOf, type Counted, type Parts } from './self-test.ts'

export type MachineHealth = {
  readonly parts: Signal<Parts>
  /** The way to the media room. */
  readonly path: Signal<PartState>
  /** Tests find no way, again and again, while the server answers. One that fails once may be a busy minute. */
  readonly isPathLost: Signal<boolean>
  /** Null before the first. */
  readonly test: Signal<MachineTest | null>
  /** How long the last look at camera and microphone took, after a press; null before the first. */
  readonly selfTestMs: Signal<number | null>
}

/** Watches for the life of the page. What a test finds is written into it by whoever tests. */
export function watchHealth(media: CallMedia): MachineHealth {
  const parts = signal<Parts>({ camera: 'unknown', microphone: 'unknown', speaker: 'unknown' })
  const path = signal<PartState>('unknown')
  const isPathLost = signal(false)
  watchParts(media, parts)
  effect(() => {
    const now = media.path.value
    if (now === 'up') {
      path.value = 'works'
      isPathLost.value = false
    }
    if (now === 'lost') path.value = 'faulty'
  })
  return { parts, path, isPathLost, test: signal(null), selfTestMs: signal(null) }
}

/** What is plugged in, as far as no call has found otherwise. */
function watchParts(media: CallMedia, parts: Signal<Parts>): void {
  let counted: Counted = {}
  const list = async (): Promise<void> => {
    const now = await countedParts(navigator.mediaDevices)
    parts.value = partsOf(parts.peek(), counted, now)
    counted = now
  }
  // Plugged in or out, also while nobody is there.
  navigator.mediaDevices?.addEventListener('devicechange', () => void list())
  void list()
  effect(() => {
    const [camera, microphone] = [media.camera.value, media.microphone.value]
    const before = parts.peek()
    parts.value = {
      ...before,
      camera: partAfter(before.camera, camera),
      microphone: partAfter(before.microphone, microphone),
    }
  })
}
