/** Camera and microphone: opened with what a video call needs, with failures a page can name. */
import { Refusal } from '#sfu/contract/wire.ts'

export const deviceErrorCodes = ['not-allowed', 'not-found', 'in-use', 'not-secure', 'failed'] as const
export type DeviceErrorCode = (typeof deviceErrorCodes)[number]

export type DeviceKind = 'camera' | 'microphone'
export type DeviceFault = { readonly kind: DeviceKind; readonly code: DeviceErrorCode }

export type OpenedDevices = {
  readonly stream: MediaStream
  /** What could not be opened. A kiosk with a broken camera still carries a conversation. */
  readonly faults: readonly DeviceFault[]
}

/** 720p at 30 frames; down to what still shows a face. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280, min: 320 },
  height: { ideal: 720, min: 240 },
  frameRate: { ideal: 30, min: 10 },
}
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
}

/**
 * Opens camera and microphone, or those of them that `kinds` names: together if possible, else whichever can be had.
 * `deviceIds` chooses among several. Throws a Refusal with a {@link DeviceErrorCode} when none can be opened.
 */
export async function openDevices(
  deviceIds: { readonly camera?: string; readonly microphone?: string } = {},
  kinds: readonly DeviceKind[] = ['camera', 'microphone'],
): Promise<OpenedDevices> {
  const wanted = kinds.map((kind) => ({ kind, constraints: constraintsOf(kind, deviceIds) }))
  if (wanted.length > 1) {
    try {
      return { stream: await open(Object.assign({}, ...wanted.map(({ constraints }) => constraints))), faults: [] }
    } catch {
      // One of the two may be at fault: each is tried by itself.
    }
  }
  const opened = await Promise.allSettled(wanted.map(({ constraints }) => open(constraints)))
  const faults: DeviceFault[] = []
  const tracks: MediaStreamTrack[] = []
  opened.forEach((outcome, index) => {
    if (outcome.status === 'fulfilled') tracks.push(...outcome.value.getTracks())
    else faults.push({ kind: kinds[index] ?? 'camera', code: deviceErrorCode(outcome.reason) })
  })
  const fault = faults[0]
  if (tracks.length === 0 && fault !== undefined) throw new Refusal(fault.code, 'no device could be opened')
  return { stream: new MediaStream(tracks), faults }
}

function constraintsOf(
  kind: DeviceKind,
  { camera, microphone }: { readonly camera?: string; readonly microphone?: string },
): MediaStreamConstraints {
  return kind === 'camera' ? { video: withDevice(CAMERA, camera) } : { audio: withDevice(MICROPHONE, microphone) }
}

/** Switches off every camera and microphone of the stream. */
export function stopDevices(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** What a failure of `getUserMedia` means for the person in front of it. */
export function deviceErrorCode(error: unknown): DeviceErrorCode {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not-allowed'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'not-found'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    case 'NotSecureError':
      return 'not-secure'
    default:
      return 'failed'
  }
}

function withDevice(constraints: MediaTrackConstraints, deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined ? constraints : { ...constraints, deviceId: { exact: deviceId } }
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  // On a page that is not secure the browser has no media devices at all, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) throw Object.assign(new Error('the page is not secure'), { name: 'NotSecureError' })
  return await devices.getUserMedia(constraints)
}
