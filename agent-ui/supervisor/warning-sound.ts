/** Two notes when something new is warned of, and again while nobody has seen it; switched off on this computer by whoever likes. */
import { effect, signal } from '@preact/signals'
import { WarningBell } from '../model/warnings.ts'
import { view } from './floor-state.ts'

const REMEMBERED_AS = 'skranke.warningSound'
/** Falling, so that nobody takes it for an offer that rings. */
const NOTES_HZ = [660, 440] as const
const NOTE_S = 0.22
const LOUDNESS = 0.16
const SETTLES_MS = 500

export const isSoundOn = signal(recall())
/** Browsers keep a page silent until somebody has touched it: then nobody would hear a warning, and the page says so. */
export const isSoundHeldBack = signal(false)

/** Switches the sound, remembers it, and plays it once where it is on: so the browser lets it sound from now on. */
export function switchSound(): void {
  isSoundOn.value = !isSoundOn.value
  try {
    localStorage.setItem(REMEMBERED_AS, isSoundOn.value ? 'on' : 'off')
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
  if (isSoundOn.value) play()
  else isSoundHeldBack.value = false
}

/** Starts listening for new warnings. Once for the page. */
export function soundWarnings(): void {
  if (isSoundOn.peek()) opened()
  for (const touch of ['pointerdown', 'keydown'] as const) {
    addEventListener(touch, () => void (isSoundHeldBack.peek() && opened().resume()))
  }
  const later = (work: () => void, ms: number) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  }
  const bell = new WarningBell({ play, later })
  effect(() => {
    const warnings = view.value?.warnings
    if (warnings !== undefined) bell.look(warnings, isSoundOn.value)
  })
}

function recall(): boolean {
  try {
    return localStorage.getItem(REMEMBERED_AS) !== 'off'
  } catch {
    return true
  }
}

let audio: AudioContext | null = null

function opened(): AudioContext {
  if (audio !== null) return audio
  const sound = (audio = new AudioContext())
  const look = (): void => {
    isSoundHeldBack.value = isSoundOn.peek() && sound.state === 'suspended'
  }
  sound.addEventListener('statechange', look)
  // One that may sound is running after a moment.
  setTimeout(look, SETTLES_MS)
  return sound
}

function play(): void {
  const sound = opened()
  void sound.resume()
  // For whoever looks whether it sounds.
  dispatchEvent(new Event('warning-sounded'))
  NOTES_HZ.forEach((frequency, index) => {
    const startsAt = sound.currentTime + index * NOTE_S
    const endsAt = startsAt + NOTE_S * 2
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, startsAt)
    volume.gain.linearRampToValueAtTime(LOUDNESS, startsAt + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, endsAt)
    tone.connect(volume).connect(sound.destination)
    tone.start(startsAt)
    tone.stop(endsAt)
  })
}
