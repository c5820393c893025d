/** [R43] Supervisors in running calls: asked for on their page, and over with it. */
import type { Handlers } from '#sfu/contract/wire.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import type { SupervisedCalls } from '#server/media/supervised-calls.ts'
import type { Supervisor } from '#server/routing/supervision.ts'
import type { Person } from '#server/store/directory.ts'
import { must, type Invite } from './outcome.ts'

export type SupervisionParts = {
  readonly host: Pick<RoutingHost, 'state' | 'submit'>
  readonly supervisedCalls: Pick<SupervisedCalls, 'settled'>
  readonly invite: Invite
}

type Actions = 'call.supervise' | 'call.end-supervision' | 'media.ticket'

export type SupervisionOfPages = {
  readonly handlers: Pick<Handlers<typeof supervisorRequests, Person>, Actions>
  /** The page is gone, and what it supervises is over: nobody listens whom no page shows. */
  readonly endOf: (page: Person) => void
}

/**
 * The handlers of supervision. They throw the engine's refusals, and the SFU's where it cannot be told. Each page has to be an object of
 * its own: the supervisor's other pages, as a wall, may go without an end to what this one does.
 */
export function supervisionOfPages(parts: SupervisionParts): SupervisionOfPages {
  const { host, supervisedCalls, invite } = parts
  const pageOf = new Map<string, Person>()
  const gone = new WeakSet<Person>()
  const end = async (page: Person, callId: string) => {
    if (pageOf.get(callId) === page) pageOf.delete(callId)
    const byId = page.agentId
    if (supervisorOf(host, callId)?.id === byId) await host.submit({ type: 'call.supervision-ended', callId, byId })
  }
  const handlers: SupervisionOfPages['handlers'] = {
    'call.supervise': async (page, { callId, kind }) => {
      const byId = page.agentId
      const standing = supervisorOf(host, callId)
      const isSo = standing?.id === byId && standing.kind === kind
      pageOf.set(callId, page)
      try {
        if (!isSo) must(await host.submit({ type: 'call.supervised', callId, kind, byId }))
        await supervisedCalls.settled(callId)
      } catch (error) {
        // Nobody is said to listen who cannot.
        await end(page, callId)
        throw error
      }
      // It went while it was kept.
      if (gone.has(page)) await end(page, callId)
      return {}
    },
    'call.end-supervision': async (page, { callId }) => {
      await end(page, callId)
      return {}
    },
    'media.ticket': ({ agentId }, { callId }) => invite(callId, { supervisorId: agentId }),
  }
  return {
    handlers,
    endOf(page) {
      gone.add(page)
      for (const [callId, of] of pageOf) if (of === page) void end(page, callId)
    },
  }
}

function supervisorOf({ state }: SupervisionParts['host'], callId: string): Supervisor | null {
  const call = state.calls.get(callId)
  return call?.status === 'connected' ? call.supervisor : null
}
