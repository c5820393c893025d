/** What of the machine does not work, as far as somebody who is about to press should know, and what works all the same. */
import type { PartState } from '#server/contract/kiosk-report.ts'

/** `sound`: neither heard nor hearing. `camera-and-sound`: no picture, and not both ways of sound. `path`: nothing at all. */
export type KioskFault = 'camera' | 'microphone' | 'speaker' | 'sound' | 'camera-and-sound' | 'path'

type Parts = { readonly camera: PartState; readonly microphone: PartState; readonly speaker: PartState }

/** The one thing to say, or null where all works or is not known. */
export function kioskFault({ camera, microphone, speaker }: Parts, isPathLost: boolean): KioskFault | null {
  if (isPathLost) return 'path'
  const isMute = microphone === 'faulty'
  const isDeaf = speaker === 'faulty'
  if (camera === 'faulty') return isMute || isDeaf ? 'camera-and-sound' : 'camera'
  if (isMute) return isDeaf ? 'sound' : 'microphone'
  return isDeaf ? 'speaker' : null
}

/** Whether a talk is hard enough without the parts that are missing that writing is offered first. */
export const isWritingFirst = (fault: KioskFault | null): boolean => fault === 'sound' || fault === 'camera-and-sound'
