/** [R43] Who supervises which call, as the SFU was told: they hear everybody, and are heard by those alone whom their way of it names. */
import type { HeardBy } from '#sfu/contract/control.ts'
import type { Call } from '#server/routing/state.ts'
import { agentParticipant, supervisorParticipant } from './participants.ts'

type Supervision = { readonly participantIds: readonly string[]; readonly heardBy: readonly HeardBy[] }

const NOBODY: Supervision = { participantIds: [], heardBy: [] }

/** The supervisor of a call in its media room, and by whom they are heard where not by all. */
export function supervisionOf(call: Call | undefined): Supervision {
  if (call?.status !== 'connected' || call.supervisor === null) return NOBODY
  const { id, kind } = call.supervisor
  const participantId = supervisorParticipant(id)
  if (kind === 'join') return { participantIds: [participantId], heardBy: [] }
  const agentIds = kind === 'listen' ? [] : [call.agentId, ...call.joined.map(({ agentId }) => agentId)]
  return { participantIds: [participantId], heardBy: [{ participantId, byIds: agentIds.map(agentParticipant) }] }
}

export class SupervisedCalls {
  readonly #supervise: (callId: string, call: Call | undefined) => Promise<void>
  readonly #told = new Map<string, { readonly key: string; readonly done: Promise<void> }>()

  /** `supervise`: tells the SFU of a call who supervises it now. It may be told again. */
  constructor(supervise: (callId: string, call: Call | undefined) => Promise<void>) {
    this.#supervise = supervise
  }

  /** Tells the SFU where somebody else supervises these calls now, or in another way, or whisper to others. */
  follow(callIds: Iterable<string>, callOf: (callId: string) => Call | undefined): void {
    for (const callId of callIds) {
      const call = callOf(callId)
      const supervision = supervisionOf(call)
      const before = this.#told.get(callId)
      const key = JSON.stringify(supervision)
      if (key === (before?.key ?? JSON.stringify(NOBODY))) continue
      const done = this.#supervise(callId, call)
      // Whoever asked for it hears of a failure by `settled`; a link that comes back says all of it again.
      done.catch(() => undefined)
      if (supervision === NOBODY) this.#told.delete(callId)
      else this.#told.set(callId, { key, done })
    }
  }

  /** Resolves once the SFU does what was told of a call last. Throws its Refusal. */
  async settled(callId: string): Promise<void> {
    await this.#told.get(callId)?.done
  }
}
