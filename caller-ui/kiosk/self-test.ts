/** Whether the machine's parts are there, without opening any of them: that is for a person's press alone. */
import type { PartState } from '#server/contract/kiosk-report.ts'
import type { DeviceState } from '../model/device-trouble.ts'

export type Parts = { readonly camera: PartState; readonly microphone: PartState; readonly speaker: PartState }

/** What is plugged in. Takes some milliseconds, and turns on no light. */
export async function listedParts(devices: MediaDevices | undefined): Promise<Parts> {
  if (devices === undefined) return { camera: 'faulty', microphone: 'faulty', speaker: 'faulty' }
  const kinds = new Set((await devices.enumerateDevices()).map(({ kind }) => kind))
  const stateOf = (kind: MediaDeviceKind): PartState => (kinds.has(kind) ? 'works' : 'faulty')
  return { camera: stateOf('videoinput'), microphone: stateOf('audioinput'), speaker: stateOf('audiooutput') }
}

/**
 * What is known of a part that is plugged in, after a call has opened it or could not: `before` stands while it is closed,
 * for that says nothing.
 */
export function partAfter(before: PartState, device: DeviceState): PartState {
  if (device === 'on' || device === 'off') return 'works'
  return device === 'closed' || device === 'opening' ? before : 'faulty'
}
