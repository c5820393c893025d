/**
 * Captions of running calls: from whoever in the call types them to the citizen's screen and to the other desks in the call, and
 * no further. Nothing of them is kept here, not even for a screen that is away for a moment.
 */
import { fullBucket, takeToken, type Bucket } from '#sfu/binding/flood-guard.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { CaptionSaid } from '#server/contract/captions.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { isInCall, type State } from '#server/routing/state.ts'
import type { Person } from '#server/store/directory.ts'
import { desksIn, listenerOfKiosk } from './shown-in-calls.ts'

/** A line is sent as it grows; more is more than anybody types. Of each agent. */
const LINES = { burst: 20, perSecond: 6 } as const

type Writer = { readonly callId: string; readonly bucket: Bucket }

export class Captions {
  readonly #now: () => number
  readonly #listeners = new Map<string, (said: CaptionSaid) => void>()
  /** By agent. */
  readonly #writers = new Map<string, Writer>()

  /** `now`: milliseconds since some fixed instant. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** This screen or desk, a listener as in `shown-in-calls.ts`, is told from now on. Returns the function that ends it. */
  listen(who: string, tell: (said: CaptionSaid) => void): () => void {
    this.#listeners.set(who, tell)
    return () => {
      if (this.#listeners.get(who) === tell) this.#listeners.delete(who)
    }
  }

  /** Tells all of `who` what this agent writes. Returns false where it comes faster than anybody types. */
  say(who: readonly string[], agentId: string, said: CaptionSaid): boolean {
    const { callId } = said
    const known = this.#writers.get(agentId)
    const bucket = known?.callId === callId ? known.bucket : fullBucket(LINES, this.#now())
    this.#writers.set(agentId, { callId, bucket })
    if (!takeToken(bucket, LINES, this.#now())) return false
    for (const each of who) this.#listeners.get(each)?.(said)
    return true
  }

  /** These calls are over. */
  forget(callIds: readonly string[]): void {
    for (const [agentId, { callId }] of this.#writers) if (callIds.includes(callId)) this.#writers.delete(agentId)
  }
}

export type CaptionParts = { readonly host: { readonly state: State }; readonly captions: Captions }

/** Whoever is in the call may write them, but not while the citizen is on hold: then nothing is said to them. */
export function captionHandlers({
  host,
  captions,
}: CaptionParts): Pick<Handlers<typeof agentRequests, Person>, 'caption.write'> {
  return {
    'caption.write': ({ agentId, firstName: byFirstName }, { callId, text, isDone }) => {
      const call = host.state.calls.get(callId)
      if (!isInCall(call, agentId)) throw new Refusal<ErrorCode>('unknown-call', 'this agent has no such call')
      if (call.hold !== null) throw new Refusal<ErrorCode>('wrong-state', 'the citizen is on hold')
      const who = [listenerOfKiosk(call.kioskId), ...desksIn(call, agentId)]
      const isSlow = captions.say(who, agentId, { callId, byFirstName, text, isDone })
      if (!isSlow) throw new Refusal<ErrorCode>('too-many-requests', 'nobody types so fast')
      return {}
    },
  }
}
