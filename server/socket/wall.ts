/**
 * The supervisors' wall. What everything is like is worked out once for all who watch, compared with what they were told
 * last, and only the rows that are other are told, encoded once however many watch.
 */
import { ROW_IDS, WHOLE_PARTS, type SupervisorPatch } from '#server/contract/supervisor-patch.ts'
import { SUPERVISOR_VIEW_EVERY_MS } from '#server/contract/supervisor-socket.ts'
import type { SupervisorView } from '#server/contract/views.ts'

export type WallSnapshot = { version: number; at: number; view: SupervisorView }

/** Tells everybody who watches. */
export type WallTeller = { patch(patch: SupervisorPatch): void; whole(snapshot: WallSnapshot): void }

type RowPart = keyof typeof ROW_IDS
const ROW_PARTS = Object.keys(ROW_IDS) as RowPart[]

/** A view with each of its rows as text, by part and id: what the next one is compared with. */
type Told = {
  readonly view: SupervisorView
  readonly rows: Readonly<Record<RowPart, ReadonlyMap<string, string>>>
  readonly wholes: Readonly<Record<string, string>>
}

export class Wall {
  readonly #look: () => SupervisorView
  readonly #now: () => number
  readonly #tellers = new Set<WallTeller>()
  #told: Told | undefined
  #version = 0
  #watchersCount = 0
  #timer: NodeJS.Timeout | undefined

  /** `look` works out how everything is now; `now` is in ms since 1970. */
  constructor(look: () => SupervisorView, now: () => number) {
    this.#look = look
    this.#now = now
  }

  get isWatched(): boolean {
    return this.#watchersCount > 0
  }

  /** Whom changes are told to, once each. */
  tellTo(teller: WallTeller): void {
    this.#tellers.add(teller)
  }

  /** One more watches. Returns what to do when they are gone. */
  watch(): () => void {
    this.#watchersCount += 1
    let isHere = true
    return () => {
      if (isHere) this.#watchersCount -= 1
      isHere = false
    }
  }

  /** Something may have changed. */
  refresh(): void {
    if (!this.isWatched) return
    this.#timer ??= setTimeout(() => this.#tellChanges(), SUPERVISOR_VIEW_EVERY_MS)
  }

  /** The same for what has been waited for already. */
  refreshNow(): void {
    if (this.isWatched) this.#tellChanges()
  }

  /** How everything is now, told to all who watch: what they hear next is laid upon it. */
  snapshot(): WallSnapshot {
    const { view } = this.#tellChanges()
    return { version: this.#version, at: this.#now(), view }
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #tellChanges(): Told {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const before = this.#told
    const after = readOut(this.#look())
    const changes = before === undefined ? {} : changesBetween(before, after)
    // Where nothing is other, what was told stands, with its version.
    if (before !== undefined && Object.keys(changes).length === 0) return before
    const from = this.#version
    this.#version += 1
    this.#told = after
    if (before !== undefined) {
      const stamp = { version: this.#version, at: this.#now() }
      const isMost = putCount(changes) > rowsCount(after) / 2
      for (const teller of this.#tellers) {
        if (isMost) teller.whole({ ...stamp, view: after.view })
        else teller.patch({ from, ...stamp, ...changes })
      }
    }
    return after
  }
}

function readOut(view: SupervisorView): Told {
  const rows = {
    queues: textsOf(view, 'queues'),
    days: textsOf(view, 'days'),
    agents: textsOf(view, 'agents'),
    sites: textsOf(view, 'sites'),
  }
  return { view, rows, wholes: Object.fromEntries(WHOLE_PARTS.map((part) => [part, JSON.stringify(view[part])])) }
}

type Row = Readonly<Record<string, unknown>>

function textsOf(view: SupervisorView, part: RowPart): Map<string, string> {
  return new Map((view[part] as readonly Row[]).map((row) => [String(row[ROW_IDS[part]]), JSON.stringify(row)]))
}

type Changes = Omit<SupervisorPatch, 'from' | 'version' | 'at'>

const putCount = (changes: Changes) => ROW_PARTS.reduce((sum, part) => sum + (changes[part]?.put.length ?? 0), 0)
const rowsCount = ({ rows }: Told) => ROW_PARTS.reduce((sum, part) => sum + rows[part].size, 0)

/** Empty where nothing is other. */
function changesBetween(before: Told, after: Told): Changes {
  const changes: Record<string, unknown> = {}
  for (const part of ROW_PARTS) {
    const [old, now] = [before.rows[part], after.rows[part]]
    const put = (after.view[part] as readonly Row[]).filter((row) => {
      const id = String(row[ROW_IDS[part]])
      return old.get(id) !== now.get(id)
    })
    const drop = [...old.keys()].filter((id) => !now.has(id))
    if (put.length > 0 || drop.length > 0) changes[part] = { put, drop }
  }
  for (const part of WHOLE_PARTS) if (before.wholes[part] !== after.wholes[part]) changes[part] = after.view[part]
  return changes
}
