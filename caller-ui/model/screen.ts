/** What the screen shows, from what the server says and what the page remembers. Pure: no clock, no document. */
import type { CallId, Language, MatterId } from '#server/contract/ids.ts'
import type { CallerCallView, CallerView, MatterView } from '#server/contract/views.ts'
import type { OwnCall } from './own-call.ts'

export type Question = 'language' | 'matter'

/** What was asked and answered, or passed over, by the person in line. */
export type Answers = {
  readonly done: ReadonlySet<Question>
  /** A question they went back to. */
  readonly reopened: Question | null
  /** What they said: shown at once, whether or not the server has it yet. */
  readonly language: Language | null
  readonly matterId: MatterId | null
}

export const noAnswers: Answers = { done: new Set(), reopened: null, language: null, matterId: null }

export type Facts = {
  readonly isIdentified: boolean
  readonly connection: { readonly kind: 'connecting' | 'online' | 'offline' | 'replaced' } | RefusedConnection
  /** Offline for longer than the server keeps a place. */
  readonly isGraceOver: boolean
  readonly view: CallerView | null
  readonly own: OwnCall
  readonly answers: Answers
}
type RefusedConnection = { readonly kind: 'refused'; readonly code: string }

export type WaitingScreen = {
  readonly kind: 'waiting'
  readonly callId: CallId
  /** 1 is next; null once somebody is being asked. */
  readonly position: number | null
  readonly question: Question | null
  readonly language: Language
  readonly matter: MatterView | null
  readonly matters: readonly MatterView[]
  readonly link: 'up' | 'place-kept' | 'place-unsure'
}

/** Whether the server can be reached is not part of it: picture and sound go on without it. */
export type ConversationScreen = {
  readonly kind: 'conversation'
  readonly callId: CallId
  readonly agentFirstName: string
  readonly centreName: string
  readonly isAgentLost: boolean
}

export type GoodbyeReason = 'thanks' | 'left-line' | 'queue-full' | 'cut-off' | 'not-taken'

export type Screen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'out-of-date' }
  | { readonly kind: 'idle'; readonly siteName: string | null; readonly isReachable: boolean; readonly press: Press }
  | { readonly kind: 'still-there'; readonly callId: CallId }
  | WaitingScreen
  | ConversationScreen
  | { readonly kind: 'goodbye'; readonly reason: GoodbyeReason }

/** How far the press has come: not made, under way, or under way for so long that the screen says so. */
export type Press = 'none' | 'sent' | 'slow'

/** The screen for `facts`. */
export function screenOf(facts: Facts): Screen {
  if (!facts.isIdentified) return { kind: 'not-set-up' }
  if (facts.connection.kind === 'replaced') return { kind: 'replaced' }
  const { own } = facts
  // Leaving is final here, whether or not the server could be told yet.
  if (own.kind === 'left') return { kind: 'goodbye', reason: own.wasConnected ? 'thanks' : 'left-line' }
  if (own.kind === 'not-taken') return { kind: 'goodbye', reason: own.code === 'queue-full' ? own.code : 'not-taken' }
  if (facts.connection.kind === 'refused' && !(own.kind === 'mine' && own.wasConnected)) {
    return { kind: facts.connection.code === 'version-mismatch' ? 'out-of-date' : 'turned-away' }
  }
  return own.kind === 'mine' ? ownScreen(facts, own) : idleScreen(facts)
}

function idleScreen(facts: Facts): Screen {
  const { view, own, connection } = facts
  const isReachable = connection.kind === 'online'
  if (view === null) {
    return connection.kind === 'offline'
      ? { kind: 'idle', siteName: null, isReachable, press: 'none' }
      : { kind: 'loading' }
  }
  if (own.kind === 'none' && isReachable && view.call !== null && view.call.status !== 'ended') {
    return { kind: 'still-there', callId: view.call.callId }
  }
  const press = own.kind !== 'starting' ? 'none' : own.isSlow ? 'slow' : 'sent'
  return { kind: 'idle', siteName: view.siteName, isReachable: isReachable || press !== 'none', press }
}

function ownScreen(facts: Facts, own: OwnCall & { readonly kind: 'mine' }): Screen {
  const { view, connection } = facts
  const call = view?.call?.callId === own.callId ? view.call : null
  if (view === null || call === null) {
    // The server has forgotten it, or was replaced by one that never knew it.
    return connection.kind === 'online' ? { kind: 'goodbye', reason: 'cut-off' } : { kind: 'loading' }
  }
  switch (call.status) {
    case 'waiting':
    case 'offered':
      return waitingScreen(facts, view, call)
    case 'connected':
      return {
        kind: 'conversation',
        callId: call.callId,
        agentFirstName: call.agentFirstName,
        centreName: call.centreName,
        isAgentLost: call.isAgentLost,
      }
    case 'ended':
      return { kind: 'goodbye', reason: goodbyeReason(call) }
  }
}

type LiveInLine = CallerCallView & { readonly status: 'waiting' | 'offered' }

function waitingScreen(facts: Facts, view: CallerView, call: LiveInLine): WaitingScreen {
  const { answers } = facts
  const chosenMatterId = answers.matterId ?? call.matterId
  const isUp = facts.connection.kind === 'online'
  return {
    kind: 'waiting',
    callId: call.callId,
    position: call.status === 'waiting' ? call.position : null,
    question: nextQuestion(call, view.matters, answers),
    language: answers.language ?? call.language,
    matter: view.matters.find(({ matterId }) => matterId === chosenMatterId) ?? null,
    matters: view.matters,
    link: isUp ? 'up' : facts.isGraceOver ? 'place-unsure' : 'place-kept',
  }
}

function nextQuestion(call: LiveInLine, matters: readonly MatterView[], answers: Answers): Question | null {
  if (answers.reopened !== null) return answers.reopened
  if (!call.isLanguageChosen && !answers.done.has('language')) return 'language'
  if (matters.length > 0 && call.matterId === null && !answers.done.has('matter')) return 'matter'
  return null
}

function goodbyeReason({ outcome, endReason }: CallerCallView & { readonly status: 'ended' }): GoodbyeReason {
  if (outcome === 'refused') return 'queue-full'
  if (endReason === 'caller-lost' || endReason === 'media-lost' || outcome === 'failed') return 'cut-off'
  return outcome === 'answered' ? 'thanks' : 'left-line'
}
