/**
 * Picture and sound that weigh nothing on the page until they are wanted: the media client is as heavy as the rest of the
 * page, and is fetched while nobody waits, or after the press at the latest. What was asked meanwhile is done as soon as
 * it is there; the place in line never waits for it.
 */
import { batch, computed, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { Transcript } from '#sfu/client/real-time-text/transcript.ts'
import type { LinkState } from '#sfu/client/link-watch.ts'
import type { Mode } from '#server/contract/ids.ts'
import type { DeviceState } from '../model/device-trouble.ts'
import { devicesOf } from '../model/mode-devices.ts'
import type { PeopleInCall, Writers } from '../model/writers.ts'
import type { AskTicket, CallMedia, MediaControl } from './call-media.ts'
import type { Remote } from './remotes.ts'
import type { TextLine } from './text-line.ts'

/** Must not reject: whoever gives it knows what to do when the way breaks. */
export type MediaLoader = () => Promise<{ createCallMedia(): MediaControl }>

export type LazyMedia = MediaControl & {
  /** Fetches the client now. What comes of it shows at the next press. */
  fetch(): void
}

// As the client begins too, and said here once more so that nothing of it is fetched for their sake.
const NO_TROUBLE: LinkState = {
  isPictureAway: false,
  areFramesFew: false,
  areOwnFramesFew: false,
  isOwnPictureHeld: false,
}
const NOTHING_WRITTEN: Transcript = { lines: [], nextId: 1, pending: {} }

class MediaWhenThere implements LazyMedia {
  readonly #media = signal<MediaControl | null>(null)
  readonly #wantedMode = signal<Mode | null>(null)
  readonly #load: MediaLoader
  #joinWanted: AskTicket | null = null
  #people: PeopleInCall | null = null
  #isFetching = false

  readonly mode = computed(() => (this.#media.value === null ? this.#wantedMode.value : this.#media.value.mode.value))
  readonly ownPicture = this.#seen<MediaStream | null>((media) => media.ownPicture, null)
  readonly remotes = this.#seen<readonly Remote[]>((media) => media.remotes, [])
  readonly camera = this.#device('camera')
  readonly microphone = this.#device('microphone')
  readonly path = this.#seen<CallMedia['path']['value']>((media) => media.path, 'none')
  readonly link = this.#seen<LinkState>((media) => media.link, NO_TROUBLE)
  // Nobody is in a conversation, and so nobody writes, before the client is there.
  readonly text: TextLine = {
    transcript: this.#seen<Transcript>(({ text }) => text.transcript, NOTHING_WRITTEN),
    line: this.#seen(({ text }) => text.line, ''),
    isOpen: this.#seen(({ text }) => text.isOpen, false),
    isShown: this.#seen<boolean | null>(({ text }) => text.isShown, null),
    names: this.#seen<Writers>(({ text }) => text.names, new Map()),
    meet: (people) => {
      this.#people = people
      this.#media.peek()?.text.meet(people)
    },
    show: (isShown) => this.#media.peek()?.text.show(isShown),
    write: (line) => this.#media.peek()?.text.write(line),
    finish: () => this.#media.peek()?.text.finish(),
  }

  constructor(load: MediaLoader) {
    this.#load = load
  }

  readonly fetch = (): void => {
    if (this.#isFetching) return
    this.#isFetching = true
    void this.#load().then(({ createCallMedia }) => this.#arrive(createCallMedia()))
  }

  readonly open = (mode: Mode): void =>
    untracked(() => {
      const media = this.#media.value
      if (media !== null) return media.open(mode)
      this.#wantedMode.value = mode
      this.fetch()
    })

  readonly chooseMode = (mode: Mode): void =>
    untracked(() => {
      if (this.#media.value !== null) this.#media.value.chooseMode(mode)
      else if (this.#wantedMode.value !== null) this.#wantedMode.value = mode
    })

  readonly join = (askTicket: AskTicket): void =>
    untracked(() => {
      const media = this.#media.value
      if (media !== null) return media.join(askTicket)
      this.#joinWanted = askTicket
      this.fetch()
    })

  // What is not open yet can be switched neither on nor off, nor held, nor tried again.
  readonly switchCamera = (isOn: boolean): void => this.#media.peek()?.switchCamera(isOn)
  readonly switchMicrophone = (isOn: boolean): void => this.#media.peek()?.switchMicrophone(isOn)
  readonly hold = (isHeld: boolean): void => this.#media.peek()?.hold(isHeld)
  readonly tryDevicesAgain = (): void => this.#media.peek()?.tryDevicesAgain()
  readonly judge = (track: MediaStreamTrack, isDead: boolean): void => this.#media.peek()?.judge(track, isDead)

  readonly close = (): void =>
    untracked(() => {
      this.#wantedMode.value = null
      this.#joinWanted = null
      this.#people = null
      this.#media.value?.close()
    })

  #arrive(media: MediaControl): void {
    // At once, so that nobody sees it closed in between.
    batch(() => {
      if (this.#wantedMode.value !== null) media.open(this.#wantedMode.value)
      if (this.#joinWanted !== null) media.join(this.#joinWanted)
      if (this.#people !== null) media.text.meet(this.#people)
      this.#media.value = media
      this.#wantedMode.value = null
    })
    this.#joinWanted = null
  }

  #seen<T>(of: (media: MediaControl) => ReadonlySignal<T>, before: T): ReadonlySignal<T> {
    return computed(() => (this.#media.value === null ? before : of(this.#media.value).value))
  }

  /** What is wanted is opening, as far as the person knows. */
  #device(name: 'camera' | 'microphone'): ReadonlySignal<DeviceState> {
    return computed(() => {
      if (this.#media.value !== null) return this.#media.value[name].value
      const mode = this.#wantedMode.value
      return mode !== null && devicesOf(mode).includes(name) ? 'opening' : 'closed'
    })
  }
}

/** Picture and sound, closed, and fetched with `load` when they are wanted first. One for the life of the page. */
export function createLazyMedia(load: MediaLoader): LazyMedia {
  return new MediaWhenThere(load)
}
