/** Seconds that run out. */
import { useEffect, useRef, useState } from 'preact/hooks'

/** Of somebody who is there. */
const SIGNS = ['pointerdown', 'keydown'] as const

/**
 * Counts from `seconds` to 0, one a second, then calls `onOver` once. Whoever touches the screen or a key is there, and
 * it begins anew. Returns the seconds left.
 */
export function useCountdown(seconds: number, onOver: () => void): number {
  const [left, setLeft] = useState(seconds)
  const over = useRef(onOver)
  over.current = onOver
  useEffect(() => {
    let endsAt = performance.now() + seconds * 1000
    const begin = () => (endsAt = performance.now() + seconds * 1000)
    for (const sign of SIGNS) addEventListener(sign, begin)
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
      setLeft(now)
      if (now > 0) return
      clearInterval(timer)
      over.current()
    }, 200)
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS) removeEventListener(sign, begin)
    }
  }, [seconds])
  return left
}
