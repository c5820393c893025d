/** Two soft notes, made here so that no file has to load before they can sound. */

const NOTES_HZ = [659, 784] as const
const NOTE_MS = 260
/** Heard across a reading room, and startling nobody who sits beside the screen. */
const LOUDNESS = 0.12

/** A browser may hold sound back until somebody touches the page. Notes that come later than this belong to nobody. In ms. */
const TOO_LATE_MS = 1_000

let audio: AudioContext | null = null

/** Plays the two notes once, now or not at all. */
export function chime(): void {
  audio ??= new AudioContext()
  const sound = audio
  const askedAt = performance.now()
  sound.resume().then(
    () => {
      if (performance.now() - askedAt < TOO_LATE_MS) NOTES_HZ.forEach((hz, index) => play(sound, hz, index))
    },
    () => undefined, // No loudspeaker: the screen says the same.
  )
}

function play(sound: AudioContext, hz: number, index: number): void {
  const startsAt = sound.currentTime + (index * NOTE_MS) / 1000
  const endsAt = startsAt + (NOTE_MS * 3) / 1000
  const tone = sound.createOscillator()
  const volume = sound.createGain()
  tone.type = 'sine'
  tone.frequency.value = hz
  volume.gain.setValueAtTime(0, startsAt)
  volume.gain.linearRampToValueAtTime(LOUDNESS, startsAt + 0.04)
  volume.gain.exponentialRampToValueAtTime(0.0001, endsAt)
  tone.connect(volume).connect(sound.destination)
  tone.start(startsAt)
  tone.stop(endsAt)
}
