/** What follows from the time of day: a clock for the words, and a view that is asked for anew when it is no longer true. */
import { computed, effect, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Instant } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { OwnCall } from '../model/own-call.ts'
import { askAnewIn } from '../model/fresh-view.ts'
import type { CallerConnection, CallerRequests } from './caller-requests.ts'

/** Raised, «tomorrow» is said for longer after midnight; lowered, the page works for nothing. In ms. */
const NOW_EVERY_MS = 15_000

/** Lets `now` follow the server's clock. */
export function keepNow(now: Signal<Instant>, serverNow: () => Instant): void {
  now.value = serverNow()
  setInterval(() => (now.value = serverNow()), NOW_EVERY_MS)
}

/** Asks for the view again when the time of day has changed it: the line opens or closes, staff comes or goes home. */
export function keepFresh(
  own: ReadonlySignal<OwnCall>,
  link: ReadonlySignal<CallerConnection['state']>,
  view: ReadonlySignal<CallerView | null>,
  serverNow: () => Instant,
  request: CallerRequests,
): void {
  // Whoever is in line is told of everything; for the rest it is asked when they have gone.
  const isFree = computed(() => own.value.kind === 'none' && link.value.kind === 'online')
  effect(() => {
    const shown = view.value
    if (!isFree.value || shown === null || shown.device === 'phone') return
    const waitMs = askAnewIn(shown.freshUntil, serverNow(), Math.random())
    if (waitMs === null) return
    const ask = () => {
      request.sayHello().catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
      })
    }
    // Again and again, until an answer makes it another view: one may be lost.
    const timer = setTimeout(() => {
      ask()
      again = setInterval(ask, ASK_AGAIN_MS)
    }, waitMs)
    let again: ReturnType<typeof setInterval> | undefined
    return () => {
      clearTimeout(timer)
      clearInterval(again)
    }
  })
}

/** How long an answer may take before it is asked for again, in ms. */
const ASK_AGAIN_MS = 20_000
