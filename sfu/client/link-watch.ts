/** What the link does to the pictures of a call, both ways, once a second; and what is done about it. */
import { FrameWatch, noFrameTrouble, type FrameDue, type FrameVerdict } from './frame-watch.ts'
import { watchQuality, type QualitySample, type StatsSource } from './quality.ts'
import { ThinLink } from './thin-link.ts'

export type LinkState = FrameVerdict & {
  /** The own picture is held back, because the way out is too narrow for it and the sound. */
  readonly isOwnPictureHeld: boolean
}

export const noLinkTrouble: LinkState = { ...noFrameTrouble, isOwnPictureHeld: false }

export type LinkWatchHandlers = {
  readonly due: () => FrameDue
  /** For signing the picture is what is said: it is never held back. */
  readonly mayHold: () => boolean
  /** Called with each sample, once a second. */
  readonly onSample: (sample: QualitySample) => void
  /** Called with each change of `state`, and no oftener. */
  readonly onChange: () => void
}

export class LinkWatch {
  readonly stop: () => void
  readonly #handlers: LinkWatchHandlers
  readonly #frames = new FrameWatch()
  readonly #thin = new ThinLink()
  #state = noLinkTrouble

  constructor(source: StatsSource, handlers: LinkWatchHandlers) {
    this.#handlers = handlers
    this.stop = watchQuality(source, (sample) => this.#take(sample))
  }

  get state(): LinkState {
    return this.#state
  }

  #take(sample: QualitySample): void {
    this.#handlers.onSample(sample)
    const due = this.#handlers.due()
    const isOwnPictureHeld = this.#hold(sample, due)
    const frames = this.#frames.take(sample, { ...due, isPictureSent: due.isPictureSent && !isOwnPictureHeld })
    const state = { ...frames, isOwnPictureHeld }
    const isSame = (Object.keys(state) as (keyof LinkState)[]).every((key) => state[key] === this.#state[key])
    if (isSame) return
    this.#state = state
    this.#handlers.onChange()
  }

  #hold({ at, availableBitrate }: QualitySample, { isPictureSent, isScreenSent = false }: FrameDue): boolean {
    if ((isPictureSent || isScreenSent) && this.#handlers.mayHold()) return this.#thin.take(at, availableBitrate)
    this.#thin.forget()
    return false
  }
}
