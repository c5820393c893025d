/**
 * Picture and sound of one call, as signals for the screen. Camera and microphone open after the press and at no other
 * time; `close` lets go of everything.
 */
import { signal, untracked, type ReadonlySignal } from '@preact/signals'
import { openDevices, stopDevices, type OpenedDevices } from '#sfu/client/devices.ts'
import { startMediaSession, type MediaSession, type MediaView } from '#sfu/client/media-session.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { pathOf, type MediaPath } from '../model/media-path.ts'
import type { DeviceState } from '../model/device-trouble.ts'
import { Remotes, type Remote } from './remotes.ts'

export type CallMedia = {
  readonly ownPicture: ReadonlySignal<MediaStream | null>
  /** Everybody else, in the order in which they came. */
  readonly remotes: ReadonlySignal<readonly Remote[]>
  readonly camera: ReadonlySignal<DeviceState>
  readonly microphone: ReadonlySignal<DeviceState>
  readonly path: ReadonlySignal<MediaPath>
}

export type AskTicket = () => Promise<{ readonly sfuUrl: string; readonly ticket: string }>

/** What a session does with picture and sound. */
export type MediaControl = CallMedia & {
  /** Opens camera and microphone. Only ever called from a press. */
  open(): void
  /** Goes to the call's media room, with tickets from `askTicket`, and keeps going there until `close`. */
  join(askTicket: AskTicket): void
  switchCamera(isOn: boolean): void
  switchMicrophone(isOn: boolean): void
  /** Nothing leaves this screen while it is on hold. What was switched on is on again afterwards. */
  hold(isHeld: boolean): void
  close(): void
}

/** When no way to the media room was found, the next one is looked for after so long, in ms. */
const JOIN_AGAIN_MS = 2_000

class Media implements MediaControl {
  readonly ownPicture = signal<MediaStream | null>(null)
  readonly camera = signal<DeviceState>('closed')
  readonly microphone = signal<DeviceState>('closed')
  readonly path = signal<MediaPath>('none')
  readonly #others = new Remotes()
  readonly remotes = this.#others.all
  #isHeld = false
  #session: MediaSession | null = null
  #joinTimer: ReturnType<typeof setTimeout> | undefined
  /** Counts openings, so that a camera that opens late, after the person left, is closed at once. */
  #opening = 0
  /** Counts joinings, so that a room that was left says nothing more. */
  #joining = 0

  readonly open = (): void =>
    untracked(() => {
      if (this.camera.value !== 'closed') return
      this.#opening += 1
      const opening = this.#opening
      this.camera.value = 'opening'
      this.microphone.value = 'opening'
      openDevices().then(
        (devices) => this.#onOpened(opening, devices),
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error
          if (opening !== this.#opening) return
          this.camera.value = 'unavailable'
          this.microphone.value = 'unavailable'
        },
      )
    })

  readonly join = (askTicket: AskTicket): void =>
    untracked(() => {
      if (this.#session !== null) return
      const local = this.ownPicture.value
      this.#joining += 1
      const joining = this.#joining
      this.#session = startMediaSession({
        ticketSource: askTicket,
        ...(local === null ? {} : { localStream: local }),
        isCameraOn: this.camera.value !== 'off' && !this.#isHeld,
        isMicrophoneOn: this.microphone.value !== 'off' && !this.#isHeld,
        onChange: (view) => {
          if (joining === this.#joining) this.#onChange(view, askTicket)
        },
      })
    })

  readonly switchCamera = (isOn: boolean): void => {
    this.#switch(this.camera, isOn)
    this.#apply()
  }

  readonly switchMicrophone = (isOn: boolean): void => {
    this.#switch(this.microphone, isOn)
    this.#apply()
  }

  readonly hold = (isHeld: boolean): void =>
    untracked(() => {
      if (this.#isHeld === isHeld) return
      this.#isHeld = isHeld
      this.#apply()
    })

  readonly close = (): void =>
    untracked(() => {
      this.#opening += 1
      this.#joining += 1
      clearTimeout(this.#joinTimer)
      const session = this.#session
      this.#session = null
      session?.close()
      if (this.ownPicture.value !== null) stopDevices(this.ownPicture.value)
      this.ownPicture.value = null
      this.camera.value = 'closed'
      this.microphone.value = 'closed'
      this.#others.show([])
      this.#isHeld = false
      this.path.value = 'none'
    })

  #onOpened(opening: number, { stream }: OpenedDevices): void {
    if (opening !== this.#opening) return stopDevices(stream)
    this.ownPicture.value = stream
    this.camera.value = stream.getVideoTracks().length > 0 ? 'on' : 'unavailable'
    this.microphone.value = stream.getAudioTracks().length > 0 ? 'on' : 'unavailable'
    if (this.#isHeld) this.#apply()
    this.#session?.setLocalStream(stream)
    // Unplugged in the middle of a call.
    for (const track of stream.getTracks()) {
      track.addEventListener('ended', () => {
        if (opening !== this.#opening) return
        const device = track.kind === 'video' ? this.camera : this.microphone
        device.value = 'unavailable'
      })
    }
  }

  #onChange(view: MediaView, askTicket: AskTicket): void {
    this.path.value = pathOf(view, this.path.value)
    this.#others.show(view.remotes)
    if (view.state !== 'closed') return
    // A place that was away and is back has a new room. Where the call is over, so is the looking for one.
    if (view.closedReason !== 'refused' && view.closedReason !== 'ended') return
    this.#session = null
    clearTimeout(this.#joinTimer)
    this.#joinTimer = setTimeout(() => this.join(askTicket), JOIN_AGAIN_MS)
  }

  #switch(device: { value: DeviceState }, isOn: boolean): void {
    if (device.value === 'on' || device.value === 'off') device.value = isOn ? 'on' : 'off'
  }

  /** Off at the source at once, whatever becomes of the message to the media room. */
  #apply(): void {
    const isCameraOn = this.camera.value !== 'off' && !this.#isHeld
    const isMicrophoneOn = this.microphone.value !== 'off' && !this.#isHeld
    for (const track of this.ownPicture.value?.getTracks() ?? []) {
      track.enabled = track.kind === 'video' ? isCameraOn : isMicrophoneOn
    }
    this.#session?.setCameraOn(isCameraOn)
    this.#session?.setMicrophoneOn(isMicrophoneOn)
  }
}

/** Picture and sound, closed. One for the life of the page. */
export function createCallMedia(): MediaControl {
  return new Media()
}
