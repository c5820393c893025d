/**
 * The server's clock, ticking on this page. Deadlines and waits are the server's instants; a computer that is
 * minutes off would otherwise show offers as long expired.
 */
import { computed, signal } from '@preact/signals'

const TICK_MS = 250

/** The server's time now, in ms since 1970, renewed four times a second. */
export const nowAt = signal(Date.now())

/** The same in whole seconds: what shows no more than seconds is drawn once for each. */
export const nowSecondAt = computed(() => Math.floor(nowAt.value / 1000) * 1000)

let readClock: () => number = Date.now

/** From now on the page goes by `clock`, which tells the server's time in ms since 1970. */
export function followClock(clock: () => number): void {
  readClock = clock
  tick()
}

/** Starts the ticking. Once for each page. */
export function startClock(): void {
  tick()
  setInterval(tick, TICK_MS)
}

function tick(): void {
  nowAt.value = readClock()
}
