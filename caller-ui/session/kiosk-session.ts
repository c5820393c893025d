/**
 * One screen and the people who come to it, one after another: what is pressed becomes requests and memory, what the
 * server says becomes the screen. Timers live here; what they decide is in `model/`.
 */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { Connection } from '#server/client/connection.ts'
import type { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, Language, MatterId } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { ownCallAfter, type OwnCall, type OwnCallEvent } from '../model/own-call.ts'
import { noAnswers, screenOf, type Answers, type Facts, type Question, type Screen } from '../model/screen.ts'
import type { MediaControl } from './call-media.ts'

export type CallerConnection = Connection<typeof callerRequests, typeof callerEvents>

export type KioskSession = {
  readonly screen: ReadonlySignal<Screen>
  readonly language: ReadonlySignal<Language>
  /** Puts the person in line. */
  press(): void
  /** Yes, the call that is going on here is mine. */
  resume(callId: CallId): void
  /** No, it is not: it ends. */
  disown(callId: CallId): void
  chooseLanguage(language: Language): void
  chooseMatter(matterId: MatterId): void
  skip(question: Question): void
  reopen(question: Question): void
  hangUp(): void
  /** Forgets the person: the screen is as it was before they came. */
  reset(): void
  /** Takes the kiosk over from another window. */
  useHere(): void
}

/** A press that is answered sooner shows nothing in between. In ms. */
const SLOW_PRESS_MS = 150

/** As long as the server keeps the place of a kiosk it has lost, in ms. */
const GRACE_MS = 20_000

/** How long the idle screen keeps a language that somebody chose and then walked away from, in ms. */
const IDLE_LANGUAGE_MS = 60_000

/** Starts the session of the page. `connection` is null where the kiosk has no identity. */
export function startKioskSession(connection: CallerConnection | null, media: MediaControl): KioskSession {
  return new Session(connection, media)
}

class Session implements KioskSession {
  readonly screen: ReadonlySignal<Screen>
  readonly language: ReadonlySignal<Language>
  readonly #connection: CallerConnection | null
  readonly #media: MediaControl
  readonly #request: Requests
  readonly #own = signal<OwnCall>({ kind: 'none' })
  readonly #answers = signal<Answers>(noAnswers)
  readonly #chosenLanguage = signal<Language | null>(null)
  readonly #view = signal<CallerView | null>(null)
  readonly #link = signal<CallerConnection['state']>({ kind: 'connecting' })
  readonly #isGraceOver = signal(false)
  readonly #leftCallIds = new Set<CallId>()

  constructor(connection: CallerConnection | null, media: MediaControl) {
    this.#connection = connection
    this.#media = media
    this.#request = makeRequests(connection)
    this.screen = computed(() => screenOf(this.#facts()))
    this.language = computed(() => this.#chosenLanguage.value ?? this.#agreedLanguage())
    connection?.subscribe(() => this.#listen())
    this.#listen()
    keepGrace(this.#link, this.#isGraceOver)
    keepIdleLanguage(this.screen, this.#chosenLanguage)
    keepMedia(this.#own, this.screen, media, this.#request)
  }

  // The screens are handed these one by one, hence arrows.

  readonly press = (): void => {
    if (this.#own.value.kind !== 'none' || this.#link.value.kind !== 'online') return
    const callId = newCallId()
    this.#tell({ kind: 'pressed', callId })
    this.#media.open()
    const slowTimer = setTimeout(() => this.#tell({ kind: 'answer-slow' }), SLOW_PRESS_MS)
    this.#request.start(callId).then(
      () => {
        clearTimeout(slowTimer)
        this.#tell({ kind: 'answered' })
        if (this.#chosenLanguage.value !== null) this.#request.refine(callId, { language: this.#chosenLanguage.value })
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
    this.#tell({ kind: 'resumed', callId })
    this.#listen()
    this.#media.open()
  }

  readonly disown = (callId: CallId): void => {
    this.#leftCallIds.add(callId)
    this.#request.hangUp(callId)
  }

  readonly chooseLanguage = (language: Language): void => {
    this.#chosenLanguage.value = language
    this.#answers.value = { ...answered(this.#answers.value, 'language'), language }
    if (this.#own.value.kind === 'mine') this.#request.refine(this.#own.value.callId, { language })
  }

  readonly chooseMatter = (matterId: MatterId): void => {
    this.#answers.value = { ...answered(this.#answers.value, 'matter'), matterId }
    if (this.#own.value.kind === 'mine') this.#request.refine(this.#own.value.callId, { matterId })
  }

  readonly skip = (question: Question): void => {
    this.#answers.value = answered(this.#answers.value, question)
  }

  readonly reopen = (question: Question): void => {
    this.#answers.value = { ...this.#answers.value, reopened: question }
  }

  readonly hangUp = (): void => {
    if (this.#own.value.kind !== 'mine') return
    this.#media.close()
    this.disown(this.#own.value.callId)
    this.#tell({ kind: 'hung-up' })
  }

  readonly reset = (): void => {
    this.#media.close()
    this.#chosenLanguage.value = null
    this.#answers.value = noAnswers
    this.#tell({ kind: 'dismissed' })
  }

  readonly useHere = (): void => {
    this.#connection?.reconnect()
  }

  #facts(): Facts {
    return {
      isIdentified: this.#connection !== null,
      connection: this.#link.value,
      isGraceOver: this.#isGraceOver.value,
      view: this.#view.value,
      own: this.#own.value,
      answers: this.#answers.value,
    }
  }

  /** What the server knows of the language: the person's own, or the kiosk's. */
  #agreedLanguage(): Language {
    const call = this.#view.value?.call
    const isOwn = this.#own.value.kind === 'mine' && call?.callId === this.#own.value.callId
    const agreed = isOwn && call.status !== 'ended' && call.isLanguageChosen ? call.language : null
    return agreed ?? this.#view.value?.defaultLanguage ?? 'da'
  }

  #tell(event: OwnCallEvent): void {
    this.#own.value = ownCallAfter(this.#own.value, event)
  }

  #listen(): void {
    const connection = this.#connection
    if (connection === null) return
    this.#link.value = connection.state
    this.#view.value = connection.snapshot?.view ?? null
    const call = this.#view.value?.call ?? null
    this.#tell({ kind: 'view-changed', call })
    // The hang-up did not arrive at the time: the person is gone all the same.
    if (
      connection.state.kind === 'online' &&
      call &&
      call.status !== 'ended' &&
      this.#leftCallIds.delete(call.callId)
    ) {
      this.disown(call.callId)
    }
  }
}

/** A version 4 UUID is what the contract asks for, and what the browser gives. */
const newCallId = (): CallId => crypto.randomUUID() as string as CallId

const answered = (answers: Answers, question: Question): Answers => ({
  ...answers,
  done: new Set([...answers.done, question]),
  reopened: null,
})

type Requests = ReturnType<typeof makeRequests>

function makeRequests(connection: CallerConnection | null) {
  const asked = (): CallerConnection => {
    if (connection === null) throw new Refusal('no-answer', 'this screen has no identity')
    return connection
  }
  const forgive = (error: unknown): void => {
    // The line stands without it: the view tells what became of the wish.
    if (!(error instanceof Refusal)) throw error
  }
  return {
    start: (callId: CallId) => asked().request('call.start', { callId }, { retry: true }),
    refine: (callId: CallId, what: { readonly language?: Language; readonly matterId?: MatterId }): void => {
      asked()
        .request('call.refine', { callId, ...what }, { retry: true })
        .catch(forgive)
    },
    hangUp: (callId: CallId): void => {
      asked().request('call.hang-up', { callId }, { retry: true }).catch(forgive)
    },
    ticket: (callId: CallId) => asked().request('media.ticket', { callId }),
  }
}

/** Counts how long the connection has been away, as far as the place in line is concerned. */
function keepGrace(link: ReadonlySignal<CallerConnection['state']>, isGraceOver: { value: boolean }): void {
  const isOnline = computed(() => link.value.kind === 'online')
  effect(() => {
    isGraceOver.value = false
    if (isOnline.value) return
    const timer = setTimeout(() => (isGraceOver.value = true), GRACE_MS)
    return () => clearTimeout(timer)
  })
}

/** The next person finds the site's own language, not the last passer-by's. */
function keepIdleLanguage(screen: ReadonlySignal<Screen>, chosenLanguage: { value: Language | null }): void {
  const isIdle = computed(() => screen.value.kind === 'idle' && screen.value.press === 'none')
  effect(() => {
    if (!isIdle.value || chosenLanguage.value === null) return
    const timer = setTimeout(() => (chosenLanguage.value = null), IDLE_LANGUAGE_MS)
    return () => clearTimeout(timer)
  })
}

/** Goes to the media room as soon as the call is known there, and lets go of everything once it is over. */
function keepMedia(
  own: ReadonlySignal<OwnCall>,
  screen: ReadonlySignal<Screen>,
  media: MediaControl,
  request: Requests,
): void {
  const ownCallId = computed(() => (own.value.kind === 'mine' ? own.value.callId : null))
  effect(() => {
    const callId = ownCallId.value
    if (callId !== null) media.join(() => request.ticket(callId))
  })
  const isOver = computed(() => ['goodbye', 'replaced', 'turned-away', 'out-of-date'].includes(screen.value.kind))
  effect(() => {
    if (isOver.value) media.close()
  })
}
