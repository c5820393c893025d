/** What an agent writes down about a call of theirs: read and kept beside the engine, which knows nothing of it. */
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { WRITABLE_MS, type WrapUpSheet } from '#server/contract/wrap-up.ts'
import type { State } from '#server/routing/state.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { callbackSheet, isToBePromised } from './callbacks.ts'
import { callToWrapUp, keepWrapUp, readWrapUp, serviceOfQueue, type CallToWrapUp } from '#server/store/wrap-ups.ts'

export type WrapUpParts = {
  readonly db: Database
  readonly directory: Directory
  readonly state: () => State
  /** What the policy in force says of notes and outcomes. */
  readonly policy: {
    readonly outcomesOf: (serviceId: string) => readonly { readonly code: string; readonly labels: object }[]
    readonly notesKeptDays: number
  }
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type WrapUpHandlers = Pick<Handlers<typeof agentRequests, Person>, 'wrap-up.read' | 'wrap-up.write'>

/** The handlers of `wrap-up.read` and `wrap-up.write`. */
export function wrapUpHandlers(parts: WrapUpParts): WrapUpHandlers {
  const { db, directory, policy, now } = parts
  return {
    'wrap-up.read': async ({ agentId }, { callId }) => {
      const { call, service } = await ownCall(parts, callId, agentId)
      const matter = directory.matters.find(({ matterId }) => matterId === call.matterId)
      const sheet = {
        callId,
        ticket: call.ticket,
        siteName: directory.sites.get(call.siteId ?? '')?.name ?? '–',
        serviceId: service.serviceId,
        serviceLabels: service.labels,
        matterLabels: matter?.labels ?? null,
        outcomes: policy.outcomesOf(service.serviceId),
        notesKeptDays: policy.notesKeptDays,
        form: await readWrapUp(db, callId, agentId),
        ...callbackPart(parts, callId, call, agentId),
      }
      // Ids come from the rows and the policy, which were checked when they were written.
      return sheet as unknown as WrapUpSheet
    },
    'wrap-up.write': async ({ agentId }, { callId, form }) => {
      const { service } = await ownCall(parts, callId, agentId)
      const known = new Set([
        ...policy.outcomesOf(service.serviceId).map(({ code }) => code),
        // One that a new policy no longer names stays where it was chosen before.
        ...(await readWrapUp(db, callId, agentId)).outcomeCodes,
      ])
      if (!form.outcomeCodes.every((code) => known.has(code))) {
        throw new Refusal<ErrorCode>('bad-request', 'the policy has no such outcome')
      }
      const at = now()
      await keepWrapUp(db, { callId, agentId, form, at })
      return { writtenAt: at }
    },
  }
}

/** [R40] What may be promised of it, where anything may. */
function callbackPart({ state, now }: WrapUpParts, callId: string, call: CallToWrapUp, agentId: string) {
  const { ticket, siteId, queueId } = call
  const work = state().agents.get(agentId)?.work
  const isWrapUp = work?.kind === 'wrap-up' && work.callId === callId
  if (ticket === null || siteId === null || !isWrapUp || !isToBePromised(state(), callId)) return {}
  return { callback: callbackSheet(state(), callId, { ticket, siteId, queueId }, agentId, now()) }
}

/** The call, where this agent is in it, in its wrap-up, or was not long ago. Throws `unknown-call` for any other. */
async function ownCall({ db, state, now }: WrapUpParts, callId: string, agentId: string) {
  const work = state().agents.get(agentId)?.work
  const isNow = (work?.kind === 'in-call' || work?.kind === 'wrap-up') && work.callId === callId
  const kept = await callToWrapUp(db, callId, agentId)
  const isOpen = isNow || (kept?.hungUpAt != null && now() - kept.hungUpAt < WRITABLE_MS)
  if (kept === undefined || !isOpen)
    throw new Refusal<ErrorCode>('unknown-call', 'not a call of this agent, or too late')
  const call = withNewest(kept, state(), callId)
  const service = await serviceOfQueue(db, call.queueId)
  if (service === undefined) throw new Refusal<ErrorCode>('unknown-call', 'its queue is not known')
  return { call, service }
}

/** What is said during a call gets into its row when it ends. */
function withNewest(kept: CallToWrapUp, state: State, callId: string): CallToWrapUp {
  const call = state.calls.get(callId)
  return call === undefined ? kept : { ...kept, queueId: call.queueId, matterId: call.matterId }
}
