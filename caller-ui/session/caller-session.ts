/**
 * One screen and the people who come to it, one after another: what is pressed becomes requests and memory, what the
 * server says becomes the screen. What follows by itself is in `keepers.ts`; what is decided is in `model/`.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { CallId, Instant, Language, MatterId, Mode, Ticket } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { keptClass } from '../model/call-class.ts'
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
import type { Question, SteppingAway } from '../model/waiting-screen.ts'
import type { MediaControl } from './call-media.ts'
import type { CallerSession, Press } from './caller-session-type.ts'
import { ComfortChoices } from './comfort-choices.ts'
import {
  makeRequests,
  newCallId,
  type CallerConnection,
  type CallerRequests,
  type Refinement,
} from './caller-requests.ts'
import { StaffMode } from './staff-mode.ts'
import { TicketTyping } from './ticket-typing.ts'
import { resetVolume } from './volume.ts'
import { PresenceWatch } from './presence-watch.ts'
import { Wishes } from './wishes.ts'
import { keepFresh, keepNow } from './clock-keepers.ts'
import { keepCalled, keepGrace, keepIdleChoices, keepMedia, keepReturn, keepStory } from './keepers.ts'

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
  readonly isScreenLanguageChosen = computed(() => this.#chosenLanguage.value !== null)
  readonly pxPerMm = computed(() => this.#view.value?.pxPerMm ?? null)
  readonly now = signal<Instant>(Date.now())
  readonly comfort = new ComfortChoices()
  readonly staff: StaffMode
  readonly device: Device
  readonly #connection: CallerConnection | null
  readonly #media: MediaControl
  readonly #request: CallerRequests
  readonly #own = signal<OwnCall>({ kind: 'none' })
  readonly #steppingAway = signal<SteppingAway>('no')
  readonly #story = signal<LineStory | null>(null)
  readonly #chosenLanguage = signal<Language | null>(null)
  readonly #view = signal<CallerView | null>(null)
  readonly #link = signal<CallerConnection['state']>({ kind: 'connecting' })
  readonly #isGraceOver = signal(false)
  readonly #isBack = signal(false)
  readonly #leftCallIds = new Set<CallId>()
  readonly #wishes = new Wishes((what) => this.#refine(what))
  readonly #typing: TicketTyping
  readonly #presence: PresenceWatch

  constructor(device: Device, connection: CallerConnection | null, media: MediaControl) {
    this.device = device
    this.#connection = connection
    this.#media = media
    this.#request = makeRequests(connection)
    this.staff = new StaffMode({ own: this.#own, link: this.#link, view: this.#view, request: this.#request })
    this.#typing = new TicketTyping({
      own: this.#own,
      link: this.#link,
      request: this.#request,
      tell: (event) => this.#tell(event),
      reset: () => this.reset(),
    })
    this.#presence = new PresenceWatch({
      own: this.#own,
      view: this.#view,
      now: this.now,
      steppingAway: this.#steppingAway,
      stepAway: () => this.stepAway(true),
    })
    this.screen = computed(() => screenOf(this.#facts()))
    this.language = computed(() => this.#chosenLanguage.value ?? this.#agreedLanguage())
    connection?.subscribe(() => this.#listen())
    this.#listen()
    keepGrace(this.#link, this.#isGraceOver)
    keepReturn(this.#link, this.screen, this.#isBack)
    keepIdleChoices(this.screen, this.#chosenLanguage, this.comfort)
    keepStory(this.#own, this.#view, this.#story)
    keepMedia(this.#own, this.screen, media, this.#request)
    keepCalled(this.screen, this.#view, this.reset)
    keepNow(this.now, () => connection?.serverNow() ?? Date.now())
    keepFresh(this.#own, this.#link, this.#view, () => connection?.serverNow() ?? Date.now(), this.#request)
  }

  // The screens are handed these one by one, hence arrows.

  readonly press = (how: Press = {}): void => {
    if (this.#own.value.kind === 'none') this.#start(how, null)
  }

  readonly callAgain = (): void => {
    const conversation = conversationOf(this.#own.value)
    if (conversation === null || this.#link.value.kind !== 'online') return
    const classId = keptClass(conversation.classId, this.#view.value?.classIds ?? [])
    batch(() => {
      // What they said of themselves stands: it is the same person.
      this.#chosenLanguage.value ??= conversation.language
      this.#wishes.reopen(null)
      this.#tell({ kind: 'dismissed' })
      const { mode } = conversation
      this.#start({ mode, ...(classId === null ? {} : { classId }) }, conversation)
    })
  }

  #start(how: Press, earlier: Conversation | null): void {
    if (this.#link.value.kind !== 'online') return
    const callId = newCallId()
    const isForNextOpening = how.isForNextOpening === true
    this.#tell({ kind: 'pressed', callId, isForNextOpening })
    if (!isForNextOpening) this.#media.open(how.mode ?? 'video')
    const slowTimer = setTimeout(() => this.#tell({ kind: 'answer-slow' }), SLOW_PRESS_MS)
    const language = this.#startLanguage()
    const body = {
      callId,
      ...how,
      ...this.staff.withStaff(),
      ...(language === null ? {} : { language }),
      ...(earlier === null ? {} : { earlierTicket: earlier.ticket }),
    }
    this.#request.start(body).then(
      () => {
        clearTimeout(slowTimer)
        this.#tell({ kind: 'answered' })
        // The line opened meanwhile: this is a call after all.
        if (isForNextOpening && this.#view.value?.call?.status !== 'kept') this.#media.open(this.#callMode())
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
        // Not its time yet: then at least what was said of it.
        else this.#tell({ kind: 'resumed', callId })
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

  readonly chooseScreenLanguage = (language: Language): void => {
    this.#chosenLanguage.value = language
  }

  readonly chooseLanguage = (language: Language): void => {
    // Whoever reads one language and speaks another has said so: then the screen stays.
    if (this.language.value === this.#spokenLanguage()) this.#chosenLanguage.value = language
    this.#wishes.chooseLanguage(language)
  }

  readonly chooseInterpreter = this.#wishes.chooseInterpreter
  readonly chooseMatter = this.#wishes.chooseMatter

  readonly chooseMode = (mode: Mode): void => {
    this.#media.chooseMode(mode)
    this.#wishes.chooseMode(mode)
  }

  readonly chooseTime = this.#wishes.chooseTime
  readonly skip = this.#wishes.skip

  readonly reopen = (question: Question): void => {
    this.#steppingAway.value = 'no'
    this.#wishes.reopen(question)
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

  readonly confirmHere = (): void => this.#presence.confirm()

  readonly openEntry = (): void => this.#typing.open()
  readonly closeEntry = (): void => this.#typing.close()
  readonly type = (character: string): void => this.#typing.type(character)
  readonly eraseLast = (): void => this.#typing.eraseLast()
  readonly takeUp = (): void => this.#typing.takeUp()
  readonly comeNow = (ticket: Ticket): void => batch(() => this.#typing.comeNow(ticket))

  readonly hangUp = (): void => {
    if (this.#own.value.kind !== 'mine') return
    this.#media.close()
    this.#leave(this.#own.value.callId)
    this.#tell({ kind: 'hung-up' })
  }

  readonly reset = (): void =>
    batch(() => {
      this.#media.close()
      resetVolume()
      this.#chosenLanguage.value = null
      this.comfort.forget()
      this.#wishes.forget()
      this.staff.forget()
      this.#typing.entry.value = null
      this.#steppingAway.value = 'no'
      this.#isBack.value = false
      this.#tell({ kind: 'dismissed' })
    })

  readonly useHere = (): void => this.#connection?.reconnect()

  #facts(): Facts {
    return {
      device: this.device,
      isIdentified: this.#connection !== null,
      connection: this.#link.value,
      isGraceOver: this.#isGraceOver.value,
      view: this.#view.value,
      own: this.#own.value,
      answers: this.#wishes.answers.value,
      story: this.#story.value,
      steppingAway: this.#steppingAway.value,
      isBack: this.#isBack.value,
      presence: this.#presence.check.value,
      isWaitLong: this.#presence.isWaitLong.value,
      entry: this.#typing.entry.value,
      ...this.staff.facts,
    }
  }

  /** What the server knows of the language: the person's own, or the kiosk's. */
  #agreedLanguage(): Language {
    const call = this.#view.value?.call ?? null
    const isOwn =
      this.device === 'phone' || (this.#own.value.kind === 'mine' && call?.callId === this.#own.value.callId)
    const agreed = isOwn && call !== null && isHere(call) && call.isLanguageChosen ? call.language : null
    return agreed ?? conversationOf(this.#own.value)?.language ?? this.#view.value?.defaultLanguage ?? 'da'
  }

  /** What they talk in, as far as it is known. */
  #spokenLanguage(): Language {
    const view = this.#view.value
    const call = view?.call ?? null
    const ofCall = call !== null && isHere(call) ? call.language : null
    return this.#wishes.answers.value.language ?? ofCall ?? view?.defaultLanguage ?? 'da'
  }

  /** What the call begins in: the screen's chosen language, where calls can be held in it. */
  #startLanguage(): Language | null {
    const chosen = this.#chosenLanguage.value
    const isSpoken = this.#view.value?.spokenLanguages.some(({ language }) => language === chosen) ?? false
    return isSpoken ? chosen : null
  }

  #tell(event: OwnCallEvent): void {
    this.#own.value = ownCallAfter(this.#own.value, event)
  }

  #resumeHere(callId: CallId): void {
    this.#tell({ kind: 'resumed', callId })
    this.#listen()
    this.#media.open(this.#callMode())
    this.#sayWishes(callId, null)
  }

  /** What was said before there was a call that it could be said of. */
  #sayWishes(callId: CallId, matterId: MatterId | null): void {
    const own = this.#own.value
    const language = this.#startLanguage()
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
    const chosen = this.#wishes.classId ?? (isSeen ? call.classId : null)
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
      this.#typing.left.set(ticket, how)
    })
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
      if (this.#own.value.kind === 'mine' && this.#typing.entry.value !== null) this.#arriveWithTicket()
    })
    this.#leaveWhatWasLeft(connection)
  }

  /** The place is here: from now on it is as after a press. */
  #arriveWithTicket(): void {
    this.#typing.entry.value = null
    if (this.#view.value?.call?.status !== 'kept') this.#media.open(this.#callMode())
  }

  /** How the call at this screen is to be talked in. */
  #callMode(): Mode {
    const call = this.#view.value?.call ?? null
    return call !== null && isHere(call) ? call.mode : 'video'
  }

  /** What the server could not be told at the time: the person is gone all the same. */
  #leaveWhatWasLeft(connection: CallerConnection): void {
    const call = this.#view.value?.call ?? null
    if (connection.state.kind !== 'online' || call === null || !isHere(call)) return
    if (this.#leftCallIds.delete(call.callId)) return this.#leave(call.callId)
    const isToLeave = this.#own.value.kind === 'none' && call.status !== 'connected'
    const left = isToLeave ? this.#typing.left.get(call.ticket) : undefined
    this.#typing.left.delete(call.ticket)
    if (left !== undefined) this.#keepForOwner(call, left)
  }
}
