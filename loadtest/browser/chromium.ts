/** The one way Chromium is started, by tests and by load runs: with a made-up camera, and talking to nobody but this machine. */
import { existsSync, statfsSync } from 'node:fs'
import { launch, type Browser } from 'puppeteer'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-ui-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // A process kept ready for a page that may never be opened: with a profile for each page, every second one was for nothing.
  '--disable-features=SpareRendererForSitePerProcess',
]

/** For pages in a call with each other: all of them are in use at once, though only one can be in front. */
const SIDE_BY_SIDE = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  // Sound is only played, and counted, where it may be heard; nobody pressed anything here.
  '--autoplay-policy=no-user-gesture-required',
]

/** Where a browser keeps what its processes share, each picture of a page among it, unless Puppeteer sends it to the disk. */
const SHARED_MEMORY_DIR = '/dev/shm'
/** A container has 64 MiB there where nobody said otherwise, with which a browser crashes. */
const SHARED_MEMORY_BYTES_MIN = 2 * 2 ** 30

export type ChromiumOptions = {
  /** Pictures a second of the made-up camera, where the browser's own 20 are too many. */
  readonly cameraFps?: number
  readonly areSideBySide?: boolean
  /** Whoever shares a window is given a made-up one, without being asked which. */
  readonly isWindowMadeUp?: boolean
  /** As for somebody who wants no motion: what moves for ever is drawn for ever, and takes the processor of whatever is measured. */
  readonly isStill?: boolean
}

/**
 * Opens a browser without a window: the one that `npm test` found, or Debian's. The caller closes it. Throws one
 * sentence where there is none.
 */
export async function launchChromium({
  cameraFps,
  areSideBySide = false,
  isWindowMadeUp = false,
  isStill = false,
}: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = process.env['PUPPETEER_EXECUTABLE_PATH'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error('Chromium is missing: npm test installs it or says how.')
  const made = [
    ...(cameraFps === undefined ? [] : [`fps=${cameraFps}`]),
    ...(isWindowMadeUp ? ['display-media-type=window'] : []),
  ]
  const camera = `--use-fake-device-for-media-stream${made.length === 0 ? '' : `=${made.join(',')}`}`
  const still = isStill ? ['--force-prefers-reduced-motion'] : []
  const args = [...FLAGS, camera, ...still, ...(areSideBySide ? SIDE_BY_SIDE : [])]
  const ignoreDefaultArgs = hasSharedMemory() ? ['--disable-dev-shm-usage'] : []
  return launch({ executablePath, headless: true, args, ignoreDefaultArgs })
}

function hasSharedMemory(): boolean {
  if (!existsSync(SHARED_MEMORY_DIR)) return false
  const { bavail, bsize } = statfsSync(SHARED_MEMORY_DIR)
  return bavail * bsize >= SHARED_MEMORY_BYTES_MIN
}
