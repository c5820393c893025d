/** What is written in one call, as signals for the screen. Nothing of it is left after `forget`. */
import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { MediaView } from '#sfu/client/media-view.ts'
import type { TextTold, Typing } from '#sfu/client/real-time-text/session-text.ts'
import { EMPTY_TRANSCRIPT, transcriptAfter, type Transcript } from '#sfu/client/real-time-text/transcript.ts'
import { writersAfter, type PeopleInCall, type Writers } from '../model/writers.ts'

/** What the screen does with text. */
export type TextLine = {
  readonly transcript: ReadonlySignal<Transcript>
  /** One's own line as it stands, seen by the other side as it is typed. */
  readonly line: ReadonlySignal<string>
  /** What is typed gets there now. */
  readonly isOpen: ReadonlySignal<boolean>
  /** What the person chose; null while they have not. */
  readonly isShown: ReadonlySignal<boolean | null>
  /** Everybody who is or was in the call. */
  readonly names: ReadonlySignal<Writers>
  /** Who is in the call now. */
  meet(people: PeopleInCall): void
  show(isShown: boolean): void
  write(line: string): void
  /** The line is done. An empty one is nothing. */
  finish(): void
}

export class TextOfCall implements TextLine {
  readonly transcript = signal(EMPTY_TRANSCRIPT)
  readonly line = signal('')
  readonly isOpen = signal(false)
  readonly isShown = signal<boolean | null>(null)
  readonly names = signal<Writers>(new Map())
  #way: Typing | null = null

  readonly meet = (people: PeopleInCall): void => {
    this.names.value = writersAfter(this.names.peek(), people)
  }

  readonly show = (isShown: boolean): void => {
    this.isShown.value = isShown
  }

  readonly write = (line: string): void => {
    this.line.value = line
    this.#way?.write(line)
  }

  readonly finish = (): void => {
    const text = this.line.peek().trim()
    if (text === '') return
    batch(() => {
      this.transcript.value = transcriptAfter(this.transcript.peek(), { kind: 'own-line', text })
      this.line.value = ''
    })
    this.#way?.finish()
  }

  /** The session that carries it from now on. What is being typed goes along. */
  goOver(way: Typing): void {
    this.#way = way
    if (this.line.peek() !== '') way.write(this.line.peek())
  }

  readonly hear = (told: TextTold): void => {
    this.transcript.value = transcriptAfter(this.transcript.peek(), told)
  }

  follow({ isTextOpen }: Pick<MediaView, 'isTextOpen'>): void {
    this.isOpen.value = isTextOpen
  }

  forget(): void {
    this.#way = null
    batch(() => {
      this.transcript.value = EMPTY_TRANSCRIPT
      this.line.value = ''
      this.isOpen.value = false
      this.isShown.value = null
      this.names.value = new Map()
    })
  }
}
