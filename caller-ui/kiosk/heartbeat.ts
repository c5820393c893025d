/** What the kiosk says of itself each minute and when something changes, and what it hears of itself in return. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { KioskReport, PartState } from '#server/contract/kiosk-report.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { CallMedia } from '../session/call-media.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import { listedParts, partAfter, type Parts } from './self-test.ts'

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
  readonly media: CallMedia
  /** Of this page. */
  readonly build: string
}

/** Starts to report, for the life of the page. Returns what was heard last. */
export function startHeartbeat({ connection, isOnline, media, build }: HeartbeatParts): ReadonlySignal<Orders> {
  const orders = signal<Orders>({ isOutOfOrder: false, build: '' })
  const parts = watchParts(media)
  const path = watchPath(media)
  const report = (): void => {
    const body: KioskReport = {
      ...parts.value,
      path: path.value,
      build: build.slice(0, 256),
      memoryMb: usedMemoryMb(),
      droppedFramesCount: droppedFrames(),
      uptimeS: Math.floor(performance.now() / 1_000),
    }
    connection.request('machine.report', body).then(
      (heard) => (orders.value = heard),
      (error: unknown) => {
        // The next one is a minute away. An older server knows nothing of it.
        if (!(error instanceof Refusal)) throw error
      },
    )
  }
  // As words, so that a state that comes back within the time is told once.
  const news = computed(() => (isOnline.value ? JSON.stringify([parts.value, path.value]) : null))
  effect(() => {
    if (news.value === null) return
    const soon = setTimeout(() => untracked(report), GATHERED_MS)
    const timer = setInterval(() => untracked(report), REPORT_EVERY_MS)
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  })
  return orders
}

/** What is plugged in, as far as no call has found otherwise. */
function watchParts(media: CallMedia): ReadonlySignal<Parts> {
  const parts = signal<Parts>({ camera: 'unknown', microphone: 'unknown', speaker: 'unknown' })
  const list = (): void => void listedParts(navigator.mediaDevices).then((listed) => (parts.value = listed))
  // Plugged in or out, also while nobody is there.
  navigator.mediaDevices?.addEventListener('devicechange', list)
  list()
  effect(() => {
    const [camera, microphone] = [media.camera.value, media.microphone.value]
    const before = parts.peek()
    parts.value = {
      ...before,
      camera: partAfter(before.camera, camera),
      microphone: partAfter(before.microphone, microphone),
    }
  })
  return parts
}

/** The way to the media room as the last call found it. */
function watchPath(media: CallMedia): ReadonlySignal<PartState> {
  const path = signal<PartState>('unknown')
  effect(() => {
    const now = media.path.value
    if (now === 'up') path.value = 'works'
    if (now === 'lost') path.value = 'faulty'
  })
  return path
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
