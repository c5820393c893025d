/** Time and chance of virtual people: the same seed gives the same people. */

/** Numbers from 0 up to 1, from a seed (mulberry32). */
export function chance(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Resolves after `ms`, or at once when the run is over. */
export function pause(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      over.removeEventListener('abort', done)
      resolve()
    }
    over.addEventListener('abort', done)
  })
}

/** Resolves with true when `look` says so after a change, with false when the run is over or `msMax` have passed. */
export function until(
  subscribe: (listener: () => void) => () => void,
  look: () => boolean,
  msMax: number,
  over: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    let end = () => {}
    const settle = (isSo: boolean) => {
      clearTimeout(timer)
      over.removeEventListener('abort', give)
      end()
      resolve(isSo)
    }
    const give = () => settle(false)
    const timer = setTimeout(give, msMax)
    over.addEventListener('abort', give)
    end = subscribe(() => {
      if (look()) settle(true)
    })
    if (over.aborted || look()) settle(look())
  })
}
