/** What the page asks of the server. Wishes that the line stands without are forgiven when they fail. */
import type { Connection } from '#server/client/connection.ts'
import type { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, ClassId, Language, MatterId, Mode, Ticket } from '#server/contract/ids.ts'
import { Refusal, type Body } from '#sfu/contract/wire.ts'

export type CallerConnection = Connection<typeof callerRequests, typeof callerEvents>
export type CallerRequests = ReturnType<typeof makeRequests>

export type Refinement = {
  readonly language?: Language
  readonly matterId?: MatterId
  readonly classId?: ClassId
  readonly mode?: Mode
  readonly isInterpreterWanted?: boolean
}
export type StaffSignIn = Body<typeof callerRequests, 'staff.sign-in'>['way']
type CallStart = Body<typeof callerRequests, 'call.start'>

/** `connection` is null where the screen has no identity: everything is then refused. */
export function makeRequests(connection: CallerConnection | null) {
  const asked = (): CallerConnection => {
    if (connection === null) throw new Refusal('no-answer', 'this screen has no identity')
    return connection
  }
  const forgive = (error: unknown): void => {
    // The line stands without it: the view tells what became of the wish.
    if (!(error instanceof Refusal)) throw error
  }
  return {
    start: async (body: CallStart) => asked().request('call.start', body, { retry: true }),
    refine: (callId: CallId, what: Refinement): void => {
      asked()
        .request('call.refine', { callId, ...what }, { retry: true })
        .catch(forgive)
    },
    hangUp: (callId: CallId): void => {
      asked().request('call.hang-up', { callId }, { retry: true }).catch(forgive)
    },
    stepAway: (callId: CallId, isRungAtKiosk: boolean) =>
      asked().request('call.step-away', { callId, isRungAtKiosk }, { retry: true }),
    takeUp: (ticket: Ticket, now: { readonly isAtOnce?: true }) =>
      asked().request('ticket.take-up', { ticket, ...now }, { retry: true }),
    /** Of a phone whose ticket is away again: `hello` brings it back. */
    sayHello: () => asked().request('hello', {}),
    /** Not asked again where the answer is lost: the session would be another connection's. */
    staffSignIn: async (way: StaffSignIn) => asked().request('staff.sign-in', { way }),
    staffSignOut: (): void => {
      asked().request('staff.sign-out', {}).catch(forgive)
    },
    staffLeave: (callId: CallId): void => {
      asked().request('staff.leave-call', { callId }, { retry: true }).catch(forgive)
    },
    mediaTicket: (callId: CallId) => asked().request('media.ticket', { callId }),
  }
}

/** A version 4 UUID is what the contract asks for, and what the browser gives. */
export const newCallId = (): CallId => crypto.randomUUID() as string as CallId
