/** What the person in line says of themselves: shown at once, told to the server, and asked for only once. */
import { signal } from '@preact/signals'
import type { ClassId, Language, MatterId, Mode } from '#server/contract/ids.ts'
import { MORE_TIME, ORDINARY } from '../model/call-class.ts'
import { noAnswers, type Answers, type Question } from '../model/waiting-screen.ts'
import type { Refinement } from './caller-requests.ts'

export class Wishes {
  readonly answers = signal<Answers>(noAnswers)
  readonly #refine: (what: Refinement) => void

  /** `refine` tells the server what is known better. */
  constructor(refine: (what: Refinement) => void) {
    this.#refine = refine
  }

  /** The class that goes with what was said of time; null where nothing was. */
  get classId(): ClassId | null {
    const { needsTime } = this.answers.value
    return needsTime === null ? null : needsTime ? MORE_TIME : ORDINARY
  }

  // The screens are handed these one by one, hence arrows.

  readonly chooseLanguage = (language: Language): void => {
    const wasInterpreterWanted = this.answers.value.isInterpreterWanted === true
    // An interpreter was asked for in the other language.
    this.#answer('language', { language, isInterpreterWanted: null })
    this.#refine({ language, ...(wasInterpreterWanted ? { isInterpreterWanted: false } : {}) })
  }

  readonly chooseInterpreter = (isInterpreterWanted: boolean): void => {
    this.#answer('interpreter', { isInterpreterWanted })
    this.#refine({ isInterpreterWanted })
  }

  readonly chooseMatter = (matterId: MatterId): void => {
    this.#answer('matter', { matterId })
    this.#refine({ matterId })
  }

  readonly chooseMode = (mode: Mode): void => {
    this.#answer('mode', { mode })
    this.#refine({ mode })
  }

  readonly chooseTime = (needsTime: boolean): void => {
    this.#answer('time', { needsTime })
    this.#refine({ classId: needsTime ? MORE_TIME : ORDINARY })
  }

  readonly skip = (question: Question): void => this.#answer(question, {})

  /** Back to a question that was answered or passed over; null leaves it again. */
  reopen(question: Question | null): void {
    this.answers.value = { ...this.answers.value, reopened: question }
  }

  forget(): void {
    this.answers.value = noAnswers
  }

  #answer(question: Question, said: Partial<Answers>): void {
    const { done } = this.answers.value
    this.answers.value = { ...this.answers.value, done: new Set([...done, question]), reopened: null, ...said }
  }
}
