/** The SFUs as the host sees them. A call belongs to one SFU for its life, by its id: a restart finds the same one. */
import type { Media } from '#server/host/ports.ts'
import type { State } from '#server/routing/state.ts'
import { isHeld } from './held-calls.ts'
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
    const participantIds = agentIds.length > 0 ? [CALLER_PARTICIPANT, ...agentIds.map(agentParticipant)] : []
    const windowBy = windowOf(call.id)
    const screenBy = windowBy === null ? null : agentParticipant(windowBy)
    wanted.push({ roomId: call.id, participantIds, screenBy, apartIds: isHeld(call) ? [CALLER_PARTICIPANT] : [] })
  }
  return wanted
}

export class SfuMedia implements Media {
  readonly links: readonly SfuLink[]

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
    this.linkOf(callId)?.connect(callId, [CALLER_PARTICIPANT, ...agentIds.map(agentParticipant)])
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
