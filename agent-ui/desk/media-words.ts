/** The words for what can go wrong with picture and sound. */
import type { DeviceErrorCode, DeviceFault } from '#sfu/client/devices.ts'
import { t } from '../text/language.ts'
import type { MediaFault } from './call-media.ts'

const cameraWords = {
  'not-allowed': 'devices.cameraNotAllowed',
  'not-found': 'devices.cameraNotFound',
  'in-use': 'devices.cameraInUse',
  'not-secure': 'devices.notSecure',
  failed: 'devices.cameraFailed',
} as const satisfies Record<DeviceErrorCode, string>

const microphoneWords = {
  'not-allowed': 'devices.microphoneNotAllowed',
  'not-found': 'devices.microphoneNotFound',
  'in-use': 'devices.microphoneInUse',
  'not-secure': 'devices.notSecure',
  failed: 'devices.microphoneFailed',
} as const satisfies Record<DeviceErrorCode, string>

/** What is wrong with a camera or microphone, and what to do. */
export function deviceFaultText({ kind, code }: DeviceFault): string {
  return t(kind === 'camera' ? cameraWords[code] : microphoneWords[code])
}

const faultWords = {
  refused: 'call.mediaRefused',
  lost: 'call.mediaLost',
  replaced: 'call.mediaReplaced',
} as const satisfies Record<MediaFault, string>

/** Why picture and sound are gone, and what can be done. */
export function mediaFaultText(fault: MediaFault): string {
  return t(faultWords[fault])
}
