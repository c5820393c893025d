/** [R43] Supervisors in running calls: asked for on their page, and over with it. */
import type { Handlers } from '#sfu/contract/wire.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
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

/** The handlers of supervision. They throw the engine's refusals, and the SFU's where it cannot be told. */
export function supervisionHandlers(
  parts: SupervisionParts,
): Pick<Handlers<typeof supervisorRequests, Person>, Actions> {
  const { host, supervisedCalls, invite } = parts
  return {
    'call.supervise': async (person, { callId, kind }) => {
      const byId = person.agentId
      const standing = supervisorOf(host, callId)
      const isSo = standing?.id === byId && standing.kind === kind
      if (!isSo) must(await host.submit({ type: 'call.supervised', callId, kind, byId }))
      try {
        await supervisedCalls.settled(callId)
      } catch (error) {
        // Nobody is said to listen who cannot.
        await endSupervision(parts, person, callId)
        throw error
      }
      return {}
    },
    'call.end-supervision': async (person, { callId }) => {
      await endSupervision(parts, person, callId)
      return {}
    },
    'media.ticket': ({ agentId }, { callId }) => {
      if (supervisorOf(host, callId)?.id !== agentId) {
        throw new Refusal<ErrorCode>('unknown-call', 'this supervisor is in no such call')
      }
      return invite(callId, { supervisorId: agentId })
    },
  }
}

/** The page of a supervisor is gone: whatever they supervise is over. One with two pages listens on neither. */
export function endSupervisionsOf(parts: SupervisionParts, person: Person): void {
  for (const call of parts.host.state.calls.values()) {
    if (supervisorOf(parts.host, call.id)?.id === person.agentId) void endSupervision(parts, person, call.id)
  }
}

async function endSupervision({ host }: SupervisionParts, { agentId: byId }: Person, callId: string): Promise<void> {
  if (supervisorOf(host, callId)?.id === byId) await host.submit({ type: 'call.supervision-ended', callId, byId })
}

function supervisorOf({ state }: SupervisionParts['host'], callId: string): Supervisor | null {
  const call = state.calls.get(callId)
  return call?.status === 'connected' ? call.supervisor : null
}
