/** Looks at an open camera or listens to an open microphone until it is known whether it lives. Nothing is kept. */
import { borrowSound } from '../session/sound-context.ts'
import { SignsOfLife, soundSigns, type Life } from './signs-of-life.ts'

/** How often it looks before it knows, in ms. */
const LOOK_EVERY_MS = 60

/** How often it looks whether a dead one has come back, in ms: a cover that was taken off, a switch on the cable. */
const LOOK_AGAIN_MS = 1_000

/** Pixels that are looked at: single ones of the whole picture, never mixed, for a mean hides the noise. */
const [WIDTH, HEIGHT] = [96, 54]

type Source = {
  /** What it gives now: null where it gives nothing yet, undefined where the browser does not let anybody look. */
  take(): ArrayLike<number> | null | undefined
  stop(): void
}

/**
 * Watches `track` until it lives, and again when the browser says that it went mute; calls `onLife` with each verdict.
 * Where the browser does not let it look, it says nothing. Returns the function that stops it; the track stays open.
 */
export function watchLife(track: MediaStreamTrack, onLife: (life: Exclude<Life, 'waiting'>) => void): () => void {
  let source: Source | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const signs = new SignsOfLife()
  const rest = (): void => {
    clearTimeout(timer)
    source?.stop()
    source = undefined
    signs.forget()
  }
  const look = (last: Life): void => {
    if (isStopped || track.readyState === 'ended') return rest()
    source ??= track.kind === 'video' ? pictureOf(track) : soundOf(track)
    // Switched off by the person, or on hold: then silence is what was asked for.
    const given = track.enabled ? source.take() : undefined
    if (given === undefined) signs.forget()
    const life = given === undefined ? 'waiting' : signs.look(given, performance.now())
    if (life !== 'waiting' && life !== last) onLife(life)
    if (life === 'alive') return rest()
    if (life === 'dead') signs.forget()
    const known = life === 'waiting' ? last : life
    timer = setTimeout(() => look(known), life === 'dead' ? LOOK_AGAIN_MS : LOOK_EVERY_MS)
  }
  const begin = (): void => {
    rest()
    look('waiting')
  }
  track.addEventListener('mute', begin)
  begin()
  return () => {
    isStopped = true
    track.removeEventListener('mute', begin)
    rest()
  }
}

function pictureOf(track: MediaStreamTrack): Source {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  video.play().catch(() => undefined)
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context !== null) context.imageSmoothingEnabled = false
  return {
    take() {
      if (context === null || document.visibilityState === 'hidden') return undefined
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
      context.drawImage(video, 0, 0, WIDTH, HEIGHT)
      return context.getImageData(0, 0, WIDTH, HEIGHT).data
    },
    stop() {
      video.srcObject = null
    },
  }
}

function soundOf(track: MediaStreamTrack): Source {
  const { context, giveBack } = borrowSound()
  const analyser = context.createAnalyser()
  // At 48 kHz 85 ms: longer than the time between two looks, so that nothing is missed.
  analyser.fftSize = 4_096
  const node = context.createMediaStreamSource(new MediaStream([track]))
  node.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const fullAtS = context.currentTime + analyser.fftSize / context.sampleRate
  return {
    take() {
      // Before it is full there are zeros of its own making. In one that may not run yet no time passes.
      if (context.state !== 'running' || context.currentTime < fullAtS) return undefined
      analyser.getFloatTimeDomainData(samples)
      return soundSigns(samples)
    },
    stop() {
      node.disconnect()
      giveBack()
    },
  }
}
