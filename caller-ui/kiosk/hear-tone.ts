/** Plays a short quiet tone and listens for it by the microphone that is open. */
import type { PartState } from '#server/contract/kiosk-report.ts'
import { isRunning, passed } from '#sfu/client/try-way.ts'
import { borrowSound } from '../session/sound-context.ts'
import { isToneHeard, TONE_HZ } from './tone.ts'

/** How loud each try is, of full scale 1: quiet first, for somebody may pass by; then as loud as a voice. */
const LOUDNESS = [0.05, 0.15, 0.4] as const

/** One try, in ms: some loudspeakers need half a second until they sound. */
const TRY_MS = 1_200
const LOOK_EVERY_MS = 100

/** Heard in so many looks one after the other; noise alone does not manage that. */
const HEARD_LOOKS = 3

/**
 * Whether the loudspeaker is heard by `microphone`, which must be open without echo cancelling. `unknown` where it cannot be
 * said: no sound may be made, the tone is there before it is played, or `signal` was raised.
 */
export async function hearTone(microphone: MediaStreamTrack, signal: AbortSignal): Promise<PartState> {
  const { context, giveBack } = borrowSound()
  let source: MediaStreamAudioSourceNode | undefined
  try {
    if (!(await isRunning(context))) return 'unknown'
    const analyser = context.createAnalyser()
    // At 48 kHz a third of a second: narrow enough to tell the tone from what is beside it.
    analyser.fftSize = 16_384
    source = context.createMediaStreamSource(new MediaStream([microphone]))
    source.connect(analyser)
    await passed((analyser.fftSize / context.sampleRate) * 1_000 + LOOK_EVERY_MS, signal)
    const listen = listener(analyser, context.sampleRate)
    if (listen()) return 'unknown'
    for (const loudness of LOUDNESS) {
      if (await isHeard(context, loudness, listen, signal)) return 'works'
      if (signal.aborted) return 'unknown'
    }
    return 'faulty'
  } finally {
    source?.disconnect()
    giveBack()
  }
}

function listener(analyser: AnalyserNode, samplesPerS: number): () => boolean {
  const samples = new Float32Array(analyser.fftSize)
  return () => {
    analyser.getFloatTimeDomainData(samples)
    return isToneHeard(samples, samplesPerS)
  }
}

async function isHeard(
  context: AudioContext,
  loudness: number,
  listen: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = TONE_HZ
  // Softly in, so that it does not click.
  volume.gain.setValueAtTime(0, context.currentTime)
  volume.gain.linearRampToValueAtTime(loudness, context.currentTime + 0.05)
  tone.connect(volume).connect(context.destination)
  tone.start()
  const until = performance.now() + TRY_MS
  try {
    for (let looks = 0; performance.now() < until && !signal.aborted;) {
      await passed(LOOK_EVERY_MS, signal)
      looks = listen() ? looks + 1 : 0
      if (looks >= HEARD_LOOKS) return true
    }
    return false
  } finally {
    tone.stop()
    volume.disconnect()
  }
}
