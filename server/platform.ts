/** The clock and the timers of the machine, for what is handed them. */
export const platform = {
  now: () => Date.now(),
  /** Calls `wake` after `ms`, unless the returned function was called before. */
  setTimer(wake: () => void, ms: number) {
    const timer = setTimeout(wake, ms)
    return () => clearTimeout(timer)
  },
}
