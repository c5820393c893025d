/** What the kiosk says of itself each minute and when something changes, and what it hears of itself in return. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import type { MachineHealth } from './machine-health.ts'
import { hasGivenUp, reloadsCount } from './reload.ts'

/** Raised, a kiosk that stands still is found later; the server calls it silent after three of these. In ms. */
const REPORT_EVERY_MS = 60_000

/** Changes within this time are told together. In ms. */
const GATHERED_MS = 2_000

export type Orders = {
  /** The city has taken this screen out of use. */
  readonly isOutOfOrder: boolean
  /** The page that the server would give now. Empty until it has said so. */
  readonly build: string
}

type HeartbeatParts = {
  readonly connection: CallerConnection
  readonly isOnline: ReadonlySignal<boolean>
  readonly health: MachineHealth
  /** Of this page. */
  readonly build: string
}

/** Starts to report, for the life of the page. Returns what was heard last. */
export function startHeartbeat({ connection, isOnline, health, build }: HeartbeatParts): ReadonlySignal<Orders> {
  const orders = signal<Orders>({ isOutOfOrder: false, build: '' })
  let isServerOlder = false
  const report = async (): Promise<void> => {
    try {
      orders.value = await connection.request('machine.report', reportOf(health, build, !isServerOlder))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // The next one is a minute away. But an older server takes no word that it does not know, and would be silent on the
      // page that it gives now.
      if (error.code !== 'bad-request' || isServerOlder) return
      isServerOlder = true
      await report()
    }
  }
  // As words, so that a state that comes back within the time is told once.
  const { parts, path, test, selfTestMs } = health
  const now = (): unknown[] => [parts.value, path.value, test.value, selfTestMs.value, hasGivenUp.value]
  const news = computed(() => (isOnline.value ? JSON.stringify(now()) : null))
  effect(() => {
    if (news.value === null) return
    const soon = setTimeout(() => untracked(() => void report()), GATHERED_MS)
    const timer = setInterval(() => untracked(() => void report()), REPORT_EVERY_MS)
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  })
  return orders
}

/** `isWhole`: with what a server of before this page knows nothing of. */
function reportOf({ parts, path, test, selfTestMs }: MachineHealth, build: string, isWhole: boolean): KioskReport {
  return {
    ...parts.value,
    path: path.value,
    build: build.slice(0, 256),
    memoryMb: usedMemoryMb(),
    droppedFramesCount: droppedFrames(),
    uptimeS: Math.floor(performance.now() / 1_000),
    ...(isWhole ? { page: hasGivenUp.value ? 'faulty' : 'works', reloadsCount: reloadsCount(sessionStorage) } : {}),
    ...(isWhole && test.value !== null ? { test: test.value } : {}),
    ...(isWhole && selfTestMs.value !== null ? { selfTestMs: selfTestMs.value } : {}),
  }
}

/** Chromium's own figure; the standard one takes seconds and needs an isolated page. */
function usedMemoryMb(): number | null {
  const { memory } = performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } }
  return memory === undefined ? null : Math.round(memory.usedJSHeapSize / 2 ** 20)
}

/** Of the pictures that stand on the screen now. */
function droppedFrames(): number {
  const videos = [...document.querySelectorAll('video')]
  return videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().droppedVideoFrames, 0)
}
