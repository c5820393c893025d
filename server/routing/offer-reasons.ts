/** [R31] What is kept of a choice: plain data, small however many work. */

export type Choice =
  | 'asked-for'
  | 'only-one'
  | 'home-before-lent'
  | 'least-skill-wasted'
  | 'idle-longest'
  | 'signed-in-first'
  /** [R44] Nobody chose: they took it themselves. */
  | 'by-hand'

/** Why somebody was not asked. `lacks:` names the first attribute that is missing or too low. */
export type FilterRule =
  | 'away'
  | 'connection-lost'
  | 'offered'
  | 'in-call'
  | 'wrap-up'
  | 'resting'
  | 'other-centre'
  | 'held-for-another'
  | `lacks:${string}`

export type OfferReasons = {
  readonly choice: Choice
  /** Best first; the first was chosen. */
  readonly candidates: readonly {
    readonly agentId: string
    /** Levels the agent has beyond what the call asked for. */
    readonly wastedLevels: number
    readonly idleMs: number
    readonly isLent: boolean
  }[]
  readonly candidatesCount: number
  /** [R45] Of what the call asks for, what was given for the day to the one who was chosen: `citizen ≥ 3`. Absent: nothing. */
  readonly givenForDay?: readonly string[]
  readonly filtered: readonly {
    readonly rule: FilterRule
    readonly count: number
    readonly agentIds: readonly string[]
  }[]
  readonly call: { readonly classId: string; readonly scoreMs: number; readonly needs: readonly string[] }
  /** Heads of other lines that these agents could take too, best first. */
  readonly passedOver: readonly { readonly callId: string; readonly classId: string; readonly scoreMs: number }[]
}
