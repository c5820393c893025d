/** Seconds that run out. */
import { useEffect, useRef, useState } from 'preact/hooks'

/** Counts from `seconds` to 0, one a second, then calls `onOver` once. Returns the seconds left. */
export function useCountdown(seconds: number, onOver: () => void): number {
  const [left, setLeft] = useState(seconds)
  const over = useRef(onOver)
  over.current = onOver
  useEffect(() => {
    const endsAt = performance.now() + seconds * 1000
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
      setLeft(now)
      if (now > 0) return
      clearInterval(timer)
      over.current()
    }, 200)
    return () => clearInterval(timer)
  }, [])
  return left
}
