/** In which sizes a camera is sent, and a window of the screen. */
import type { types } from 'mediasoup-client'

/**
 * The low layer keeps a face moving on 300 kbit/s, the high one is 720p. With one layer only, a receiver with less than
 * that gets nothing at all.
 */
const TALKING: readonly types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 2, maxBitrate: 250_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_000_000, scalabilityMode: 'L1T3' },
]

/**
 * For signing pictures are many before they are large. Nothing thins out the pictures within a layer (`T1`), so that an
 * SFU short of room can only choose a smaller one: 240, 360 or 720 lines, each at the full rate. The smallest has QVGA's lines
 * (EN 301 549, 6.5.2) and little more than the 100 kbit/s that signing takes at 25 pictures: after a fall the way is
 * found wide enough for it first.
 */
const SIGNING: readonly types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 3, maxBitrate: 110_000, maxFramerate: 30, scalabilityMode: 'L1T1' },
  { scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: 30, scalabilityMode: 'L1T1' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, maxFramerate: 30, scalabilityMode: 'L1T1' },
]

/**
 * The layers to begin with, smallest first; a new object each time, because mediasoup-client keeps it. The largest waits for
 * {@link LARGEST_AFTER_MS}.
 */
export function cameraEncodings(isSigning: boolean): types.RtpEncodingParameters[] {
  const layers = structuredClone(isSigning ? [...SIGNING] : [...TALKING])
  return layers.map((layer, index) => ({ ...layer, active: index < layers.length - 1 }))
}

/**
 * A window of the screen: one size, so that letters stay sharp, and pictures in two halves (`L1T2`), of which an SFU short of room
 * leaves one out: six a second are left. Little of the way, and after the voice and the face where there is not enough for all.
 * In bit/s and pictures a second.
 */
const WINDOW: types.RtpEncodingParameters = {
  maxBitrate: 800_000,
  maxFramerate: 12,
  scalabilityMode: 'L1T2',
  priority: 'very-low',
}

/** The one layer of a window; a new object each time, as for a camera. */
export const windowEncodings = (): types.RtpEncodingParameters[] => [{ ...WINDOW }]

/**
 * The largest layer is sent only after so long. Before the browser has measured its way it may take that layer back at any
 * moment, and an SFU that had begun with it stood still for three seconds; and the small one alone is encoded sooner. Raised,
 * faces are soft for longer. In ms.
 */
export const LARGEST_AFTER_MS = 1_500
