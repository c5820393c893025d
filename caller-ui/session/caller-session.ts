/**
 * One screen and the people who come to it, one after another: what is pressed becomes requests and memory, what the
 * server says becomes the screen. What follows by itself is in `keepers.ts`; what is decided is in `model/`.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { CallId, ClassId, Language, MatterId, Ticket } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { keptClass, MORE_TIME, ORDINARY } from '../model/call-class.ts'
import type { LineStory } from '../model/line-story.ts'
import { isComingBack, shownView } from '../model/kept-view.ts'
import {
  conversationOf,
  isHere,
  ownCallAfter,
  type Conversation,
  type HereCall,
  type OwnCall,
  type OwnCallEvent,
} from '../model/own-call.ts'
import { screenOf, type Device, type Facts, type Screen } from '../model/screen.ts'
import { nothingTyped, wholeTicket, withCharacter, withoutLast, type TicketEntry } from '../model/typed-ticket.ts'
import { noAnswers, type Answers, type Question, type SteppingAway } from '../model/waiting-screen.ts'
import type { MediaControl } from './call-media.ts'
import { makeRequests, type CallerConnection, type CallerRequests, type Refinement } from './caller-requests.ts'
import { keepCalled, keepGrace, keepIdleLanguage, keepMedia, keepReturn, keepStory } from './keepers.ts'

export type CallerSession = {
  readonly screen: ReadonlySignal<Screen>
  readonly language: ReadonlySignal<Language>
  /** Puts the person in line. */
  press(classId?: ClassId): void
  /** Puts the person in line who talked with somebody just now: the same one is asked first. */
  callAgain(): void
  /** Yes, the call that is going on here is mine. */
  resume(callId: CallId): void
  /** No, it is not: its place is kept for its owner, and a conversation ends. */
  disown(callId: CallId): void
  chooseLanguage(language: Language): void
  chooseMatter(matterId: MatterId): void
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
  hangUp(): void
  /** Forgets the person: the screen is as it was before they came. */
  reset(): void
  /** Takes the kiosk over from another window. */
  useHere(): void
}

/** A press that is answered sooner shows nothing in between. In ms. */
const SLOW_PRESS_MS = 150

/** Starts the session of the page. `connection` is null where the kiosk has no identity. */
export function startCallerSession(
  device: Device,
  connection: CallerConnection | null,
  media: MediaControl,
): CallerSession {
  return new Session(device, connection, media)
}

class Session implements CallerSession {
  readonly screen: ReadonlySignal<Screen>
  readonly language: ReadonlySignal<Language>
  readonly #device: Device
  readonly #connection: CallerConnection | null
  readonly #media: MediaControl
  readonly #request: CallerRequests
  readonly #own = signal<OwnCall>({ kind: 'none' })
  readonly #answers = signal<Answers>(noAnswers)
  readonly #entry = signal<TicketEntry | null>(null)
  readonly #steppingAway = signal<SteppingAway>('no')
  readonly #story = signal<LineStory | null>(null)
  readonly #chosenLanguage = signal<Language | null>(null)
  readonly #view = signal<CallerView | null>(null)
  readonly #link = signal<CallerConnection['state']>({ kind: 'connecting' })
  readonly #isGraceOver = signal(false)
  readonly #isBack = signal(false)
  readonly #leftCallIds = new Set<CallId>()
  /** Places whose owner is not here, should they be here after all; and whether the owner is rung at this kiosk. */
  readonly #leftTickets = new Map<Ticket, { readonly isRungAtKiosk: boolean }>()

  constructor(device: Device, connection: CallerConnection | null, media: MediaControl) {
    this.#device = device
    this.#connection = connection
    this.#media = media
    this.#request = makeRequests(connection)
    this.screen = computed(() => screenOf(this.#facts()))
    this.language = computed(() => this.#chosenLanguage.value ?? this.#agreedLanguage())
    connection?.subscribe(() => this.#listen())
    this.#listen()
    keepGrace(this.#link, this.#isGraceOver)
    keepReturn(this.#link, this.screen, this.#isBack)
    keepIdleLanguage(this.screen, this.#chosenLanguage)
    keepStory(this.#own, this.#view, this.#story)
    keepMedia(this.#own, this.screen, media, this.#request)
    keepCalled(this.screen, this.#view, this.reset)
  }

  // The screens are handed these one by one, hence arrows.

  readonly press = (classId: ClassId | null = null): void => {
    if (this.#own.value.kind === 'none') this.#start(classId, null)
  }

  readonly callAgain = (): void => {
    const conversation = conversationOf(this.#own.value)
    if (conversation === null || this.#link.value.kind !== 'online') return
    const classId = keptClass(conversation.classId, this.#view.value?.classIds ?? [])
    batch(() => {
      // What they said of themselves stands: it is the same person.
      this.#chosenLanguage.value ??= conversation.language
      this.#answers.value = { ...this.#answers.value, reopened: null }
      this.#tell({ kind: 'dismissed' })
      this.#start(classId, conversation)
    })
  }

  #start(classId: ClassId | null, earlier: Conversation | null): void {
    if (this.#link.value.kind !== 'online') return
    const callId = newCallId()
    this.#tell({ kind: 'pressed', callId })
    this.#media.open()
    const slowTimer = setTimeout(() => this.#tell({ kind: 'answer-slow' }), SLOW_PRESS_MS)
    const body = {
      callId,
      ...(classId === null ? {} : { classId }),
      ...(earlier === null ? {} : { earlierTicket: earlier.ticket }),
    }
    this.#request.start(body).then(
      () => {
        clearTimeout(slowTimer)
        this.#tell({ kind: 'answered' })
        this.#sayWishes(callId, earlier?.matterId ?? null)
      },
      (error: unknown) => {
        clearTimeout(slowTimer)
        if (!(error instanceof Refusal)) throw error
        const own = this.#own.value
        if (own.kind !== 'starting' || own.callId !== callId) return
        // It may have got through after all; then nobody stands behind it.
        this.#leftCallIds.add(callId)
        this.#tell({ kind: 'refused', code: error.code })
      },
    )
  }

  readonly resume = (callId: CallId): void => {
    if (this.#view.value?.call?.status !== 'kept') return this.#resumeHere(callId)
    // The ticket is away again. Being greeted is what brings a phone's place back.
    this.#request.sayHello().then(
      () => {
        if (this.#view.value?.call?.status !== 'kept') this.#resumeHere(callId)
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error
      },
    )
  }

  readonly disown = (callId: CallId): void => {
    const call = this.#view.value?.call ?? null
    if (call?.callId !== callId || !isHere(call)) return
    if (call.status === 'connected') this.#leave(callId)
    else this.#keepForOwner(call, { isRungAtKiosk: true })
  }

  readonly chooseLanguage = (language: Language): void => {
    this.#chosenLanguage.value = language
    this.#answers.value = { ...answered(this.#answers.value, 'language'), language }
    this.#refine({ language })
  }

  readonly chooseMatter = (matterId: MatterId): void => {
    this.#answers.value = { ...answered(this.#answers.value, 'matter'), matterId }
    this.#refine({ matterId })
  }

  readonly chooseTime = (isMore: boolean): void => {
    this.#answers.value = { ...answered(this.#answers.value, 'time'), needsTime: isMore }
    this.#refine({ classId: isMore ? MORE_TIME : ORDINARY })
  }

  readonly skip = (question: Question): void => {
    this.#answers.value = answered(this.#answers.value, question)
  }

  readonly reopen = (question: Question): void => {
    this.#steppingAway.value = 'no'
    this.#answers.value = { ...this.#answers.value, reopened: question }
  }

  readonly stepAway = (isRungAtKiosk: boolean): void => {
    const own = this.#own.value
    if (own.kind !== 'mine' || this.#steppingAway.value === 'asking') return
    this.#steppingAway.value = 'asking'
    this.#request.stepAway(own.callId, isRungAtKiosk).then(
      () => (this.#steppingAway.value = 'no'),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        if (this.#steppingAway.value === 'asking') this.#steppingAway.value = 'failed'
      },
    )
  }

  readonly openEntry = (): void => {
    if (this.#own.value.kind === 'none') this.#entry.value = nothingTyped
  }

  readonly closeEntry = (): void => {
    if (this.#own.value.kind === 'taking-up') this.#leftTickets.set(this.#own.value.ticket, { isRungAtKiosk: false })
    this.#tell({ kind: 'refused', code: 'no-answer' })
    this.reset()
  }

  readonly type = (character: string): void => this.#edit((entry) => withCharacter(entry, character))

  readonly eraseLast = (): void => this.#edit(withoutLast)

  readonly takeUp = (): void => {
    const entry = this.#entry.value
    const ticket = entry === null ? null : wholeTicket(entry)
    if (entry === null || ticket === null || this.#own.value.kind !== 'none') return
    if (this.#link.value.kind !== 'online') return
    this.#entry.value = { ...entry, state: 'asking' }
    this.#leftTickets.delete(ticket)
    this.#tell({ kind: 'ticket-typed', ticket })
    this.#request.takeUp(ticket).then(
      // The view brought the call; a server that answers without it has not given it.
      () => this.#notTakenUp(ticket, 'failed'),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        if (error.code === 'no-answer') this.#leftTickets.set(ticket, { isRungAtKiosk: false })
        this.#notTakenUp(ticket, error.code === 'unknown-ticket' ? 'unknown' : 'failed')
      },
    )
  }

  readonly hangUp = (): void => {
    if (this.#own.value.kind !== 'mine') return
    this.#media.close()
    this.#leave(this.#own.value.callId)
    this.#tell({ kind: 'hung-up' })
  }

  readonly reset = (): void =>
    batch(() => {
      this.#media.close()
      this.#chosenLanguage.value = null
      this.#answers.value = noAnswers
      this.#entry.value = null
      this.#steppingAway.value = 'no'
      this.#isBack.value = false
      this.#tell({ kind: 'dismissed' })
    })

  readonly useHere = (): void => {
    this.#connection?.reconnect()
  }

  #facts(): Facts {
    return {
      device: this.#device,
      isIdentified: this.#connection !== null,
      connection: this.#link.value,
      isGraceOver: this.#isGraceOver.value,
      view: this.#view.value,
      own: this.#own.value,
      answers: this.#answers.value,
      story: this.#story.value,
      steppingAway: this.#steppingAway.value,
      isBack: this.#isBack.value,
      entry: this.#entry.value,
    }
  }

  /** What the server knows of the language: the person's own, or the kiosk's. */
  #agreedLanguage(): Language {
    const call = this.#view.value?.call ?? null
    const isOwn =
      this.#device === 'phone' || (this.#own.value.kind === 'mine' && call?.callId === this.#own.value.callId)
    const agreed = isOwn && call !== null && isHere(call) && call.isLanguageChosen ? call.language : null
    return agreed ?? conversationOf(this.#own.value)?.language ?? this.#view.value?.defaultLanguage ?? 'da'
  }

  #tell(event: OwnCallEvent): void {
    this.#own.value = ownCallAfter(this.#own.value, event)
  }

  #resumeHere(callId: CallId): void {
    this.#tell({ kind: 'resumed', callId })
    this.#listen()
    this.#media.open()
    this.#sayWishes(callId, null)
  }

  /** What was said before there was a call that it could be said of. */
  #sayWishes(callId: CallId, matterId: MatterId | null): void {
    const own = this.#own.value
    const language = this.#chosenLanguage.value
    if (own.kind !== 'mine' || own.callId !== callId || (language === null && matterId === null)) return
    this.#refine({ ...(language === null ? {} : { language }), ...(matterId === null ? {} : { matterId }) })
  }

  /** What is known better. The chosen class goes with it, so that another line does not take it away. */
  #refine(what: Refinement): void {
    const own = this.#own.value
    const view = this.#view.value
    const call = view?.call ?? null
    if (own.kind !== 'mine') return
    const isSeen = view !== null && call?.callId === own.callId && isHere(call)
    const { needsTime } = this.#answers.value
    const chosen = needsTime === null ? (isSeen ? call.classId : null) : needsTime ? MORE_TIME : ORDINARY
    const classId = isSeen && chosen !== null ? keptClass(chosen, view.classIds) : null
    this.#request.refine(own.callId, { ...(classId === null ? {} : { classId }), ...what })
  }

  #leave(callId: CallId): void {
    this.#leftCallIds.add(callId)
    this.#request.hangUp(callId)
  }

  /** The place is its owner's, not ours to end. */
  #keepForOwner({ callId, ticket }: HereCall, how: { readonly isRungAtKiosk: boolean }): void {
    this.#request.stepAway(callId, how.isRungAtKiosk).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      this.#leftTickets.set(ticket, how)
    })
  }

  #edit(change: (entry: TicketEntry) => TicketEntry): void {
    if (this.#entry.value !== null) this.#entry.value = change(this.#entry.value)
  }

  #notTakenUp(ticket: Ticket, state: 'unknown' | 'failed'): void {
    const own = this.#own.value
    if (own.kind !== 'taking-up' || own.ticket !== ticket) return
    this.#tell({ kind: 'refused', code: state })
    this.#edit((entry) => ({ ...entry, state }))
  }

  #listen(): void {
    const connection = this.#connection
    if (connection === null) return
    batch(() => {
      const view = shownView(this.#view.value, connection.snapshot?.view ?? null)
      // Of a place that comes back to a screen it had left, somebody says first that they are there.
      if (this.#own.value.kind === 'mine' && isComingBack(this.#view.value, view)) this.#tell({ kind: 'dismissed' })
      this.#link.value = connection.state
      this.#view.value = view
      this.#tell({ kind: 'view-changed', call: this.#view.value?.call ?? null })
      if (this.#own.value.kind === 'mine' && this.#entry.value !== null) this.#arriveWithTicket()
    })
    this.#leaveWhatWasLeft(connection)
  }

  /** The place is here: from now on it is as after a press. */
  #arriveWithTicket(): void {
    this.#entry.value = null
    this.#media.open()
  }

  /** What the server could not be told at the time: the person is gone all the same. */
  #leaveWhatWasLeft(connection: CallerConnection): void {
    const call = this.#view.value?.call ?? null
    if (connection.state.kind !== 'online' || call === null || !isHere(call)) return
    if (this.#leftCallIds.delete(call.callId)) return this.#leave(call.callId)
    const isToLeave = this.#own.value.kind === 'none' && call.status !== 'connected'
    const left = isToLeave ? this.#leftTickets.get(call.ticket) : undefined
    this.#leftTickets.delete(call.ticket)
    if (left !== undefined) this.#keepForOwner(call, left)
  }
}

/** A version 4 UUID is what the contract asks for, and what the browser gives. */
const newCallId = (): CallId => crypto.randomUUID() as string as CallId

const answered = (answers: Answers, question: Question): Answers => ({
  ...answers,
  done: new Set([...answers.done, question]),
  reopened: null,
})
