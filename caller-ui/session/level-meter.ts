/** How loud a stream is, several times a second. */
import { borrowSound } from './sound-context.ts'

/** EN 301 549 asks for a visible sign of speech in real time; ten times a second looks immediate. */
const LOOK_EVERY_MS = 100

/** Speech at an ordinary level has an effective value around this; it fills the scale. */
const LOUD_RMS = 0.18

/** Calls `onLevel` with 0 (silence) to 1 (loud speech). Returns the function that stops it. */
export function hearLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const { context, giveBack } = borrowSound()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  const samples = new Float32Array(analyser.fftSize)
  let source: MediaStreamAudioSourceNode | undefined
  let heardTrack: MediaStreamTrack | undefined
  const timer = setInterval(() => {
    const track = stream.getAudioTracks()[0]
    if (track !== heardTrack) {
      source?.disconnect()
      heardTrack = track
      source = track === undefined ? undefined : context.createMediaStreamSource(new MediaStream([track]))
      source?.connect(analyser)
    }
    analyser.getFloatTimeDomainData(samples)
    onLevel(source === undefined ? 0 : levelOf(samples))
  }, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    source?.disconnect()
    giveBack()
  }
}

/** 0 to 1 for the effective value of `samples`, stretched so that quiet speech is seen too. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  return Math.min(1, Math.sqrt(rms / LOUD_RMS))
}
