/** What agents and citizens ask of the things that are shown during a call. */
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { callerRequests } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Shown, ShownMove } from '#server/contract/shown.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import { isInCall, type Call, type ConnectedCall } from '#server/routing/state.ts'
import type { Person } from '#server/store/directory.ts'
import type { Audiences } from './audiences.ts'
import type { CallerDevice } from './caller-view.ts'
import { desksIn, listenerOfKiosk, type ShownInCalls } from './shown-in-calls.ts'
import { assertWindow, type ShownWindows } from './shown-windows.ts'

export type ShownParts = {
  readonly host: RoutingHost
  readonly audiences: Audiences
  readonly shownInCalls: ShownInCalls
  readonly shownWindows: ShownWindows
  /** Whose pages may be shown: these hosts and what is below them. */
  readonly shownHosts: readonly string[]
}

type AgentShown = Pick<Handlers<typeof agentRequests, Person>, 'shown.show' | 'shown.stop' | 'shown.move'>
type AgentSnapshotOf = (person: Person) => ReturnType<AgentShown['shown.stop']>

/** Only whoever is in the call shows, points and stops. */
export function agentShownHandlers(parts: ShownParts, snapshot: AgentSnapshotOf): AgentShown {
  const { host, audiences, shownInCalls, shownWindows } = parts
  const ownCall = ({ agentId }: Person, callId: string): ConnectedCall => {
    const call = host.state.calls.get(callId)
    if (isInCall(call, agentId)) return call
    throw new Refusal<ErrorCode>('unknown-call', 'this agent has no such call')
  }
  return {
    'shown.show': async (person, { callId, shown }) => {
      const call = ownCall(person, callId)
      assertHost(shown, parts.shownHosts)
      assertWindow(shown, call)
      if (shownInCalls.show(callId, person.agentId, shown)) audiences.refreshCall(callId)
      // Before the answer, upon which the desk begins to send it.
      if (!(await shownWindows.follow(callId))) {
        if (shownInCalls.stop(callId)) audiences.refreshCall(callId)
        throw new Refusal<ErrorCode>('no-media', 'the SFU cannot be told that there is a window')
      }
      return snapshot(person)
    },
    'shown.stop': async (person, { callId }) => {
      ownCall(person, callId)
      if (shownInCalls.stop(callId)) audiences.refreshCall(callId)
      await shownWindows.follow(callId)
      return snapshot(person)
    },
    'shown.move': (person, move) => {
      const call = ownCall(person, move.callId)
      if (isAdmitted(shownInCalls, move)) {
        shownInCalls.tell([listenerOfKiosk(call.kioskId), ...desksIn(call, person.agentId)], move)
      }
      return {}
    },
  }
}

type CallerShown = Pick<Handlers<typeof callerRequests, CallerDevice>, 'shown.close' | 'shown.scroll'>

/** `ownCall` throws where the call is not the device's. */
export function callerShownHandlers(
  { audiences, shownInCalls, shownWindows }: ShownParts,
  ownCall: (device: CallerDevice, callId: string) => Call,
): CallerShown {
  return {
    'shown.close': async (device, { callId, shownId }) => {
      ownCall(device, callId)
      if (shownInCalls.close(callId, shownId)) audiences.refreshCall(callId)
      await shownWindows.follow(callId)
      return audiences.callerSnapshot(device)
    },
    'shown.scroll': (device, move) => {
      const call = ownCall(device, move.callId)
      if (call.status === 'connected' && isAdmitted(shownInCalls, move)) {
        shownInCalls.tell(desksIn(call), move)
      }
      return {}
    },
  }
}

function isAdmitted(shownInCalls: ShownInCalls, move: ShownMove): boolean {
  const admitted = shownInCalls.admit(move)
  if (admitted === 'too-fast') throw new Refusal<ErrorCode>('too-many-requests', 'no eye follows so fast')
  return admitted === 'yes'
}

/** Whatever an agent may type, a citizen is sent to pages that the city stands by. */
function assertHost(shown: Shown, hosts: readonly string[]): void {
  if (shown.kind !== 'page') return
  const { hostname } = new URL(shown.url)
  if (hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return
  throw new Refusal<ErrorCode>('page-not-allowed', 'the host is on no list', { hosts: hosts.join(', ') })
}
