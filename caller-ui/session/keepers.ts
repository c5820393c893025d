/** What follows by itself: from time passing, and from one screen giving way to another. */
import { computed, effect, untracked, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Language } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { storyAfter, type LineStory } from '../model/line-story.ts'
import type { OwnCall } from '../model/own-call.ts'
import type { Screen } from '../model/screen.ts'
import type { MediaControl } from './call-media.ts'
import type { CallerConnection, CallerRequests } from './caller-requests.ts'
import type { ComfortChoices } from './comfort-choices.ts'

/** As long as the server keeps the place of a kiosk it has lost, in ms. */
const GRACE_MS = 20_000

/** How long the idle screen keeps what somebody chose who then walked away from it, in ms. */
const IDLE_CHOICES_MS = 60_000

/** Counts how long the connection has been away, as far as the place in line is concerned. */
export function keepGrace(link: ReadonlySignal<CallerConnection['state']>, isGraceOver: Signal<boolean>): void {
  const isOnline = computed(() => link.value.kind === 'online')
  effect(() => {
    isGraceOver.value = false
    if (isOnline.value) return
    const timer = setTimeout(() => (isGraceOver.value = true), GRACE_MS)
    return () => clearTimeout(timer)
  })
}

/** How often it is noted that the connection stands, in ms. Raised, a short absence counts as a long one. */
const SEEN_EVERY_MS = 2_000

/** How long somebody is told that they are in line again, in ms. Lowered, nobody has taken the phone up yet. */
const BACK_SHOWN_MS = 20_000

/**
 * Says once that the place is still theirs to somebody who was away for longer than a screen's place is kept. By the
 * clock on the wall: a phone that sleeps counts no seconds.
 */
export function keepReturn(
  link: ReadonlySignal<CallerConnection['state']>,
  screen: ReadonlySignal<Screen>,
  isBack: Signal<boolean>,
): void {
  const isOnline = computed(() => link.value.kind === 'online')
  // The last but one: a phone that wakes may note once that it is connected before it finds that it is not.
  let [seenAt, seenLastAt] = [Date.now(), Date.now()]
  effect(() => {
    if (!isOnline.value) return
    const isLate = Date.now() - seenAt > GRACE_MS
    if (isLate && untracked(() => screen.value.kind === 'waiting')) isBack.value = true
    seenAt = seenLastAt = Date.now()
    const timer = setInterval(() => ([seenAt, seenLastAt] = [seenLastAt, Date.now()]), SEEN_EVERY_MS)
    return () => clearInterval(timer)
  })
  effect(() => {
    if (!isBack.value) return
    const timer = setTimeout(() => (isBack.value = false), BACK_SHOWN_MS)
    return () => clearTimeout(timer)
  })
}

/** The next person finds the site's own language and the usual sizes, not the last passer-by's. */
export function keepIdleChoices(
  screen: ReadonlySignal<Screen>,
  chosenLanguage: Signal<Language | null>,
  comfort: ComfortChoices,
): void {
  const isIdle = computed(() => {
    const shown = screen.value
    return shown.kind === 'closed' || (shown.kind === 'idle' && shown.press === 'none')
  })
  effect(() => {
    if (!isIdle.value || (chosenLanguage.value === null && comfort.isUsual())) return
    // Begins anew with every touch.
    void comfort.touches.value
    const timer = setTimeout(() => {
      chosenLanguage.value = null
      comfort.forget()
    }, IDLE_CHOICES_MS)
    return () => clearTimeout(timer)
  })
}

/** Remembers what the person in line has been told, so that nothing becomes worse without a word. */
export function keepStory(
  own: ReadonlySignal<OwnCall>,
  view: ReadonlySignal<CallerView | null>,
  story: Signal<LineStory | null>,
): void {
  effect(() => {
    const call = view.value?.call ?? null
    if (own.value.kind !== 'mine' || call?.callId !== own.value.callId) story.value = null
    else if (call.status === 'waiting') story.value = storyAfter(story.peek(), call)
  })
}

/** A ticket that is called while its owner still reads how it works: the screen becomes the one that calls it. */
export function keepCalled(
  screen: ReadonlySignal<Screen>,
  view: ReadonlySignal<CallerView | null>,
  reset: () => void,
): void {
  const isCalled = computed(() => {
    const shown = screen.value
    if (shown.kind !== 'kept' || shown.device === 'phone') return false
    return view.value?.calledTickets.some(({ ticketStart }) => shown.ticket.startsWith(ticketStart)) ?? false
  })
  effect(() => {
    if (isCalled.value) untracked(reset)
  })
}

const OVER: ReadonlySet<Screen['kind']> = new Set([
  'goodbye',
  'kept',
  'replaced',
  'turned-away',
  'out-of-date',
  'ticket-over',
])

/** Goes to the media room as soon as the call is known there, and lets go of everything once it is over. */
export function keepMedia(
  own: ReadonlySignal<OwnCall>,
  screen: ReadonlySignal<Screen>,
  media: MediaControl,
  request: CallerRequests,
): void {
  const ownCallId = computed(() => (own.value.kind === 'mine' ? own.value.callId : null))
  effect(() => {
    const callId = ownCallId.value
    if (callId !== null) media.join(() => request.mediaTicket(callId))
  })
  const isOver = computed(() => OVER.has(screen.value.kind))
  effect(() => {
    if (isOver.value) media.close()
  })
}
