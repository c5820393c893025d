/** Durations as people read them. Milliseconds in, text out; never negative. */

const pad = (value: number) => String(value).padStart(2, '0')

/** `3:07`, `1:02:09`: for clocks that run. */
export function clockText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = pad(seconds % 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** Whole seconds left until `endsAt`, rounded up, so that the last second is shown as 1 and not as 0. */
export function secondsLeft(endsAt: number, nowAt: number): number {
  return Math.max(0, Math.ceil((endsAt - nowAt) / 1000))
}

/** What is left of the span from `startsAt` to `endsAt`: 1 at its beginning, 0 at its end. */
export function shareLeft(startsAt: number, endsAt: number, nowAt: number): number {
  if (endsAt <= startsAt) return 0
  return Math.min(1, Math.max(0, (endsAt - nowAt) / (endsAt - startsAt)))
}
