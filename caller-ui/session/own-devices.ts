/**
 * The person's own camera and microphone: opened as far as their way of talking needs them, opened again when they are
 * plugged in again, and let go of as soon as they are not needed.
 */
import { batch, signal, untracked } from '@preact/signals'
import { openDevices, type DeviceKind } from '#sfu/client/devices.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { DeviceState } from '../model/device-trouble.ts'

const KINDS: readonly DeviceKind[] = ['camera', 'microphone']

/** Signs cannot be followed below 20 pictures a second (EN 301 549, 6.5.3); in the dark cameras save on them first. */
const SIGNING_FRAMES: MediaTrackConstraints = { frameRate: { ideal: 30, min: 20 } }

export class OwnDevices {
  /** What is open; a new object with each change, null while nothing is. */
  readonly stream = signal<MediaStream | null>(null)
  readonly camera = signal<DeviceState>('closed')
  readonly microphone = signal<DeviceState>('closed')
  readonly #isHeld = signal(false)
  readonly #tracks = new Map<DeviceKind, MediaStreamTrack>()
  #needed: readonly DeviceKind[] = []
  #isSigning = false
  /** Counts what was wanted of each, so that one that opens late, after it was wanted, is closed at once. */
  readonly #wishes = { camera: 0, microphone: 0 }

  constructor() {
    // Absent on a page that is not secure, whatever the types say.
    const devices: MediaDevices | undefined = navigator.mediaDevices
    devices?.addEventListener('devicechange', () => this.tryAgain())
  }

  /** Opens `kinds`, in this order, and closes the others. `isSigning`: pictures should be many rather than large. */
  need(kinds: readonly DeviceKind[], isSigning = false): void {
    untracked(() => {
      this.#needed = kinds
      this.#isSigning = isSigning
      batch(() => {
        for (const kind of KINDS) if (!kinds.includes(kind)) this.#close(kind)
      })
      const camera = this.#tracks.get('camera')
      if (camera !== undefined) this.#keepFrames(camera)
      this.#openAll(kinds.filter((kind) => this[kind].value === 'closed'))
    })
  }

  /** Once more what is needed and could not be had: something was plugged in, or somebody asks for it. */
  readonly tryAgain = (): void =>
    untracked(() => {
      this.#openAll(
        this.#needed.filter((kind) => this[kind].value === 'unavailable' || this[kind].value === 'forbidden'),
      )
    })

  /** Off at the source at once, and on again. Of what is not open it changes nothing. */
  switch(kind: DeviceKind, isOn: boolean): void {
    const state = this[kind]
    if (state.value !== 'on' && state.value !== 'off') return
    state.value = isOn ? 'on' : 'off'
    this.#enable(kind)
  }

  /** Nothing is seen or heard while it is on hold; what was on is on again afterwards. */
  hold(isHeld: boolean): void {
    this.#isHeld.value = isHeld
    for (const kind of KINDS) this.#enable(kind)
  }

  /** Whether `kind` may be seen or heard now, as far as the person and the hold are concerned. */
  isSending(kind: DeviceKind): boolean {
    return this[kind].value !== 'off' && !this.#isHeld.value
  }

  /**
   * What was seen of a track that is open: that it gives nothing, or that it does again. To the person a dead camera is
   * none, but it stays open, for it may come back. Of a track that is not open any more it changes nothing.
   */
  judge(track: MediaStreamTrack, isDead: boolean): void {
    const kind = kindOf(track)
    if (this.#tracks.get(kind) !== track) return
    const state = untracked(() => this[kind].value)
    if (isDead && state === 'on') this[kind].value = 'unavailable'
    else if (!isDead && state === 'unavailable') this[kind].value = 'on'
  }

  #enable(kind: DeviceKind): void {
    const track = this.#tracks.get(kind)
    if (track !== undefined) track.enabled = untracked(() => this.isSending(kind))
  }

  #openAll(kinds: readonly DeviceKind[]): void {
    // Together one question to the person; for signing the picture does not wait for the sound.
    const groups = this.#isSigning ? kinds.map((kind) => [kind]) : [kinds]
    for (const group of groups) if (group.length > 0) void this.#open(group)
  }

  async #open(kinds: readonly DeviceKind[]): Promise<void> {
    const wishes = kinds.map((kind) => {
      this[kind].value = 'opening'
      this.#wishes[kind] += 1
      return { kind, wish: this.#wishes[kind] }
    })
    const { tracks, failed } = await opened(kinds)
    batch(() => {
      for (const { kind, wish } of wishes) {
        const track = tracks.find((each) => kindOf(each) === kind)
        const isWanted = this.#wishes[kind] === wish
        if (!isWanted) track?.stop()
        else if (track === undefined) this[kind].value = failed.get(kind) ?? 'unavailable'
        else this.#adopt(kind, track)
      }
    })
  }

  #adopt(kind: DeviceKind, track: MediaStreamTrack): void {
    // A dead one was open still while it was tried again.
    this.#tracks.get(kind)?.stop()
    this.#tracks.set(kind, track)
    if (kind === 'camera') this.#keepFrames(track)
    track.addEventListener('ended', () => {
      // Unplugged in the middle of a call.
      if (this.#tracks.get(kind) !== track) return
      batch(() => {
        this.#tracks.delete(kind)
        this[kind].value = 'unavailable'
        this.#tellStream()
      })
    })
    this[kind].value = 'on'
    this.#enable(kind)
    this.#tellStream()
  }

  #close(kind: DeviceKind): void {
    this.#wishes[kind] += 1
    const track = this.#tracks.get(kind)
    this[kind].value = 'closed'
    if (track === undefined) return
    this.#tracks.delete(kind)
    track.stop()
    this.#tellStream()
  }

  #tellStream(): void {
    this.stream.value = this.#tracks.size === 0 ? null : new MediaStream([...this.#tracks.values()])
  }

  #keepFrames(camera: MediaStreamTrack): void {
    if (!this.#isSigning) return
    // A camera that cannot do it does what it can.
    camera.applyConstraints({ ...camera.getConstraints(), ...SIGNING_FRAMES }).catch(() => undefined)
  }
}

const kindOf = ({ kind }: MediaStreamTrack): DeviceKind => (kind === 'video' ? 'camera' : 'microphone')

type Opened = {
  readonly tracks: readonly MediaStreamTrack[]
  readonly failed: ReadonlyMap<DeviceKind, 'unavailable' | 'forbidden'>
}

async function opened(kinds: readonly DeviceKind[]): Promise<Opened> {
  const stateAfter = (code: string) => (code === 'not-allowed' ? ('forbidden' as const) : ('unavailable' as const))
  try {
    const { stream, faults } = await openDevices({}, kinds)
    return { tracks: stream.getTracks(), failed: new Map(faults.map(({ kind, code }) => [kind, stateAfter(code)])) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { tracks: [], failed: new Map(kinds.map((kind) => [kind, stateAfter(error.code)])) }
  }
}
