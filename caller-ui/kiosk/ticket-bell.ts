/** Rings for whoever asked to be rung at this kiosk, while it is free. Nobody's conversation is rung into. */
import { computed, effect, type ReadonlySignal } from '@preact/signals'
import type { Screen } from '../model/screen.ts'
import { chime } from './chime.ts'

/** Raised, somebody who looks the other way misses it; lowered, it becomes an alarm. In ms. */
const RING_EVERY_MS = 8_000

export function ringForTickets(screen: ReadonlySignal<Screen>): void {
  // As words, so that it rings at once for another ticket, and goes on evenly for the same.
  const rung = computed(() => {
    const shown = screen.value
    if (shown.kind !== 'closed' && (shown.kind !== 'idle' || shown.press !== 'none')) return ''
    return shown.called
      .filter(({ isRungHere }) => isRungHere)
      .map(({ ticketStart, until }) => `${ticketStart} ${until}`)
      .join()
  })
  effect(() => {
    if (rung.value === '') return
    chime()
    const timer = setInterval(chime, RING_EVERY_MS)
    return () => clearInterval(timer)
  })
}
