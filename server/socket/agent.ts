/** The agents' side of the server: translates what a desk asks into events, and answers with the whole view. */
import type { Namespace, Socket } from 'socket.io'
import { tell, type BindOptions } from '#sfu/binding/bind.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Person } from '#server/store/directory.ts'
import type { RoutingEventBody } from '#server/routing/event.ts'
import type { Directory } from '#server/store/directory.ts'
import { askIn, cancelAsking, keepNote, listPeople } from './agent-joins.ts'
import { callbackHandlers } from './callbacks.ts'
import { captionHandlers, type CaptionParts } from './captions.ts'
import { DeskDoor } from './desk-door.ts'
import { deskHandlers, type DeskParts } from './desk-requests.ts'
import { bindGuarded, guardNamespace, type AccessLog, type Entry, type EventGate } from './gate.ts'
import type { JoinNotes } from './join-notes.ts'
import { must, type Invite } from './outcome.ts'
import { ownsAsAgent } from './own-calls.ts'
import { listenerOfAgent } from './shown-in-calls.ts'
import { agentShownHandlers, type ShownParts } from './shown-requests.ts'
import { wrapUpHandlers, type WrapUpParts } from './wrap-up.ts'

export type AgentParts = ShownParts &
  CaptionParts &
  DeskParts & {
    readonly directory: Directory
    readonly notes: JoinNotes
    /** Who a connection's cookie says it is. */
    readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
    readonly invite: Invite
    readonly wrapUp: WrapUpParts
    readonly access: AccessLog
    readonly bindOptions: BindOptions
  }

/** Serves the namespace of the agents. */
export function serveAgents(namespace: Namespace, parts: AgentParts): void {
  const { directory, host, access } = parts
  const door = new DeskDoor({ directory, state: () => host.state, now: () => Date.now() })
  const roleOf = ({ role }: Person) => role
  const owns = (...asked: Parameters<EventGate<Person>['owns']>) => ownsAsAgent(host.state, ...asked)
  const gate = { audience: '/agent', roleOf, idOf: ({ agentId }: Person) => agentId, owns, access } as const
  const bindAgent = bindGuarded(gate, agentRequests, agentHandlers(parts), parts.bindOptions)
  const identify = async (_auth: unknown, socket: Socket): Promise<Entry<Person>> => {
    const person = await parts.identify(socket.handshake.headers.cookie)
    return person === undefined ? { refused: 'not-signed-in' } : { who: person }
  }
  const enter = (person: Person, socket: Socket) =>
    host.isRunning ? door.enter(person, socket) : ({ refused: 'not-ready' } as const)
  guardNamespace(namespace, { identify, roleOf, enter }, (socket, person) => {
    seat(socket, person, parts, door)
    bindAgent(socket, person)
  })
}

function seat(socket: Socket, person: Person, parts: AgentParts, door: DeskDoor): void {
  const { audiences, host, shownInCalls, captions, bindOptions } = parts
  const leave = audiences.seatAgent(person.agentId, {
    tell: (snapshot) => tell(socket, agentEvents, 'view.changed', snapshot, bindOptions),
    close: (reason) => {
      tell(socket, agentEvents, reason === 'replaced' ? 'connection.replaced' : 'signed-out', {})
      socket.disconnect(true)
    },
  })
  const endMoves = shownInCalls.listen(listenerOfAgent(person.agentId), (move) =>
    tell(socket, agentEvents, 'shown.moved', move, bindOptions),
  )
  const endCaptions = captions.listen(listenerOfAgent(person.agentId), (said) =>
    tell(socket, agentEvents, 'caption.said', said, bindOptions),
  )
  const leaveDesk = door.take(socket)
  socket.on('disconnect', () => {
    endMoves()
    endCaptions()
    leaveDesk()
    if (leave()) void host.submit({ type: 'agent.lost', agentId: person.agentId })
  })
}

/** Who has the call of an offer that came too late, where somebody has. */
function holderOf({ host, directory }: AgentParts, offerId: string): Readonly<Record<string, string>> {
  const call = host.state.calls.get(offerId.slice(0, offerId.lastIndexOf('/')))
  const holder = call?.status === 'connected' ? directory.people.get(call.agentId) : undefined
  return holder === undefined ? {} : { holderName: holder.name }
}

function agentHandlers(parts: AgentParts): Handlers<typeof agentRequests, Person> {
  const { host, audiences } = parts
  const snapshot = (person: Person) => {
    const made = audiences.agentSnapshot(person)
    if (made === undefined) throw new Refusal<ErrorCode>('not-signed-in', 'this agent is not signed in')
    return made
  }
  const take = async (person: Person, event: RoutingEventBody) => {
    must(await host.submit(event))
    return snapshot(person)
  }
  return {
    ...wrapUpHandlers(parts.wrapUp),
    ...callbackHandlers({ db: parts.wrapUp.db, host, now: parts.wrapUp.now }),
    hello: (person) => {
      const { agentId, centreId, attributes } = person
      return take(person, { type: 'agent.signed-in', agentId, centreId, attributes })
    },
    'availability.set-available': (person) => take(person, { type: 'agent.became-available', agentId: person.agentId }),
    'availability.set-away': (person, { reason }) =>
      take(person, { type: 'agent.became-away', agentId: person.agentId, reason }),
    'offer.accept': async (person, { offerId }) => {
      const refusal = await host.submit({ type: 'offer.accepted', agentId: person.agentId, offerId })
      if (refusal === 'offer-gone') throw new Refusal<ErrorCode>('offer-gone', 'too late', holderOf(parts, offerId))
      must(refusal)
      return snapshot(person)
    },
    'offer.decline': (person, { offerId, reason = null }) =>
      take(person, { type: 'offer.declined', agentId: person.agentId, offerId, reason }),
    'join.ask': async (person, body) => {
      await askIn(parts, person, body)
      return snapshot(person)
    },
    'hand-over.note': (person, body) => {
      if (keepNote(parts, person, body)) audiences.refreshCall(body.callId)
      return snapshot(person)
    },
    'join.cancel': async (person, { joinId }) => {
      await cancelAsking(parts, person, joinId)
      return snapshot(person)
    },
    'colleagues.list': (person, { name }) => listPeople(parts, person, name),
    'call.hold': (person, { callId }) => take(person, { type: 'call.held', agentId: person.agentId, callId }),
    'call.resume': (person, { callId }) => take(person, { type: 'call.resumed', agentId: person.agentId, callId }),
    'call.hang-up': (person, { callId }) => take(person, { type: 'agent.hung-up', agentId: person.agentId, callId }),
    'wrap-up.lengthen': (person, { endsAt }) =>
      take(person, { type: 'agent.lengthened-wrap-up', agentId: person.agentId, endsAt }),
    'wrap-up.finish': (person) => take(person, { type: 'agent.finished-wrap-up', agentId: person.agentId }),
    ...agentShownHandlers(parts, snapshot),
    ...captionHandlers(parts),
    'media.ticket': ({ agentId }, { callId }) => parts.invite(callId, { agentId }),
    ...deskHandlers(parts),
  }
}
