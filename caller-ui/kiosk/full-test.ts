/**
 * The whole machine, tried while nobody is there: real pictures, real sound, the loudspeaker by the microphone, and the way
 * to an SFU. Pictures and sound stay in this function: nothing of them is kept, and what goes to the SFU is made up.
 */
import type { PartState } from '#server/contract/kiosk-report.ts'
import { passed } from '#sfu/client/try-way.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import { hearTone } from './hear-tone.ts'
import { testPath, type PathFound } from './path-test.ts'
import { countedParts, type Parts } from './self-test.ts'
import { watchLife } from './watch-life.ts'

/** Longer than any verdict takes. In ms. */
const VERDICT_MS_MAX = 6_000

/** As the room is: an echo canceller would take away the very tone that is listened for. */
const RAW_SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false } as const

type Circumstances = {
  readonly connection: CallerConnection
  readonly signal: AbortSignal
  /** The microphone of this machine has heard its loudspeaker before. Where it never has, there may be a headset. */
  readonly hasHeardItself: boolean
}

export type FullTest = { readonly parts: Parts; readonly path: PathFound | null }

/** Tries everything. Null when `signal` is raised before it is through: then every device is let go of at once. */
export async function testAll({ connection, signal, hasHeardItself }: Circumstances): Promise<FullTest | null> {
  const [camera, sound, counted] = await Promise.all([
    testCamera(signal),
    testSound(signal),
    countedParts(navigator.mediaDevices),
  ])
  if (signal.aborted) return null
  const path = await testPath(connection, signal)
  if (signal.aborted) return null
  const heard = sound.speaker === 'faulty' && !hasHeardItself ? 'unknown' : sound.speaker
  const speaker = counted.speaker > 0 ? heard : 'faulty'
  return { parts: { camera, microphone: sound.microphone, speaker }, path }
}

async function testCamera(signal: AbortSignal): Promise<PartState> {
  return (await withTrack({ video: true }, signal, async (track) => lifeOf(track, signal))) ?? 'faulty'
}

async function testSound(signal: AbortSignal): Promise<Pick<Parts, 'microphone' | 'speaker'>> {
  const tested = await withTrack({ audio: RAW_SOUND }, signal, async (track) => {
    const microphone = await lifeOf(track, signal)
    // A microphone that hears nothing says nothing about the loudspeaker.
    return { microphone, speaker: microphone === 'works' ? await hearTone(track, signal) : ('unknown' as const) }
  })
  return tested ?? { microphone: 'faulty', speaker: 'unknown' }
}

/** What `look` finds of the device that is opened for it and closed after it; null where there is none to be had. */
async function withTrack<R>(
  constraints: MediaStreamConstraints,
  signal: AbortSignal,
  look: (track: MediaStreamTrack) => Promise<R>,
): Promise<R | null> {
  // Absent on a page that is not secure, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  const stream = await devices?.getUserMedia(constraints).catch(() => null)
  const [track] = stream?.getTracks() ?? []
  if (track === undefined) return null
  const stop = (): void => track.stop()
  signal.addEventListener('abort', stop)
  try {
    return await look(track)
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function lifeOf(track: MediaStreamTrack, signal: AbortSignal): Promise<PartState> {
  let stop = (): void => undefined
  const verdict = new Promise<PartState>((resolve) => {
    stop = watchLife(track, (life) => resolve(life === 'alive' ? 'works' : 'faulty'))
  })
  const found = await Promise.race([verdict, passed(VERDICT_MS_MAX, signal)])
  stop()
  return found ?? 'unknown'
}
