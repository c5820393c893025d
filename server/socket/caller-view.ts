/** What a kiosk or a citizen's phone shows. Pure: the same state and directory give the same view. */
import type { CalledTicket, CallerView, NoticeView } from '#server/contract/views.ts'
import { agentParticipant } from '#server/media/participants.ts'
import { ticketKeyOf } from '#server/auth/ticket-keys.ts'
import type { EndedRecord } from '#server/host/ports.ts'
import type { Prospect } from '#server/routing/wait.ts'
import type { AskedIn } from '#server/routing/asked-in.ts'
import { emptyState, isInCall, type Call, type ConnectedCall, type State } from '#server/routing/state.ts'
import type { Directory, Kiosk, Site } from '#server/store/directory.ts'
import { awaitedOf } from '#server/routing/promised.ts'
import { branded } from './branded.ts'
import { callbackForCaller } from './callbacks.ts'
import { freshUntil, hasGivenAllPlaces, helpView, lineView, queueOfDevice } from './line-view.ts'
import type { StaffMember } from '#server/store/staff.ts'
import type { ShownInCall } from './shown-in-calls.ts'
import { withSiteNote } from './site-note.ts'
import { joinedSupervisor, supervisorForCitizen } from './supervisor-in-call.ts'
import type { StaffOfCall } from './staff-calls.ts'
import type { StateIndex } from './state-index.ts'

/** A screen that calls are made from: a kiosk of the city, a phone that took one call over, or the desk of an agent beside a citizen. */
export type CallerDevice = Pick<Kiosk, 'kioskId' | 'serviceId' | 'language' | 'pxPerMm'> & {
  readonly device: 'kiosk' | 'phone' | 'desk'
  /** Whose desk it is. */
  readonly agentId?: string
  /** Of the key that it has shown; absent where it came in by another way. */
  readonly keyId?: string
  readonly site: Site
}

/** Before the id of a phone, so that it is no kiosk's: the id of its call follows. */
const PHONE = 'phone-'

/** The name of the phone that took a call over. There is one for each call: the newest connection wins. */
export function phoneIdOf(callId: string): string {
  return `${PHONE}${callId}`
}

/** Whether a device is a citizen's phone, by its name. */
export function isPhoneId(kioskId: string): boolean {
  return kioskId.startsWith(PHONE)
}

/** What a device shows of a call that left it or ended, for a while. */
export type Aftermath =
  { readonly kind: 'ended'; readonly record: EndedRecord } | { readonly kind: 'kept'; readonly callId: string }

export type CallerViewParts = {
  readonly directory: Directory
  readonly index: StateIndex
  readonly state: State
  /** The moment that is shown. */
  readonly at: number
  /** What the staff says on the screens of a site, in a line. */
  readonly noticesAt: (siteId: string, queueId: string | undefined) => readonly NoticeView[]
  /** For the keys of tickets. */
  readonly secret: string
  readonly prospect: (call: Call) => Prospect | undefined
  /** Who is signed in on a connection of a kiosk. */
  readonly staffAt: (device: CallerDevice) => StaffMember | undefined
  readonly staffOfCall: StaffOfCall
  readonly shownIn: (callId: string) => ShownInCall | undefined
  readonly stillsOf: (callId: string) => readonly string[]
}

/** Waits are said in steps of this: nobody plans by the second, and each change costs a message. */
const WAIT_STEP_MS = 15_000

/** In whole steps, upwards: a promise is better kept than beaten. */
export function roundedWait(wait: Prospect['wait']): { p50Ms: number; p80Ms: number } | null {
  if (wait === null) return null
  const round = (ms: number) => Math.ceil(ms / WAIT_STEP_MS) * WAIT_STEP_MS
  return { p50Ms: round(wait.p50Ms), p80Ms: round(wait.p80Ms) }
}

/** The whole view of a device. */
export function callerView(parts: CallerViewParts, device: CallerDevice, after: Aftermath | undefined): CallerView {
  const { directory, state, index, at } = parts
  const callId = state.callIdOfKiosk.get(device.kioskId)
  const call = callId === undefined ? undefined : state.calls.get(callId)
  const { siteId } = device.site
  const queueId = queueOfDevice(directory, device)?.id
  // Whoever is in line has a place of their own, which says more.
  const waitingCount = call === undefined && queueId !== undefined ? index.countsOf(queueId).waitingCount : null
  const line = lineHere(parts, device, queueId, waitingCount)
  const help = helpView(directory, state, device.site, at)
  const notices = parts.noticesAt(siteId, call?.queueId ?? queueId)
  return branded({
    device: device.device,
    kioskId: device.kioskId,
    siteId,
    siteName: device.site.name,
    siteType: device.site.siteType,
    defaultLanguage: device.language,
    spokenLanguages: spokenLanguages(parts, device.serviceId),
    pxPerMm: device.pxPerMm,
    isWaitTold: device.site.isWaitTold,
    matters: directory.matters,
    classIds: CLASSES_OF_CALLERS.filter((id) => state.policy.classes[id] !== undefined),
    calledTickets: device.device === 'kiosk' ? calledTickets(parts, device) : [],
    notices: device.device === 'kiosk' && call === undefined ? withSiteNote(notices, device.site) : notices,
    line,
    help,
    freshUntil: freshUntil(line, help),
    staff: staffHere(parts.staffAt(device)),
    call: call === undefined ? aftermathView(parts, after) : callView(parts, call),
  })
}

function lineHere(
  { state, at }: CallerViewParts,
  device: CallerDevice,
  queueId?: string,
  waitingCount: number | null = null,
) {
  // [R46] An agent's own desk is no screen of the place.
  const known = device.device === 'desk' ? { ...state, closedSites: NOTHING_CLOSED } : state
  const line = lineView(known, queueId, device.site.siteId, at, waitingCount)
  if (!line.hasPlacesAtOpening) return line
  return { ...line, hasPlacesAtOpening: !hasGivenAllPlaces(state, device.kioskId, at) }
}

const { closedSites: NOTHING_CLOSED } = emptyState()

/** An employee as a screen in public may show them. */
function staffHere(staff: StaffMember | undefined) {
  return staff === undefined ? null : { firstName: staff.firstName, placeName: staff.placeName }
}

/** The languages that a service has queues in, and whether an interpreter may stand in for whoever lacks one. */
function spokenLanguages({ directory, state }: CallerViewParts, serviceId: string) {
  return [...directory.queues.values()]
    .filter((queue) => queue.serviceId === serviceId)
    .map(({ id, language }) => {
      const requirements = state.policy.queues[id]?.requirements ?? []
      const isInterpreted = requirements.some(
        ({ attribute, expiry }) =>
          attribute === language && expiry?.onExpiry === 'branch' && expiry.branch === 'interpreter',
      )
      return { language, isInterpreted }
    })
}

/** Enough for its owner to know it, too few for anybody else. */
const SHOWN_LETTERS = 3

/** Classes a citizen may ask for at a screen; the others are given by staff and by rule. */
export const CLASSES_OF_CALLERS: readonly string[] = ['ordinary', 'more-time', 'unsafe', 'unwell']

/** Given to a call that an employee of the place makes together with a citizen. */
export const CLASS_OF_STAFF = 'staff'

/** As many as a screen can show; the others are called as these are taken up. */
const CALLED_SHOWN_MAX = 20

function calledTickets({ index }: CallerViewParts, device: CallerDevice): CalledTicket[] {
  return index
    .calledAt(device.site.siteId)
    .slice(0, CALLED_SHOWN_MAX)
    .flatMap((call): CalledTicket[] => {
      const { presence, ticket, kioskId } = call
      if (presence.kind !== 'called') return []
      const isRungHere = presence.isRungAtKiosk && kioskId === device.kioskId
      return [branded({ ticketStart: ticket.slice(0, SHOWN_LETTERS), until: presence.until, isRungHere })]
    })
}

/** By the first call of the ticket: what a citizen took along stays good for a callback. */
export function firstCallIdOf(call: Call): string {
  return call.callback?.firstCallId ?? call.id
}

function ticketUrlPath(secret: string, call: Call): string {
  return `/kiosk/?ticket=${call.ticket}.${ticketKeyOf(secret, firstCallIdOf(call))}`
}

function aftermathView(parts: CallerViewParts, after: Aftermath | undefined) {
  const { directory, state, secret } = parts
  if (after === undefined) return null
  if (after.kind === 'ended') {
    const { callId, outcome, endReason, opensAt, at: endedAt } = after.record
    return { status: 'ended', callId, outcome, endReason, opensAt, endedAt, ...promisedSince(parts, after.record) }
  }
  const call = state.calls.get(after.callId)
  if (call?.status !== 'waiting' || call.presence.kind === 'here') return null
  const { presence, ticket } = call
  return {
    status: 'kept',
    callId: call.id,
    ticket,
    ticketUrlPath: ticketUrlPath(secret, call),
    isRungAtKiosk: presence.kind !== 'lapsed' && presence.isRungAtKiosk,
    notBefore: presence.kind === 'away' ? presence.notBefore : null,
    ...callbackPart(directory, call),
  }
}

function callbackPart(directory: Directory, call: Call) {
  const callback = awaitedOf(call)
  return callback === null ? {} : { callback: callbackForCaller(directory, call, callback) }
}

/** For whoever still stands where they talked, and on their own phone for as long as its page is open. */
const PROMISE_SHOWN_MS = 60_000

/** [R40] What the agent promised once the call was over. */
function promisedSince({ directory, state, index, secret, at }: CallerViewParts, { callId, kioskId }: EndedRecord) {
  const call = index.callbackOfCall(callId)
  const callback = call === undefined ? null : awaitedOf(call)
  if (call === undefined || callback === null || !state.calls.has(call.id)) return {}
  if (!isPhoneId(kioskId) && at - callback.promisedAt > PROMISE_SHOWN_MS) return {}
  const { ticket } = call
  return {
    promised: {
      ticket,
      ticketUrlPath: ticketUrlPath(secret, call),
      callback: callbackForCaller(directory, call, callback),
    },
  }
}

function callView(parts: CallerViewParts, call: Call) {
  const { secret, prospect } = parts
  const { id: callId, arrivedAt: queuedAt, language, isLanguageChosen, isInterpreterWanted } = call
  const { matterId, ticket, classId, mode } = call
  const said = { callId, queuedAt, language, isLanguageChosen, isInterpreterWanted, matterId, ticket, classId, mode }
  const beside = parts.staffOfCall(callId)
  const staff = staffHere(beside?.hasLeft === false ? beside.staff : undefined)
  const facts = { ...said, staff, ticketUrlPath: ticketUrlPath(secret, call) }
  if (call.status === 'waiting') {
    const { positionMin, positionMax, wait } = prospect(call) ?? { positionMin: 1, positionMax: 1, wait: null }
    const { stepsOpenedCount, branch } = call
    return { status: 'waiting', ...facts, positionMin, positionMax, wait: roundedWait(wait), stepsOpenedCount, branch }
  }
  if (call.status === 'offered') return { status: 'offered', ...facts }
  return { status: 'connected', ...facts, ...peopleView(parts, call) }
}

/** Who is in the call, who is looked for, and whether it is on hold. */
function peopleView({ directory, state, shownIn, stillsOf }: CallerViewParts, call: ConnectedCall) {
  const firstNameOf = (agentId: string) => directory.people.get(agentId)?.firstName ?? '–'
  const { agentId, acceptedAt: connectedAt, joined, hold } = call
  const standing = shownIn(call.id)
  const stillBy = stillsOf(call.id).find((id) => isInCall(call, id))
  const shown = standing === undefined || standing.isClosedByCitizen ? null : standing
  return {
    connectedAt,
    agentFirstName: firstNameOf(agentId),
    agentParticipantId: agentParticipant(agentId),
    centreName: directory.people.get(agentId)?.centreName ?? '–',
    isAgentLost: (state.agents.get(agentId)?.lostAt ?? null) !== null,
    others: [
      ...joined.map(({ agentId: otherId, askedIn }) => ({
        participantId: agentParticipant(otherId),
        firstName: firstNameOf(otherId),
        role: roleOf(state, askedIn),
      })),
      ...joinedSupervisor(directory, call),
    ],
    joining: joiningOf(directory, state, call.id),
    hold: hold === null ? null : { since: hold.since, byFirstName: firstNameOf(hold.agentId) },
    shown: shown === null ? null : shownHere(shown, firstNameOf(shown.agentId)),
    ...(stillBy === undefined ? {} : { stillBy: firstNameOf(stillBy) }),
    ...supervisorForCitizen(directory, call),
  }
}

function shownHere({ shown, agentId }: ShownInCall, byFirstName: string) {
  const sender = shown.kind === 'window' ? { byParticipantId: agentParticipant(agentId) } : {}
  return { shown, byFirstName, ...sender }
}

function roleOf({ policy }: State, { target, needs }: AskedIn) {
  if (target.kind === 'queue') return 'specialist'
  if (target.kind !== 'anyone') return 'staff'
  const kinds = needs.map(({ attribute }) => policy.attributes[attribute])
  if (kinds.some((kind) => kind === 'language' || kind === 'signing')) return 'interpreter'
  return kinds.includes('skill') ? 'specialist' : 'staff'
}

/** Each asks for one thing; of an interpreter for several languages the first is shown. Of whom a colleague names only that. */
function joiningOf(directory: Directory, state: State, callId: string) {
  const joins = [...state.joins.values()].filter((join) => join.callId === callId)
  return joins
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(({ id: joinId, needs, target, askedAt: since, handedOverBy, offer }) => {
      const attribute = target.kind === 'anyone' ? (needs[0]?.attribute ?? null) : null
      const kind = attribute === null ? 'skill' : (state.policy.attributes[attribute] ?? 'skill')
      const queues = [...directory.queues.values()]
      const queue = queues.find((one) =>
        target.kind === 'queue' ? one.id === target.queueId : one.serviceId === attribute,
      )
      const labels = queue?.serviceLabels ?? null
      return { joinId, attribute, kind, labels, since, isTransfer: handedOverBy !== null, isOffered: offer !== null }
    })
}
