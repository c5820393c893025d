/** [R26] [R37] [R38] Who may be asked into a call, how somebody came into it, and what came of a search: plain data. */
import type { Requirement } from './policy.ts'

/** [R37] Who may come, beside having what is needed. */
export type JoinTarget =
  | { readonly kind: 'anyone' }
  /** Whoever serves this queue now. */
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'centre'; readonly centreId: string }
  | { readonly kind: 'agent'; readonly agentId: string }

export const ANYONE: JoinTarget = { kind: 'anyone' }

/** How somebody came into a call: who asked them, for what, and how long they were looked for. */
export type AskedIn = {
  readonly joinId: string
  readonly askedById: string
  readonly target: JoinTarget
  readonly needs: readonly Requirement[]
  /** Whoever asked left as they came in ([R34]). */
  readonly isTransfer: boolean
  readonly searchedMs: number
}

/** [R38] Why nobody came. `away`: the one who was named takes no calls any more. `not-found`: the time for it is over ([R34]). */
export type UnmetWhy = 'declined' | 'not-responding' | 'away' | 'not-found' | 'caller-declined'

/** [R38] The search of a call that came to nothing last. */
export type UnmetJoin = {
  readonly joinId: string
  readonly askedById: string
  readonly target: JoinTarget
  readonly needs: readonly Requirement[]
  readonly isTransfer: boolean
  readonly why: UnmetWhy
}
