/** What the screen shows, from what the server says and what the page remembers. Pure: no clock, no document. */
import type { CallbackForCaller } from '#server/contract/callbacks.ts'
import type { StaffHere } from '#server/contract/caller-staff.ts'
import type { CallId, ClassId, Instant, Ticket } from '#server/contract/ids.ts'
import type {
  CalledTicket,
  CallerCallView,
  CallerView,
  HelpView,
  Joining,
  LineView,
  NoticeView,
  OtherInCall,
  Staffing,
} from '#server/contract/views.ts'
import type { ShownHere } from '#server/contract/shown.ts'
import { goodbyeFor, goodbyeOf, type Goodbye } from './goodbye.ts'
import { conversationOf, isHere, type HereCall, type OwnCall } from './own-call.ts'
import { staffScreen, type StaffEntryScreen, type StaffFacts, type StaffReadyScreen } from './staff-entry.ts'
import type { TicketEntry } from './typed-ticket.ts'
import { waitingScreen, type LineFacts, type WaitingScreen } from './waiting-screen.ts'

export type Device = CallerView['device']

export type Facts = LineFacts &
  StaffFacts & {
    /** A phone is known by the ticket in its address, before the server has said a word. */
    readonly device: Device
    readonly isIdentified: boolean
    readonly connection: { readonly kind: 'connecting' | 'online' | 'offline' | 'replaced' } | RefusedConnection
    /** Offline for longer than the server keeps a place. */
    readonly isGraceOver: boolean
    readonly view: CallerView | null
    readonly own: OwnCall
    /** Null while nobody is typing a ticket. */
    readonly entry: TicketEntry | null
  }
type RefusedConnection = { readonly kind: 'refused'; readonly code: string }

/** Whether the server can be reached is not part of it: picture and sound go on without it. */
export type ConversationScreen = {
  readonly kind: 'conversation'
  readonly callId: CallId
  readonly agentFirstName: string
  readonly agentParticipantId: string
  readonly centreName: string
  readonly isAgentLost: boolean
  /** The employee beside the citizen. */
  readonly staff: StaffHere | null
  /** Everybody else in the call, and who is looked for. */
  readonly others: readonly OtherInCall[]
  readonly joining: readonly Joining[]
  readonly hold: Hold | null
  /** What an agent shows. */
  readonly shown: ShownHere | null
  /** Who looks at a still of what is held up; undefined where nobody does. */
  readonly stillBy?: string
  /** A supervisor who hears the call, or has joined it; undefined where nobody does. */
  readonly supervisor?: { readonly firstName: string; readonly hasJoined: boolean }
}

/** Since when the call is on hold, and for whom. */
export type Hold = { readonly since: Instant; readonly byFirstName: string }

export type IdleScreen = {
  readonly kind: 'idle'
  readonly siteName: string | null
  readonly isReachable: boolean
  readonly press: Press
  readonly called: readonly CalledTicket[]
  /** What may be asked for here. */
  readonly classIds: readonly ClassId[]
  /** Null before the server has said how it stands. */
  readonly line: LineView | null
  /** Of this place; null where there never is any staff. */
  readonly staffing: Staffing | null
  /** What the staff says. */
  readonly notices: readonly NoticeView[]
  /** Of the city, for the day on which nothing of this screen works; null where none is said. */
  readonly phone: HelpView['phone']
}

/** Nobody answers now: when somebody will, and who does elsewhere. */
export type ClosedScreen = {
  readonly kind: 'closed'
  readonly siteName: string
  readonly isReachable: boolean
  /** Null where it is not known. */
  readonly opensAt: Instant | null
  /** Whether a place for the opening is to be had, and how far asking for it has come. */
  readonly hasPlaces: boolean
  readonly press: Press
  readonly called: readonly CalledTicket[]
  readonly help: HelpView
  readonly notices: readonly NoticeView[]
}

/** The citizen left with the ticket. */
export type KeptScreen = {
  readonly kind: 'kept'
  readonly device: Device
  readonly ticket: Ticket
  readonly ticketUrlPath: string
  readonly isRungAtKiosk: boolean
  readonly notBefore: Instant | null
  /** [R40] It was promised; undefined for a place that they left with. */
  readonly callback: CallbackForCaller | undefined
}

/** The first screen of a phone: nothing is opened before it is touched. */
export type PhoneStartScreen = {
  readonly kind: 'phone-start'
  readonly callId: CallId
  readonly ticket: Ticket
  readonly siteName: string
  readonly isReachable: boolean
  readonly isAnswered: boolean
}

export type GoodbyeScreen = Goodbye & {
  readonly kind: 'goodbye'
  readonly device: Device
  /** Null where nobody talked with them, who could be asked first when they call again. */
  readonly callAgain: { readonly isReachable: boolean } | null
  /** Where else there is help, for somebody who was not let in. */
  readonly help: HelpView | null
  /** The call that can be rated now; null where nobody talked with them, or nobody could hear of it. */
  readonly ratedCallId: CallId | null
}

export type Screen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'replaced'; readonly device: Device }
  | { readonly kind: 'out-of-date' }
  | IdleScreen
  | ClosedScreen
  | { readonly kind: 'ticket-entry'; readonly entry: TicketEntry; readonly isReachable: boolean }
  /** `isWaiting`: nobody has answered, so that the place can be kept for its owner. */
  | { readonly kind: 'still-there'; readonly callId: CallId; readonly isWaiting: boolean }
  | StaffEntryScreen
  | StaffReadyScreen
  | PhoneStartScreen
  | { readonly kind: 'phone-offline' }
  | { readonly kind: 'ticket-over' }
  | WaitingScreen
  | KeptScreen
  | ConversationScreen
  | GoodbyeScreen

/** How far the press has come: not made, under way, or under way for so long that the screen says so. */
export type Press = 'none' | 'sent' | 'slow'

/** Whether nobody has begun anything here, nor is anybody called here: then the machine may see to itself. */
export const isNobodyThere = (screen: Screen): screen is IdleScreen | ClosedScreen =>
  (screen.kind === 'idle' || screen.kind === 'closed') && screen.press === 'none' && screen.called.length === 0

/** The screen for `facts`. */
export function screenOf(facts: Facts): Screen {
  const { own, device } = facts
  if (!facts.isIdentified) return { kind: 'not-set-up' }
  if (facts.connection.kind === 'replaced') return { kind: 'replaced', device }
  // Leaving is final here, whether or not the server could be told yet.
  if (own.kind === 'left') return goodbye(facts, goodbyeFor(own.conversation === null ? 'left-line' : 'thanks'))
  if (own.kind === 'not-taken') return goodbye(facts, goodbyeFor('not-taken'))
  if (facts.connection.kind === 'refused') {
    const { code } = facts.connection
    const isTalking = conversationOf(own) !== null
    // It ended while the phone was away: at the door its ticket is not known any more.
    if (isTalking && code === 'unknown-ticket') return goodbye(facts, goodbyeFor('cut-off'))
    if (!isTalking) return refusedScreen(device, code)
  }
  if (own.kind === 'mine') return ownScreen(facts, own)
  return device === 'phone' ? phoneScreen(facts) : kioskScreen(facts)
}

function refusedScreen(device: Device, code: string): Screen {
  if (code === 'version-mismatch') return { kind: 'out-of-date' }
  return { kind: device === 'phone' ? 'ticket-over' : 'turned-away' }
}

const NOT_LET_IN: ReadonlySet<Goodbye['reason']> = new Set(['full', 'paused', 'closed', 'last-entry', 'not-taken'])

function goodbye({ device, own, connection, view }: Facts, how: Goodbye): Screen {
  const hasTalked = conversationOf(own) !== null && (how.reason === 'thanks' || how.reason === 'cut-off')
  // A phone has the call it came for, and no other.
  const isReachable = connection.kind === 'online'
  const callAgain = hasTalked && device === 'kiosk' ? { isReachable } : null
  const isRated = hasTalked && how.reason === 'thanks' && isReachable
  const ratedCallId = isRated && (own.kind === 'mine' || own.kind === 'left') ? own.callId : null
  const help = NOT_LET_IN.has(how.reason) ? (view?.help ?? null) : null
  return { kind: 'goodbye', device, callAgain, ratedCallId, help, ...how }
}

function kioskScreen(facts: Facts): Screen {
  const { view, own, connection, entry } = facts
  const isReachable = connection.kind === 'online'
  if (view === null) {
    return connection.kind === 'offline' ? { ...nothingKnown, isReachable } : { kind: 'loading' }
  }
  // A place that was taken along is its owner's: whoever stands here now neither sees it nor is asked about it.
  if (own.kind === 'none' && isReachable && view.call !== null && isHere(view.call)) {
    return { kind: 'still-there', callId: view.call.callId, isWaiting: view.call.status !== 'connected' }
  }
  if (entry !== null) return { kind: 'ticket-entry', entry, isReachable }
  const staff = staffScreen(facts, view, { isReachable, isCalling: own.kind === 'starting' })
  if (staff !== null) return staff
  const press = own.kind !== 'starting' ? 'none' : own.isSlow ? 'slow' : 'sent'
  // Whoever pressed before the door closed is answered by the server.
  const isForNextOpening = own.kind === 'starting' && own.isForNextOpening
  if (!view.line.isOpen && (press === 'none' || isForNextOpening)) return closedScreen(view, isReachable, press)
  return {
    kind: 'idle',
    siteName: view.siteName,
    isReachable: isReachable || press !== 'none',
    press,
    called: isReachable ? view.calledTickets : [],
    classIds: view.classIds,
    line: view.line,
    staffing: view.help.staffing,
    notices: isReachable ? view.notices : [],
    phone: view.help.phone,
  }
}

const nothingKnown = {
  kind: 'idle',
  siteName: null,
  press: 'none',
  called: [],
  classIds: [],
  line: null,
  staffing: null,
  notices: [],
  phone: null,
} as const

function closedScreen(
  { siteName, line, help, calledTickets, notices }: CallerView,
  isReachable: boolean,
  press: Press,
): ClosedScreen {
  const called = isReachable ? calledTickets : []
  const { opensAt, hasPlacesAtOpening } = line
  const hasPlaces = isReachable && hasPlacesAtOpening
  return { kind: 'closed', siteName, isReachable, opensAt, hasPlaces, press, called, help, notices }
}

/** A phone has one call and nothing else: there is no idle screen to fall back to. */
function phoneScreen(facts: Facts): Screen {
  const { view, connection } = facts
  if (view === null) return { kind: connection.kind === 'offline' ? 'phone-offline' : 'loading' }
  const { call, siteName } = view
  if (call === null) return { kind: 'ticket-over' }
  if (call.status === 'ended') return goodbye(facts, goodbyeOf(call))
  return {
    kind: 'phone-start',
    callId: call.callId,
    ticket: call.ticket,
    siteName,
    isReachable: connection.kind === 'online',
    isAnswered: call.status === 'offered' || call.status === 'connected',
  }
}

function ownScreen(facts: Facts, own: OwnCall & { readonly kind: 'mine' }): Screen {
  const { view, connection } = facts
  const call = view?.call?.callId === own.callId ? view.call : null
  if (view === null || call === null) {
    if (connection.kind !== 'online') return { kind: 'loading' }
    // A place that leaves the line without an end was taken up elsewhere; a conversation cannot be.
    return goodbye(facts, goodbyeFor(own.conversation === null ? 'moved' : 'cut-off'))
  }
  if (call.status === 'ended') return goodbye(facts, goodbyeOf(call))
  return call.status === 'kept' ? keptScreen(facts, call) : hereScreen(facts, view, call)
}

function keptScreen({ device }: Facts, call: CallerCallView & { readonly status: 'kept' }): KeptScreen {
  const { ticket, ticketUrlPath, isRungAtKiosk, notBefore, callback } = call
  return { kind: 'kept', device, ticket, ticketUrlPath, isRungAtKiosk, notBefore, callback }
}

function hereScreen(facts: Facts, view: CallerView, call: HereCall): Screen {
  if (call.status !== 'connected') {
    const isUp = facts.connection.kind === 'online'
    return waitingScreen(facts, view, call, isUp ? 'up' : facts.isGraceOver ? 'place-unsure' : 'place-kept')
  }
  const { callId, agentFirstName, agentParticipantId, centreName, isAgentLost, others, joining, hold, staff, shown } =
    call
  const who = { agentFirstName, agentParticipantId, centreName, isAgentLost }
  const still = call.stillBy === undefined ? {} : { stillBy: call.stillBy }
  const { supervisor } = call
  return {
    kind: 'conversation',
    callId,
    ...who,
    others,
    joining,
    hold,
    staff,
    shown,
    ...still,
    ...(supervisor && { supervisor }),
  }
}
