/** Watches over somebody who waits at a kiosk: how long they have, and whether they are still there. */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Instant } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { chime } from '../kiosk/chime.ts'
import type { OwnCall } from '../model/own-call.ts'
import { LONG_WAITED_MS } from '../model/overload.ts'
import { HERE, presenceAfter, type PresenceCheck } from '../model/presence-check.ts'
import type { SteppingAway } from '../model/waiting-screen.ts'

type Parts = {
  readonly own: ReadonlySignal<OwnCall>
  readonly view: ReadonlySignal<CallerView | null>
  readonly now: ReadonlySignal<Instant>
  readonly steppingAway: ReadonlySignal<SteppingAway>
  /** Leaves the screen and keeps the place; it is rung here when it is near. */
  readonly stepAway: () => void
}

/** The question counts in seconds. */
const LOOK_EVERY_MS = 1_000
/** A place that could not step away, because the server did not answer, tries again so much later. In ms. */
const AGAIN_AFTER_MS = 10_000

export class PresenceWatch {
  readonly check: Signal<PresenceCheck> = signal(HERE)
  readonly isWaitLong: ReadonlySignal<boolean>
  #quietSince = performance.now()
  #triedAt = -Infinity

  constructor(parts: Parts) {
    const waiting = computed(() => waitingOf(parts))
    this.isWaitLong = computed(() => {
      const queuedAt = waiting.value?.queuedAt
      return queuedAt !== undefined && parts.now.value - queuedAt > LONG_WAITED_MS
    })
    const callId = computed(() => waiting.value?.callId)
    effect(() => {
      if (callId.value === undefined) return
      return untracked(() => this.#watch(parts))
    })
    // Once when it is asked, and once more when nobody has answered.
    const kind = computed(() => this.check.value.kind)
    effect(() => {
      if (kind.value === 'asking' || kind.value === 'maybe-gone') chime()
    })
  }

  /** Somebody has shown that they are there. */
  confirm(): void {
    this.#quietSince = performance.now()
    this.check.value = HERE
  }

  #watch(parts: Parts): () => void {
    this.confirm()
    // Once it is asked, only the answer is one: what is pressed then must not vanish under the finger.
    const notice = () => {
      if (this.check.value.kind === 'here') this.confirm()
    }
    for (const name of SIGNS_OF_LIFE) addEventListener(name, notice)
    const timer = setInterval(() => this.#look(parts), LOOK_EVERY_MS)
    return () => {
      for (const name of SIGNS_OF_LIFE) removeEventListener(name, notice)
      clearInterval(timer)
      this.confirm()
    }
  }

  #look({ steppingAway, stepAway }: Parts): void {
    const now = performance.now()
    const check = presenceAfter(now - this.#quietSince)
    if (check.kind !== 'here' || this.check.value.kind !== 'here') this.check.value = check
    if (check.kind !== 'gone' || steppingAway.value === 'asking' || now - this.#triedAt < AGAIN_AFTER_MS) return
    this.#triedAt = now
    stepAway()
  }
}

/** A touch anywhere, or a key. */
const SIGNS_OF_LIFE = ['pointerup', 'keyup'] as const

/** The call of this kiosk that waits, where the person at the screen is its owner. A phone may lie in a pocket. */
function waitingOf({ own, view }: Parts) {
  const call = view.value?.call
  if (own.value.kind !== 'mine' || call?.callId !== own.value.callId || view.value?.device !== 'kiosk') return undefined
  return call.status === 'waiting' ? call : undefined
}
