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
import { noAnswers, screenOf, type Answers, type Question, type Screen } from '../model/screen.ts'
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

export function startKioskSession(connection: CallerConnection | null, media: MediaControl): KioskSession {
  const own = signal<OwnCall>({ kind: 'none' })
  const answers = signal<Answers>(noAnswers)
  const chosenLanguage = signal<Language | null>(null)
  const view = signal<CallerView | null>(null)
  const link = signal<CallerConnection['state']>({ kind: 'connecting' })
  const isGraceOver = signal(false)
  const leftCallIds = new Set<CallId>()

  const tell = (event: OwnCallEvent): void => {
    own.value = ownCallAfter(own.value, event)
  }
  const screen = computed(() =>
    screenOf({
      isIdentified: connection !== null,
      connection: link.value,
      isGraceOver: isGraceOver.value,
      view: view.value,
      own: own.value,
      answers: answers.value,
    }),
  )
  const language = computed(() => {
    const call = view.value?.call
    const isOwn = own.value.kind === 'mine' && call?.callId === own.value.callId
    const agreed = isOwn && call.status !== 'ended' && call.isLanguageChosen ? call.language : null
    return chosenLanguage.value ?? agreed ?? view.value?.defaultLanguage ?? 'da'
  })

  const request = makeRequests(connection)
  const hangUpAt = (callId: CallId): void => {
    leftCallIds.add(callId)
    request.hangUp(callId)
  }
  const listen = (): void => {
    if (connection === null) return
    link.value = connection.state
    view.value = connection.snapshot?.view ?? null
    tell({ kind: 'view-changed', call: view.value?.call ?? null })
    const call = view.value?.call
    // The hang-up did not arrive at the time: the person is gone all the same.
    if (connection.state.kind === 'online' && call && call.status !== 'ended' && leftCallIds.delete(call.callId)) {
      hangUpAt(call.callId)
    }
  }
  connection?.subscribe(listen)
  listen()

  keepGrace(link, isGraceOver)
  keepIdleLanguage(screen, chosenLanguage)
  keepMedia(own, screen, media, request)

  return {
    screen,
    language,
    press() {
      if (own.value.kind !== 'none' || link.value.kind !== 'online') return
      const callId = newCallId()
      tell({ kind: 'pressed', callId })
      media.open()
      const slowTimer = setTimeout(() => tell({ kind: 'answer-slow' }), SLOW_PRESS_MS)
      const isThisPress = (): boolean => own.value.kind === 'starting' && own.value.callId === callId
      request.start(callId).then(
        () => {
          clearTimeout(slowTimer)
          tell({ kind: 'answered' })
          if (chosenLanguage.value !== null) request.refine(callId, { language: chosenLanguage.value })
        },
        (error: unknown) => {
          clearTimeout(slowTimer)
          if (!(error instanceof Refusal)) throw error
          if (!isThisPress()) return
          // It may have got through after all; then nobody stands behind it.
          leftCallIds.add(callId)
          tell({ kind: 'refused', code: error.code })
        },
      )
    },
    resume(callId) {
      tell({ kind: 'resumed', callId })
      listen()
      media.open()
    },
    disown: hangUpAt,
    chooseLanguage(chosen) {
      chosenLanguage.value = chosen
      answers.value = { ...answered(answers.value, 'language'), language: chosen }
      if (own.value.kind === 'mine') request.refine(own.value.callId, { language: chosen })
    },
    chooseMatter(matterId) {
      answers.value = { ...answered(answers.value, 'matter'), matterId }
      if (own.value.kind === 'mine') request.refine(own.value.callId, { matterId })
    },
    skip(question) {
      answers.value = answered(answers.value, question)
    },
    reopen(question) {
      answers.value = { ...answers.value, reopened: question }
    },
    hangUp() {
      if (own.value.kind !== 'mine') return
      media.close()
      hangUpAt(own.value.callId)
      tell({ kind: 'hung-up' })
    },
    reset() {
      media.close()
      chosenLanguage.value = null
      answers.value = noAnswers
      tell({ kind: 'dismissed' })
    },
    useHere: () => connection?.reconnect(),
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
