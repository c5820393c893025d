/** What each way of talking opens. The other side is seen and heard in all of them. */
import type { DeviceKind } from '#sfu/client/devices.ts'
import type { Mode } from '#server/contract/ids.ts'

/** What is opened for `mode`, in this order: for signing the picture counts, and the sound comes after it. */
export const devicesOf = (mode: Mode): readonly DeviceKind[] => devices[mode]

const devices = {
  video: ['microphone', 'camera'],
  voice: ['microphone'],
  text: [],
  signing: ['camera', 'microphone'],
} as const satisfies Record<Mode, readonly DeviceKind[]>

/** The way of talking with one thing more open than in `mode`, or null where everything is. */
export function modeWithMore(mode: Mode): Mode | null {
  if (mode === 'text') return 'voice'
  return mode === 'voice' ? 'video' : null
}
