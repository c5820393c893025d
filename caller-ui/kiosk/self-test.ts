/** Whether the machine's parts are there, without opening any of them. What opening them shows is `machine-tests.ts`. */
import type { PartState } from '#server/contract/kiosk-report.ts'
import type { DeviceState } from '../model/device-trouble.ts'

export type Parts = { readonly camera: PartState; readonly microphone: PartState; readonly speaker: PartState }

/** How many of each kind are plugged in; absent where it is not known yet. */
export type Counted = { readonly [Part in keyof Parts]?: number }

const KINDS = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const

/** What is plugged in. Takes some milliseconds, and turns on no light. */
export async function countedParts(devices: MediaDevices | undefined): Promise<Required<Counted>> {
  const listed = devices === undefined ? [] : await devices.enumerateDevices()
  const count = (part: keyof Parts): number => listed.filter(({ kind }) => kind === KINDS[part]).length
  return { camera: count('camera'), microphone: count('microphone'), speaker: count('speaker') }
}

/**
 * The parts after it was counted anew. One that was found dead stays so while nothing of its kind is plugged in or out:
 * that it is listed says nothing.
 */
export function partsOf(known: Parts, before: Counted, now: Required<Counted>): Parts {
  const stateOf = (part: keyof Parts): PartState => {
    if (now[part] === before[part]) return known[part]
    return now[part] > 0 ? 'works' : 'faulty'
  }
  return { camera: stateOf('camera'), microphone: stateOf('microphone'), speaker: stateOf('speaker') }
}

/**
 * What is known of a part that is plugged in, after a call has opened it or could not: `before` stands while it is closed,
 * for that says nothing.
 */
export function partAfter(before: PartState, device: DeviceState): PartState {
  if (device === 'on' || device === 'off') return 'works'
  return device === 'closed' || device === 'opening' ? before : 'faulty'
}
