/** Whether a tone of one pitch is in a stretch of sound. Pure. */

/**
 * The pitch, in Hz: where small loudspeakers are loud and small microphones hear well, away from the harmonics of the
 * mains (50 Hz) and from what fans hum.
 */
export const TONE_HZ = 1_730

/** Where the noise beside the tone is measured, in Hz from it: near enough to be of the same kind, and out of its skirt. */
const BESIDE_HZ = [-310, -190, 190, 310] as const

/**
 * So many times the noise beside it (as power): 20 is 13 dB. Raised, a quiet loudspeaker counts as none; lowered, noise
 * alone passes for a tone now and then.
 */
const TIMES_NOISE = 20

/** Quieter than this is nothing at all, however quiet the noise: as power, of full scale 1. −90 dB. */
const POWER_MIN = 1e-9

/** The power at `hz` in `samples`, of full scale 1 (Goertzel, in a Hann window). */
export function powerAt(samples: ArrayLike<number>, hz: number, samplesPerS: number): number {
  const count = samples.length
  if (count === 0) return 0
  const turn = 2 * Math.cos((2 * Math.PI * hz) / samplesPerS)
  let [one, two] = [0, 0]
  for (let i = 0; i < count; i += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / count)
    const next = (samples[i] ?? 0) * window + turn * one - two
    two = one
    one = next
  }
  // The window halves the amplitude; a sine of amplitude 1 has a power of 1 here.
  return (16 * (one * one + two * two - turn * one * two)) / (count * count)
}

/** Whether the tone is heard in `samples`: well above the noise on both sides of it. */
export function isToneHeard(samples: ArrayLike<number>, samplesPerS: number): boolean {
  const tone = powerAt(samples, TONE_HZ, samplesPerS)
  const noise = Math.max(...BESIDE_HZ.map((aside) => powerAt(samples, TONE_HZ + aside, samplesPerS)))
  return tone > POWER_MIN && tone > noise * TIMES_NOISE
}
