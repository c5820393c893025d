/** What a broken camera or microphone means for the conversation. */

/**
 * Of a camera or microphone. `closed`: not needed. `unavailable`: it is missing, in use or broken; to the person it is
 * one thing. `forbidden`: somebody, or the screen's own policy, said no.
 */
export type DeviceState = 'closed' | 'opening' | 'on' | 'off' | 'unavailable' | 'forbidden'

export type DeviceTrouble =
  | 'device.no-camera'
  | 'device.no-microphone'
  | 'device.no-microphone-voice'
  | 'device.neither'
  | 'device.forbidden-camera'
  | 'device.forbidden-microphone'
  | 'device.forbidden'

const isMissing = (state: DeviceState): boolean => state === 'unavailable' || state === 'forbidden'

/** The words to be said about it, or null when all is well, not needed, or not known yet. */
export function deviceTrouble(camera: DeviceState, microphone: DeviceState): DeviceTrouble | null {
  const isBlind = isMissing(camera)
  const isMute = isMissing(microphone)
  if (isBlind && isMute) {
    return camera === 'forbidden' && microphone === 'forbidden' ? 'device.forbidden' : 'device.neither'
  }
  if (isBlind) return camera === 'forbidden' ? 'device.forbidden-camera' : 'device.no-camera'
  if (!isMute) return null
  if (microphone === 'forbidden') return 'device.forbidden-microphone'
  return camera === 'closed' ? 'device.no-microphone-voice' : 'device.no-microphone'
}

/** Whether the person cannot be heard, though they mean to be: then they can write. */
export const isUnheard = (microphone: DeviceState): boolean => isMissing(microphone)
