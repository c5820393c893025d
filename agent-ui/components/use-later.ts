/** What need not be there in the first moment of a screen. */
import { useEffect, useState } from 'preact/hooks'

/** Whether whatever asks has been on the screen for `afterMs`. It is drawn anew then. */
export function useLater(afterMs: number): boolean {
  const [isLater, setLater] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isLater
}
