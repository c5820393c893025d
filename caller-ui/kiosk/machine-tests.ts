/**
 * When the machine tests itself: camera and microphone as soon as a press has opened them; the way to an SFU once after the
 * page has started, and again while it is lost; everything once a night. Only the first happens while somebody is there,
 * and a touch ends the others at once: a call goes first.
 */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals'
import type { PartState } from '#server/contract/kiosk-report.ts'
import { isNobodyThere, type Screen } from '../model/screen.ts'
import type { MediaControl } from '../session/call-media.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import { followOrders } from './follow-orders.ts'
import { testAll } from './full-test.ts'
import type { MachineHealth } from './machine-health.ts'
import { NightTimes } from './night-times.ts'
import { testPath, type PathFound } from './path-test.ts'
import type { Parts } from './self-test.ts'
import { watchLife } from './watch-life.ts'

/** So long must nobody have touched the screen, in ms: somebody may stand before it and read. */
const UNTOUCHED_MS = 60_000

/** So many tests in a row must find no way before it is called lost. Fewer, and a busy minute closes a kiosk. */
const LOST_TESTS = 2

/** In storage, once the microphone of this machine has heard its loudspeaker. */
const HEARD_ITSELF = 'skranke.heard-itself'

/** What another program can read the length of a test from, without anything being kept. */
const MEASURE = 'skranke.self-test'

type Tested = {
  readonly connection: CallerConnection
  readonly screen: ReadonlySignal<Screen>
  readonly media: MediaControl
  readonly health: MachineHealth
}

/** Tests for the life of the page. */
export function startMachineTests({ connection, screen, media, health }: Tested): void {
  watchPressed(media, health)
  const isFree = computed(() => {
    const { value: shown } = screen
    return isNobodyThere(shown) && shown.isReachable && media.mode.value === null
  })
  const tests = new IdleTests(connection, health)
  followOrders({ connection, screen, test: () => tests.order() })
  effect(() => {
    if (!isFree.value) return
    let running = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = (): void => {
      running.abort()
      clearTimeout(timer)
      running = new AbortController()
      const { signal } = running
      timer = setTimeout(
        () => void untracked(() => tests.run(signal)).then(() => signal.aborted || wait()),
        UNTOUCHED_MS,
      )
    }
    wait()
    // Before the press is one: what is pressed finds camera and microphone closed.
    document.addEventListener('pointerdown', wait, true)
    document.addEventListener('keydown', wait, true)
    return () => {
      running.abort()
      clearTimeout(timer)
      document.removeEventListener('pointerdown', wait, true)
      document.removeEventListener('keydown', wait, true)
    }
  })
}

class IdleTests {
  readonly #connection: CallerConnection
  readonly #health: MachineHealth
  readonly #night = new NightTimes(Math.random())
  #isPathTested = false
  #vainTests = 0

  constructor(connection: CallerConnection, health: MachineHealth) {
    this.#connection = connection
    this.#health = health
  }

  /** Has the way tried anew, and the devices counted: nothing is opened by order from afar. */
  order(): void {
    this.#isPathTested = false
  }

  /** What is due, if anything is. Resolves when it is through or `signal` was raised. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#connection.state.kind !== 'online') return
    const now = new Date(this.#connection.serverNow())
    if (this.#night.isDue(now)) {
      const hasHeardItself = localStorage.getItem(HEARD_ITSELF) !== null
      const found = await testAll({ connection: this.#connection, signal, hasHeardItself })
      if (found === null) return
      if (found.parts.speaker === 'works') localStorage.setItem(HEARD_ITSELF, 'yes')
      this.#night.done(now)
      this.#health.parts.value = partsFound(this.#health.parts.peek(), found.parts)
      this.#takePath(found.path)
    } else if (!this.#isPathTested || this.#health.path.peek() === 'faulty') {
      this.#takePath(await testPath(this.#connection, signal))
    }
  }

  #takePath(found: PathFound | null): void {
    if (found === null) return
    const { isFound, ...figures } = found
    this.#vainTests = isFound ? 0 : this.#vainTests + 1
    this.#isPathTested = true
    this.#health.path.value = isFound ? 'works' : 'faulty'
    this.#health.isPathLost.value = this.#vainTests >= LOST_TESTS
    this.#health.test.value = { testedAt: Math.round(this.#connection.serverNow()), ...figures }
  }
}

/** A test that came to no end says nothing against what is known. */
function partsFound(known: Parts, found: Parts): Parts {
  const stateOf = (part: keyof Parts): PartState => (found[part] === 'unknown' ? known[part] : found[part])
  return { camera: stateOf('camera'), microphone: stateOf('microphone'), speaker: stateOf('speaker') }
}

/** Looks at what a press has opened. It is begun when the page has nothing better to do: the place in line goes first. */
function watchPressed(media: MediaControl, health: MachineHealth): void {
  const watched = new Map<MediaStreamTrack, () => void>()
  let waiting = 0
  effect(() => {
    const tracks = media.ownPicture.value?.getTracks() ?? []
    for (const [track, stop] of watched) {
      if (tracks.includes(track)) continue
      stop()
      watched.delete(track)
    }
    for (const track of tracks) {
      if (watched.has(track)) continue
      const startTime = performance.now()
      let isFirst = true
      waiting += 1
      const stop = whenIdle(() =>
        watchLife(track, (life) => {
          media.judge(track, life === 'dead')
          if (isFirst) waiting -= 1
          if (isFirst && waiting === 0) tell(health, startTime)
          isFirst = false
        }),
      )
      watched.set(track, () => {
        if (isFirst) waiting -= 1
        stop()
      })
    }
  })
}

function tell(health: MachineHealth, startTime: number): void {
  health.selfTestMs.value = Math.round(performance.now() - startTime)
  performance.measure(MEASURE, { start: startTime })
  performance.clearMeasures(MEASURE)
}

/** Begins `work` in an idle moment, at the latest after 200 ms. Returns the function that calls it off or ends it. */
function whenIdle(work: () => () => void): () => void {
  let end = (): void => undefined
  const wish = requestIdleCallback(() => (end = work()), { timeout: 200 })
  return () => {
    cancelIdleCallback(wish)
    end()
  }
}
