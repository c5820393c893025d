/**
 * Picture and sound of one call, as signals for the screen. Camera and microphone open after the press and at no other
 * time, and only those that the way of talking needs; `close` lets go of everything.
 */
import { batch, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { Mode } from '#server/contract/ids.ts'
import { noLinkTrouble, type LinkState } from '#sfu/client/link-watch.ts'
import { startMediaSession, type MediaSession, type MediaView } from '#sfu/client/media-session.ts'
import type { DeviceState } from '../model/device-trouble.ts'
import { pathOf, type MediaPath } from '../model/media-path.ts'
import { devicesOf } from '../model/mode-devices.ts'
import { OwnDevices } from './own-devices.ts'
import { Remotes, type Remote } from './remotes.ts'
import { TextOfCall, type TextLine } from './text-line.ts'

export type CallMedia = {
  /** The way of talking that is open now; null while nothing is. */
  readonly mode: ReadonlySignal<Mode | null>
  readonly ownPicture: ReadonlySignal<MediaStream | null>
  /** Everybody else, in the order in which they came. */
  readonly remotes: ReadonlySignal<readonly Remote[]>
  readonly camera: ReadonlySignal<DeviceState>
  readonly microphone: ReadonlySignal<DeviceState>
  readonly path: ReadonlySignal<MediaPath>
  /** What the link does to the pictures, both ways. */
  readonly link: ReadonlySignal<LinkState>
  readonly text: TextLine
}

export type AskTicket = () => Promise<{ readonly sfuUrl: string; readonly ticket: string }>

/** What a session does with picture and sound. */
export type MediaControl = CallMedia & {
  /** Opens what `mode` needs. Only ever called from a press; what is open already stays. */
  open(mode: Mode): void
  /** Another way of talking, from now on: opens what it needs and closes the rest. Nothing while nothing is open. */
  chooseMode(mode: Mode): void
  /** Once more the camera or microphone that could not be had. */
  tryDevicesAgain(): void
  /** What a look at an open track of the person's own has shown: it gives nothing, or it does again. */
  judge(track: MediaStreamTrack, isDead: boolean): void
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
  readonly mode = signal<Mode | null>(null)
  readonly path = signal<MediaPath>('none')
  readonly link = signal<LinkState>(noLinkTrouble)
  readonly #others = new Remotes()
  readonly remotes = this.#others.all
  readonly #own = new OwnDevices()
  readonly ownPicture = this.#own.stream
  readonly camera = this.#own.camera
  readonly microphone = this.#own.microphone
  readonly text = new TextOfCall()
  readonly tryDevicesAgain = this.#own.tryAgain
  #session: MediaSession | null = null
  #joinTimer: ReturnType<typeof setTimeout> | undefined
  /** Counts joinings, so that a room that was left says nothing more. */
  #joining = 0

  constructor() {
    effect(() => {
      const stream = this.ownPicture.value
      untracked(() => this.#session?.setLocalStream(stream ?? new MediaStream()))
    })
    effect(() => {
      const isOn = this.#own.isSending('camera')
      untracked(() => this.#session?.setCameraOn(isOn))
    })
    effect(() => {
      const isOn = this.#own.isSending('microphone')
      untracked(() => this.#session?.setMicrophoneOn(isOn))
    })
  }

  readonly open = (mode: Mode): void => {
    if (this.mode.peek() === null) this.#begin(mode)
  }

  readonly chooseMode = (mode: Mode): void => {
    if (this.mode.peek() !== null) this.#begin(mode)
  }

  readonly join = (askTicket: AskTicket): void =>
    untracked(() => {
      if (this.#session !== null) return
      const local = this.ownPicture.value
      this.#joining += 1
      const joining = this.#joining
      this.#session = startMediaSession({
        ticketSource: askTicket,
        ...(local === null ? {} : { localStream: local }),
        isCameraOn: this.#own.isSending('camera'),
        isMicrophoneOn: this.#own.isSending('microphone'),
        isSigning: this.mode.value === 'signing',
        onChange: (view) => {
          if (joining === this.#joining) this.#onChange(view, askTicket)
        },
        onText: (told) => {
          if (joining === this.#joining) this.text.hear(told)
        },
      })
      this.text.goOver(this.#session.text)
    })

  readonly switchCamera = (isOn: boolean): void => this.#own.switch('camera', isOn)

  readonly switchMicrophone = (isOn: boolean): void => this.#own.switch('microphone', isOn)

  readonly hold = (isHeld: boolean): void => this.#own.hold(isHeld)

  readonly judge = (track: MediaStreamTrack, isDead: boolean): void => this.#own.judge(track, isDead)

  readonly close = (): void =>
    untracked(() => {
      this.#joining += 1
      clearTimeout(this.#joinTimer)
      const session = this.#session
      this.#session = null
      session?.close()
      this.mode.value = null
      this.#own.need([])
      this.#own.hold(false)
      this.#others.show([])
      this.text.forget()
      this.path.value = 'none'
      this.link.value = noLinkTrouble
    })

  #begin(mode: Mode): void {
    batch(() => {
      this.mode.value = mode
      this.#session?.setSigning(mode === 'signing')
      this.#own.need(devicesOf(mode), mode === 'signing')
    })
  }

  #onChange(view: MediaView, askTicket: AskTicket): void {
    this.path.value = pathOf(view, this.path.value)
    this.link.value = view.link
    this.#others.show(view.remotes)
    this.text.follow(view)
    if (view.state !== 'closed') return
    // A place that was away and is back has a new room. Where the call is over, so is the looking for one.
    if (view.closedReason !== 'refused' && view.closedReason !== 'ended') return
    this.#session = null
    clearTimeout(this.#joinTimer)
    this.#joinTimer = setTimeout(() => this.join(askTicket), JOIN_AGAIN_MS)
  }
}

/** Picture and sound, closed. One for the life of the page. */
export function createCallMedia(): MediaControl {
  return new Media()
}
