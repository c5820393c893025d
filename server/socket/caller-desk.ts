/**
 * The desk of an agent with a citizen beside them, as a screen that calls are made from: the same requests as a kiosk's, but
 * for what only a citizen can say or take along. Who may is the directory's to say, and the rest is [R41].
 */
import { Refusal } from '#sfu/contract/wire.ts'
import type { BesideStart } from '#server/contract/caller-staff.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import type { Call } from '#server/routing/state.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { CallerDevice } from './caller-view.ts'
import type { Entry } from './gate.ts'
import type { JoinNotes } from './join-notes.ts'
import type { NoteOf } from './people-view.ts'

/** What the note is kept under, among the written hand-overs of the call. No join is called so. */
const NOTE = 'beside'

/** What is asked first where nothing is known of the matter. */
const SERVICE_OF_DESKS = 'citizen'

/** Before the id of an agent, so that it is no kiosk's and no phone's. There is one desk for each: the newest connection wins. */
export function deskIdOf(agentId: string): string {
  return `desk-${agentId}`
}

/** The desk of whoever has the cookie: `not-signed-in` without one, `not-allowed` without the right to call for two. */
export function deskOf({ serviceIds }: Directory, person: Person | undefined): Entry<CallerDevice> {
  if (person === undefined) return { refused: 'not-signed-in' }
  const { agentId, role, besideSite: site } = person
  if (role !== 'agent' || site === null) return { refused: 'not-allowed' }
  const [first = SERVICE_OF_DESKS] = serviceIds
  const serviceId = serviceIds.has(SERVICE_OF_DESKS) ? SERVICE_OF_DESKS : first
  return {
    who: { device: 'desk', agentId, kioskId: deskIdOf(agentId), site, serviceId, language: 'da', pxPerMm: null },
  }
}

/** What the engine is told of an agent beside the citizen; undefined at every other screen. Throws where the two do not fit. */
export function besideOf(device: CallerDevice, beside: BesideStart | undefined) {
  if ((device.device === 'desk') !== (beside !== undefined)) {
    throw new Refusal<ErrorCode>('not-allowed', 'an employee calls from their desk, and nobody else does')
  }
  if (beside === undefined || device.agentId === undefined) return undefined
  const { matterId, isInterpreterWanted } = beside
  return { agentId: device.agentId, matterId, isInterpreterWanted }
}

/** Keeps what is written for the specialist. Returns whether that is news. */
export function keepBesideNote(notes: JoinNotes, callId: string, beside: BesideStart | undefined): boolean {
  const note = beside?.note.trim() ?? ''
  return note !== '' && notes.keep(callId, NOTE, note)
}

/** Nobody called after all. */
export function dropBesideNote(notes: JoinNotes, callId: string): void {
  notes.drop(callId, NOTE)
}

type Known = { readonly directory: Directory; readonly noteOf: NoteOf }

/** The agent beside the citizen, for whoever is asked and whoever is in the call; null where nobody is. */
export function besideView({ directory, noteOf }: Known, call: Call): CallForAgent['staff'] {
  const person = call.besideAgentId === null ? undefined : directory.people.get(call.besideAgentId)
  if (person === undefined) return null
  const text = noteOf(call.id, NOTE)
  const note = text === null ? null : { words: [], text }
  return {
    name: person.name,
    placeName: person.besideSite?.name ?? person.centreName,
    hasLeft: false,
    isAtOwnDesk: true,
    note,
  }
}
