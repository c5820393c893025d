/** Hears a badge reader on the screens where somebody may hold their badge to it. */
import { useEffect, useRef } from 'preact/hooks'
import { badgeOf, burstAfter, noBurst } from '../model/badge-burst.ts'

export function useBadge(onBadge: (badge: string) => void): void {
  const newest = useRef(onBadge)
  newest.current = onBadge
  useEffect(() => {
    let burst = noBurst
    const onKey = (event: KeyboardEvent): void => {
      const at = event.timeStamp
      const badge = event.key === 'Enter' ? badgeOf(burst, at) : null
      // A shift is a part of a capital letter.
      if (event.key !== 'Shift') burst = burstAfter(burst, event.key, at)
      if (badge === null) return
      // Whatever has the focus must not take the reader's Enter for a press.
      event.preventDefault()
      event.stopImmediatePropagation()
      newest.current(badge)
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
