/** An orderly end that waits for people: calls that run are finished within a bound, and nobody new is let in. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { Value } from 'typebox/value'
import { Labels } from './contract/ids.ts'
import type { Call, State } from './routing/state.ts'
import type { Audiences } from './socket/audiences.ts'
import type { NoticeBoard } from './socket/notice-board.ts'

/** Raised, the process stays longer after the last call; lowered, it looks more often at nothing. In ms. */
const LOOK_EVERY_MS = 200

export type DrainParts = {
  readonly now: () => number
  /** The calls that are open now. */
  readonly calls: () => Iterable<Pick<Call, 'status' | 'presence'>>
  /** Nobody new is let in from now on, and this server ends at `until` (ms since 1970) at the latest. */
  readonly onBegin: (until: number) => void
}

export class Drain {
  readonly #parts: DrainParts
  #until: number | null = null

  constructor(parts: DrainParts) {
    this.#parts = parts
  }

  /** When this server ends at the latest; null while it does not end. */
  get until(): number | null {
    return this.#until
  }

  /**
   * Begins to end, and resolves when nobody is in line at a screen or talks any more, or after `msMax`: with how many calls
   * are open then, which the next server goes on with. A place that somebody took along is not waited for.
   */
  async run(msMax: number): Promise<number> {
    const { now, onBegin } = this.#parts
    const until = now() + msMax
    this.#until = until
    onBegin(until)
    return await new Promise((resolve) => {
      const look = () => {
        const openCount = this.#openCount()
        if (openCount > 0 && now() < until) return
        clearInterval(timer)
        resolve(openCount)
      }
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
    })
  }

  #openCount(): number {
    let count = 0
    for (const { status, presence } of this.#parts.calls())
      if (status !== 'waiting' || presence.kind !== 'away') count += 1
    return count
  }
}

/** What the screens of the city say meanwhile, in its languages. Throws where the file is damaged. */
export function maintenanceWords(): Labels {
  const file = resolve(import.meta.dirname, 'maintenance.yaml')
  return Value.Parse(Labels, parse(readFileSync(file, 'utf8')))
}

/** The end of this server, said on every screen and at every desk. Throws where its words are damaged. */
export function openDrain(parts: {
  readonly state: () => State
  readonly notices: NoticeBoard
  readonly audiences: Audiences
}): Drain {
  const words = maintenanceWords()
  return new Drain({
    now: () => Date.now(),
    calls: () => parts.state().calls.values(),
    onBegin: (until) => {
      parts.notices.announce(randomUUID(), words, until)
      parts.audiences.refreshAll()
    },
  })
}
