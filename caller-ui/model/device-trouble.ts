/** What a broken camera or microphone means for the conversation. */

/** Of a camera or microphone. `unavailable`: it is missing, forbidden, in use or broken; to the person it is one thing. */
export type DeviceState = 'closed' | 'opening' | 'on' | 'off' | 'unavailable'

export type DeviceTrouble = 'device.no-camera' | 'device.no-microphone' | 'device.neither'

/** The words to be said about it, or null when all is well or not known yet. */
export function deviceTrouble(camera: DeviceState, microphone: DeviceState): DeviceTrouble | null {
  const isBlind = camera === 'unavailable'
  const isMute = microphone === 'unavailable'
  if (isBlind && isMute) return 'device.neither'
  if (isBlind) return 'device.no-camera'
  return isMute ? 'device.no-microphone' : null
}
