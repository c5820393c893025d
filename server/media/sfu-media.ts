/** The SFUs as the host sees them. A call belongs to one SFU for its life, by its id: a restart finds the same one. */
import type { Media } from '#server/host/ports.ts'
import type { Call, State } from '#server/routing/state.ts'
import { isHeld } from './held-calls.ts'
import { supervisionOf } from './supervised-calls.ts'
import { agentParticipant, CALLER_PARTICIPANT } from './participants.ts'
import type { SfuLink, WantedRoom } from './sfu-link.ts'

/** Which of `count` SFUs a call belongs to: the last digits of its random id, so the load spreads evenly. */
export function sfuIndexOf(callId: string, count: number): number {
  const digits = Number.parseInt(callId.slice(-8), 16)
  return Number.isNaN(digits) ? 0 : digits % count
}

/** The rooms that should be live on one of `count` SFUs, by what is kept. `windowOf`: the agent whose window a call shows now. */
export function wantedRooms(
  state: State,
  { index, count }: { readonly index: number; readonly count: number },
  windowOf: (callId: string) => string | null,
): WantedRoom[] {
  const wanted: WantedRoom[] = []
  for (const call of state.calls.values()) {
    if (sfuIndexOf(call.id, count) !== index) continue
    // Who left with a ticket has no screen, and so no room.
    if (call.presence.kind !== 'here') continue
    const agentIds = call.status === 'connected' ? [call.agentId, ...call.joined.map(({ agentId }) => agentId)] : []
    const supervised = supervisionOf(call)
    const participantIds =
      agentIds.length > 0 ? [CALLER_PARTICIPANT, ...agentIds.map(agentParticipant), ...supervised.participantIds] : []
    const windowBy = windowOf(call.id)
    const screenBy = windowBy === null ? null : agentParticipant(windowBy)
    const apartIds = isHeld(call) ? [CALLER_PARTICIPANT] : []
    wanted.push({ roomId: call.id, participantIds, screenBy, apartIds, heardBy: supervised.heardBy })
  }
  return wanted
}

export class SfuMedia implements Media {
  readonly links: readonly SfuLink[]
  /** [R43] Whoever supervises a call, by call: they stay connected where others come and go. */
  readonly #supervisors = new Map<string, string>()

  constructor(links: readonly SfuLink[]) {
    this.links = links
  }

  /** Where a call's picture and sound are, or undefined when there is no SFU at all. */
  linkOf(callId: string): SfuLink | undefined {
    return this.links[sfuIndexOf(callId, this.links.length)]
  }

  open(callId: string): void {
    this.linkOf(callId)?.open(callId)
  }

  connect(callId: string, agentIds: readonly string[]): void {
    const supervisorId = this.#supervisors.get(callId)
    const beside = supervisorId === undefined ? [] : [supervisorId]
    this.linkOf(callId)?.connect(callId, [CALLER_PARTICIPANT, ...agentIds.map(agentParticipant), ...beside])
  }

  /**
   * [R43] Whoever supervises the call hears everybody from now on, and is heard as their way of it is; or nobody supervises it. The SFU says
   * first by whom they are heard, and then lets them hear. Throws a Refusal when the SFU cannot be told.
   */
  readonly supervise = async (callId: string, call: Call | undefined): Promise<void> => {
    const link = this.linkOf(callId)
    const { participantIds, heardBy } = supervisionOf(call)
    const [now, before] = [participantIds[0], this.#supervisors.get(callId)]
    if (before !== undefined && before !== now) {
      this.#supervisors.delete(callId)
      link?.remove(callId, before)
    }
    if (call?.status !== 'connected') return
    await link?.heardBy(callId, heardBy)
    if (now === undefined || now === before) return
    this.#supervisors.set(callId, now)
    this.connect(callId, [call.agentId, ...call.joined.map(({ agentId }) => agentId)])
  }

  /** This agent may send a window of their screen, or nobody may. Throws a Refusal when the SFU cannot be told. */
  readonly showScreen = async (callId: string, agentId: string | null): Promise<void> => {
    await this.linkOf(callId)?.screen(callId, agentId === null ? null : agentParticipant(agentId))
  }

  /** On hold the citizen neither sees nor hears the agents, nor they the citizen; among themselves they do. */
  readonly hold = (callId: string, isOnHold: boolean): void => {
    this.linkOf(callId)?.apart(callId, isOnHold ? [CALLER_PARTICIPANT] : [])
  }

  remove(callId: string, agentId: string): void {
    this.linkOf(callId)?.remove(callId, agentParticipant(agentId))
  }

  close(callId: string): void {
    this.#supervisors.delete(callId)
    this.linkOf(callId)?.close(callId)
  }

  /** Counts for Prometheus. */
  counts() {
    return { sfusConnected: this.links.filter((link) => link.isConnected).length }
  }

  /** Begins to reach the SFUs; the host must be running. */
  start(): void {
    for (const link of this.links) link.start()
  }

  stop(): void {
    for (const link of this.links) link.stop()
  }
}
