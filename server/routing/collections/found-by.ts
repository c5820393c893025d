/**
 * What is found by a key, in versions: a change gives a new version, and the old one still answers as before. It is for
 * keys that come and go with every call, of which nobody asks for an order.
 * All versions share one table. The newest has it, and each older one knows only what was different before the next
 * change; whoever asks an older version turns those changes around first (Baker's rerooting). So the version that is
 * asked nearly always costs one look into a table, where a trie copies a path of nodes that fall out of the caches.
 * Whoever keeps an old version keeps every change since.
 */
type Held =
  { readonly table: Map<string, string>; readonly change: null } | { readonly table: null; readonly change: Change }
/** Of the next version this one is told apart by one key: it has `value` there, or nothing. */
type Change = { readonly key: string; readonly value: string | undefined; readonly next: FoundBy }

export class FoundBy {
  readonly size: number
  #held: Held

  private constructor(size: number, held: Held) {
    this.size = size
    this.#held = held
  }

  static empty(): FoundBy {
    return new FoundBy(0, { table: new Map(), change: null })
  }

  get(key: string): string | undefined {
    return this.#table().get(key)
  }

  has(key: string): boolean {
    return this.#table().has(key)
  }

  /** A version that has `value` under a key that is known not to be there. */
  add(key: string, value: string): FoundBy {
    return this.#changed(this.size + 1, key, value)
  }

  /** A version without a key that is known to be there. */
  remove(key: string): FoundBy {
    return this.#changed(this.size - 1, key, undefined)
  }

  /** A copy of what is found, in the order of the keys. */
  entries(): [string, string][] {
    return [...this.#table()].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  #changed(size: number, key: string, value: string | undefined): FoundBy {
    const table = this.#table()
    const next = new FoundBy(size, { table, change: null })
    this.#held = { table: null, change: { key, value: table.get(key), next } }
    if (value === undefined) table.delete(key)
    else table.set(key, value)
    return next
  }

  /** The table as it is for this version. */
  #table(): Map<string, string> {
    return this.#held.table ?? FoundBy.#turnedAround(this)
  }

  /** Moves the table from the newest version to this one: each change on the way is undone, and kept the other way round. */
  static #turnedAround(asked: FoundBy): Map<string, string> {
    const older: FoundBy[] = []
    let newest = asked
    for (let held = newest.#held; held.change !== null; held = newest.#held) {
      older.push(newest)
      newest = held.change.next
    }
    const table = newest.#held.table as Map<string, string>
    for (const version of older.reverse()) {
      const { key, value, next } = version.#held.change as Change
      next.#held = { table: null, change: { key, value: table.get(key), next: version } }
      if (value === undefined) table.delete(key)
      else table.set(key, value)
      version.#held = { table, change: null }
    }
    return table
  }
}
