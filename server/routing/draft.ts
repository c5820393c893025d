/** A step's private copy of the state: the input is never touched, and only what is written to is copied. */
import type { CallRecord, Effect, Fact } from './effect.ts'
import type { Agent, Call, Instant, Policy, State } from './state.ts'

export class Draft {
  readonly at: Instant
  policy: Policy
  readonly effects: Effect[] = []
  readonly facts: Fact[] = []
  readonly records: CallRecord[] = []
  /** Whose view changed, for the host to tell. */
  readonly touchedCalls = new Set<string>()
  readonly touchedAgents = new Set<string>()
  readonly touchedQueues = new Set<string>()
  readonly #before: State
  #calls: Map<string, Call> | undefined
  #agents: Map<string, Agent> | undefined

  constructor(before: State, at: Instant) {
    this.#before = before
    this.at = at
    this.policy = before.policy
  }

  get calls(): ReadonlyMap<string, Call> {
    return this.#calls ?? this.#before.calls
  }

  get agents(): ReadonlyMap<string, Agent> {
    return this.#agents ?? this.#before.agents
  }

  putCall(call: Call): void {
    this.#calls ??= new Map(this.#before.calls)
    const before = this.#calls.get(call.id)
    if (before !== undefined) this.touchedQueues.add(before.queueId)
    this.#calls.set(call.id, call)
    this.touchedCalls.add(call.id)
    this.touchedQueues.add(call.queueId)
  }

  removeCall(call: Call): void {
    this.#calls ??= new Map(this.#before.calls)
    this.#calls.delete(call.id)
    this.touchedCalls.add(call.id)
    this.touchedQueues.add(call.queueId)
  }

  putAgent(agent: Agent): void {
    this.#agents ??= new Map(this.#before.agents)
    this.#agents.set(agent.id, agent)
    this.touchedAgents.add(agent.id)
  }

  removeAgent(agentId: string): void {
    this.#agents ??= new Map(this.#before.agents)
    this.#agents.delete(agentId)
    this.touchedAgents.add(agentId)
  }

  finish(): State {
    return { at: this.at, policy: this.policy, calls: this.calls, agents: this.agents }
  }
}
