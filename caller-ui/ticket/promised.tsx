/** [R40] A call that was promised, in words, and how it rings on the citizen's own phone. */
import { useEffect } from 'preact/hooks'
import type { CallbackForCaller } from '#server/contract/callbacks.ts'
import { chime } from '../kiosk/chime.ts'
import { t } from '../text/language.ts'
import { openingWords } from '../text/opening-words.ts'

/** Raised, a phone in a pocket is not heard; lowered, it is an alarm. In ms. */
const RING_EVERY_MS = 4_000

export function promisedWords({ dueAt }: CallbackForCaller): string {
  return t('callback.title', { when: openingWords(dueAt, Date.now()) })
}

/** Sounds and shakes while its page is open; a kiosk rings by its own bell. */
export function RingOnPhone({ isRinging }: { readonly isRinging: boolean }): null {
  useEffect(() => {
    if (!isRinging) return
    const ring = () => {
      chime()
      // Not every phone can.
      navigator.vibrate?.([300, 200, 300])
    }
    ring()
    const timer = setInterval(ring, RING_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRinging])
  return null
}
