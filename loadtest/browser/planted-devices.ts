/**
 * Cameras, microphones, rooms and hours as a test wants them. Each function runs in the page before anything of ours; those
 * that put another camera or microphone in the place of the made-up one run after {@link plantable}.
 */

export type Planted = { isLive: boolean }

type Plant = (kind: 'audio' | 'video', make: () => MediaStreamTrack) => void

/** Before the page, and before what follows: whatever is opened can be given other tracks by `plant`. */
export function plantable(): void {
  const plant: Plant = (kind, make) => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints)
      for (const track of stream.getTracks().filter((each) => each.kind === kind)) {
        track.stop()
        stream.removeTrack(track)
        stream.addTrack(make())
      }
      return stream
    }
  }
  Object.assign(globalThis, { plant })
}

/** Before the page: the camera gives one black picture after another, until `planted.isLive`. */
export function blackCamera(): void {
  const planted: Planted = { isLive: false }
  Object.assign(globalThis, { planted })
  const { plant } = globalThis as unknown as { plant: Plant }
  plant('video', () => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    let step = 0
    setInterval(() => {
      step += 1
      if (context === null) return
      context.fillStyle = planted.isLive ? `rgb(${step % 200} 90 90)` : '#000'
      context.fillRect(0, 0, canvas.width, canvas.height)
    }, 40)
    return canvas.captureStream().getVideoTracks()[0] as MediaStreamTrack
  })
}

/** Before the page: the room is dark, so that the camera shows its own noise and nothing else. */
export function darkRoom(): void {
  const { plant } = globalThis as unknown as { plant: Plant }
  plant('video', () => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const context = canvas.getContext('2d')
    setInterval(() => {
      if (context === null) return
      const noise = context.createImageData(320, 180)
      noise.data.forEach((_, i) => (noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 4))
      context.putImageData(noise, 0, 0)
    }, 100)
    return canvas.captureStream().getVideoTracks()[0] as MediaStreamTrack
  })
}

/** Before the page: the microphone hears nothing at all. */
export function silentMicrophone(): void {
  const { plant } = globalThis as unknown as { plant: Plant }
  plant('audio', () => new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack)
}

/** Before the page: the microphone hears what the loudspeaker plays, and a little noise, as in a room. */
export function quietRoom(): void {
  const AnyNode = AudioNode
  const connect = AnyNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown
  const room = new AudioContext()
  const air = room.createMediaStreamDestination()
  const noise = room.createBufferSource()
  noise.buffer = room.createBuffer(1, room.sampleRate, room.sampleRate)
  noise.buffer.getChannelData(0).forEach((_, i, all) => (all[i] = (Math.random() - 0.5) * 0.004))
  noise.loop = true
  connect.call(noise, air)
  noise.start()
  AnyNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] === this.context.destination) {
      const out = (this.context as AudioContext).createMediaStreamDestination()
      connect.call(this, out)
      connect.call(room.createMediaStreamSource(out.stream), air)
    }
    return connect.apply(this, to)
  } as AudioNode['connect']
  const { plant } = globalThis as unknown as { plant: Plant }
  plant('audio', () => (air.stream.getAudioTracks()[0] as MediaStreamTrack).clone())
}

/** Before the page: it is told to test itself as soon as nobody is there, and not at a moment of its own. */
export function hurryTests(): void {
  Math.random = () => 0
  const real = setTimeout
  let tests = 0
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms = 0) => {
      if (ms === 60_000) tests += 1
      return real(work, ms === 60_000 && tests <= 3 ? 300 : ms)
    },
  })
}

/** Before the page: an earlier night has heard the loudspeaker of this machine. */
export function heardItself(): void {
  localStorage.setItem('skranke.heard-itself', 'yes')
}

/** A time zone in which it is two o'clock at night now. */
export function zoneAtNight(): string {
  const toEast = (2 - new Date().getUTCHours() + 36) % 24
  const hours = toEast - 12
  return `Etc/GMT${hours >= 0 ? '-' : '+'}${Math.abs(hours)}`
}
