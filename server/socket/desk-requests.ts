/** What a desk asks that is no event of a call: whether the way to an SFU is there, and what it tells of a still. */
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import { isInCall } from '#server/routing/state.ts'
import type { Person } from '#server/store/directory.ts'
import type { Audiences } from './audiences.ts'
import type { PathTests } from './path-tests.ts'
import type { StaffMessages } from './staff-messages.ts'
import type { Stills } from './stills.ts'

export type DeskParts = {
  readonly host: RoutingHost
  readonly audiences: Audiences
  readonly pathTests: PathTests
  readonly stills: Stills
  readonly messages: StaffMessages
}

type DeskHandlers = Pick<
  Handlers<typeof agentRequests, Person>,
  'call.say-still' | 'message.read' | 'desk.test-path' | 'desk.path-tested'
>

/** Desks are tested beside kiosks, and no kiosk is called so. */
const deskOf = (agentId: string): string => `desk/${agentId}`

/** Each agent speaks for their own desk, and of calls they are in. */
export function deskHandlers({ host, audiences, pathTests, stills, messages }: DeskParts): DeskHandlers {
  return {
    'call.say-still': ({ agentId }, { callId, isHeld }) => {
      const call = host.state.calls.get(callId)
      if (!isInCall(call, agentId)) throw new Refusal<ErrorCode>('unknown-call', 'this agent has no such call')
      if (stills.say(callId, agentId, isHeld)) audiences.refreshCall(callId)
      return {}
    },
    'message.read': async ({ agentId }, { messageId }) => {
      await messages.read(agentId, messageId)
      return {}
    },
    'desk.test-path': ({ agentId }) => {
      if (host.state.agents.get(agentId)?.work.kind === 'in-call') {
        throw new Refusal<ErrorCode>('agent-busy', 'a call is on the way that would be tested')
      }
      return pathTests.begin(deskOf(agentId))
    },
    'desk.path-tested': ({ agentId }) => {
      pathTests.end(deskOf(agentId))
      return {}
    },
  }
}
