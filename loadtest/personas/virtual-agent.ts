/** An agent at a desk, on the client that the desk uses: signs in, answers what rings, talks, writes up. */
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { connect } from '#server/client/connection.ts'
import { startVirtualSession, type VirtualSession } from '#sfu/client/virtual-session.ts'
import type { Access } from '../access.ts'
import { pause, until } from './pace.ts'
import { signIn } from './sign-in.ts'

export type AgentHabits = {
  /** Each in ms, asked anew for each call. */
  readonly answerMs: () => number
  readonly talkMs: () => number
  readonly wrapUpMs: () => number
}

const MOMENT_MS = 20

/** Works until the run is over. Resolves with how many calls were taken. */
export async function workAsAgent(
  access: Access,
  account: Access['accounts'][number],
  habits: AgentHabits,
  over: AbortSignal,
): Promise<number> {
  const cookie = await signIn(access, account.username, account.password)
  const connection = connect<typeof agentRequests, typeof agentEvents>({
    url: access.url,
    namespace: '/agent',
    auth: { protocolVersion: PROTOCOL_VERSION },
    headers: { cookie },
  })
  const subscribe = (listener: () => void) => connection.subscribe(listener)
  const work = () => connection.snapshot?.view.work
  let takenCount = 0
  let session: VirtualSession | undefined
  try {
    while (!over.aborted) {
      // A person needs a moment between two acts, and a loop that is refused at once must not spin.
      await pause(MOMENT_MS, over)
      const now = work()
      // What is refused here was overtaken by what others did: the next look sees what is true.
      if (connection.state.kind === 'online' && connection.snapshot?.view.availability === 'away') {
        await connection.request('availability.set-available', {}).catch(() => undefined)
      } else if (now?.kind === 'offered') {
        const { callId } = now.call
        session = startVirtualSession({ ticketSource: () => connection.request('media.ticket', { callId }) })
        await pause(habits.answerMs(), over)
        const isAccepted = await connection.request('offer.accept', { offerId: now.offerId }).catch(() => undefined)
        if (isAccepted !== undefined) takenCount += 1
      } else if (now?.kind === 'in-call') {
        await until(subscribe, () => work()?.kind !== 'in-call', habits.talkMs(), over)
        await connection.request('call.hang-up', { callId: now.call.callId }).catch(() => undefined)
      } else if (now?.kind === 'wrap-up') {
        session?.close()
        await pause(habits.wrapUpMs(), over)
        await connection.request('wrap-up.finish', {}).catch(() => undefined)
      } else {
        session?.close()
        await until(subscribe, () => work() !== undefined && work()?.kind !== 'idle', 1_000, over)
      }
    }
  } finally {
    session?.close()
    connection.close()
  }
  return takenCount
}
