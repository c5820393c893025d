/** How loud the microphone hears: the quickest proof that the headset is alive. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'

const LOOK_EVERY_MS = 100
/** Speech at arm's length has about this root mean square; it fills the meter. */
const FULL_LEVEL = 0.2

export function SoundMeter({ stream }: { stream: MediaStream | null }): JSX.Element {
  const level = useSignal(0)
  useEffect(() => {
    if (stream === null || stream.getAudioTracks().length === 0) {
      level.value = 0
      return undefined
    }
    return watchLevel(stream, (heard) => (level.value = heard))
  }, [stream])
  return (
    <label class="meter-row">
      {t('devices.level')}
      <meter class="level" min={0} max={1} value={level.value} />
    </label>
  )
}

/** Tells the level, 0 to 1, ten times a second. Returns what ends it. */
function watchLevel(stream: MediaStream, tell: (level: number) => void): () => void {
  const audio = new AudioContext()
  const analyser = audio.createAnalyser()
  analyser.fftSize = 1024
  audio.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    tell(Math.min(1, Math.sqrt(power) / FULL_LEVEL))
  }, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    void audio.close()
  }
}
