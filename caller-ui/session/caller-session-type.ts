/** What the screens are handed of the session: what is shown, and what can be pressed. */
import type { ReadonlySignal } from '@preact/signals'
import type { CallId, ClassId, Instant, Language, MatterId, Mode, Ticket } from '#server/contract/ids.ts'
import type { Device, Screen } from '../model/screen.ts'
import type { Question } from '../model/waiting-screen.ts'
import type { ComfortChoices } from './comfort-choices.ts'
import type { StaffMode } from './staff-mode.ts'

export type CallerSession = {
  readonly device: Device
  readonly screen: ReadonlySignal<Screen>
  /** The language of the screen, which need not be the one they want to talk in. */
  readonly language: ReadonlySignal<Language>
  readonly isScreenLanguageChosen: ReadonlySignal<boolean>
  /** Of this kiosk's glass, as far as somebody has measured it. */
  readonly pxPerMm: ReadonlySignal<number | null>
  /** By the server's clock, a few times a minute. */
  readonly now: ReadonlySignal<Instant>
  /** How this person wants the screen to be. */
  readonly comfort: ComfortChoices
  /** An employee of the place, who may sign in here. */
  readonly staff: StaffMode
  /** Puts the person in line. */
  press(how?: Press): void
  /** Puts the person in line who talked with somebody just now: the same one is asked first. */
  callAgain(): void
  /** Yes, the call that is going on here is mine. */
  resume(callId: CallId): void
  /** No, it is not: its place is kept for its owner, and a conversation ends. */
  disown(callId: CallId): void
  /** The words on the screen, from now on and until the person has gone. */
  chooseScreenLanguage(language: Language): void
  /** What they want to talk in. The screen follows, unless it was in another one before. */
  chooseLanguage(language: Language): void
  chooseInterpreter(isWanted: boolean): void
  chooseMatter(matterId: MatterId): void
  chooseMode(mode: Mode): void
  chooseTime(isMore: boolean): void
  skip(question: Question): void
  reopen(question: Question): void
  /** Leaves the screen and keeps the place. */
  stepAway(isRungAtKiosk: boolean): void
  /** Somebody has a ticket, or says it is theirs that is called. */
  openEntry(): void
  closeEntry(): void
  type(character: string): void
  eraseLast(): void
  takeUp(): void
  /** [R40] Here now for a call that was promised, whatever the time. */
  comeNow(ticket: Ticket): void
  /** «Yes, I am here», to the question that is asked after a long wait. */
  confirmHere(): void
  hangUp(): void
  /** Forgets the person: the screen is as it was before they came. */
  reset(): void
  /** Takes the kiosk over from another window. */
  useHere(): void
}

/** What the press itself says: somebody in danger, another way of talking than video, or only a place for later. */
export type Press = { readonly classId?: ClassId; readonly mode?: Mode; readonly isForNextOpening?: true }
