/** The sound of an offer: two soft notes, made here so that no file has to load before it can ring. */

const NOTES_HZ = [784, 988] as const
const NOTE_MS = 180
const PAUSE_MS = 1_600
const LOUDNESS = 0.18

/** Rung ahead by the clock of the sound, because a browser slows the timers of a tab that nobody looks at. */
const CHIMES_AHEAD = 20

let audio: AudioContext | null = null
let timer: ReturnType<typeof setTimeout> | undefined
/** What is rung ahead goes through here, and can be silenced. */
let ringing: GainNode | null = null

function context(): AudioContext {
  audio ??= new AudioContext()
  return audio
}

/** Lets the browser play sound from now on: it only allows that after a press or a key. */
export function unlockSound(): void {
  void context().resume()
}

/** Plays the two notes once. */
export function chime(): void {
  const sound = context()
  void sound.resume()
  playNotes(sound, sound.destination, 0)
}

function playNotes(sound: AudioContext, out: AudioNode, afterMs: number): void {
  NOTES_HZ.forEach((frequency, index) => {
    const startsAt = sound.currentTime + (afterMs + index * NOTE_MS) / 1000
    const endsAt = startsAt + (NOTE_MS * 2.4) / 1000
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    tone.type = 'sine'
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, startsAt)
    volume.gain.linearRampToValueAtTime(LOUDNESS, startsAt + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, endsAt)
    tone.connect(volume).connect(out)
    tone.start(startsAt)
    tone.stop(endsAt)
  })
}

/** Rings until {@link stopRinging}. Asking again while it rings changes nothing. */
export function startRinging(): void {
  if (timer !== undefined) return
  const sound = context()
  void sound.resume()
  const out = sound.createGain()
  out.connect(sound.destination)
  ringing = out
  const again = (): void => {
    for (let chimes = 0; chimes < CHIMES_AHEAD; chimes += 1) playNotes(sound, out, chimes * PAUSE_MS)
    timer = setTimeout(again, CHIMES_AHEAD * PAUSE_MS)
  }
  again()
}

export function stopRinging(): void {
  ringing?.disconnect()
  ringing = null
  clearTimeout(timer)
  timer = undefined
}
