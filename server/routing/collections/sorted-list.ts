/**
 * A sorted list that never changes: `with` and `without` give a new one that shares most of its blocks with the old.
 * Two numbers order it (`rank`, then `ordinal`, which no two entries share), so that comparing costs nothing. A tree of
 * blocks of at most 32: first entry, insertion and removal anywhere cost the same few steps at any length.
 */

export type Sorted = {
  /** Orders first: a moment, mostly. */
  readonly rank: number
  /** Orders those of the same rank, and tells any two entries apart. */
  readonly ordinal: number
}

const BLOCK_MAX = 32
const BLOCK_MIN = 8

type Leaf<T> = readonly T[]
type Inner<T> = {
  readonly size: number
  /** Of each block below, its first entry: where to go down. */
  readonly firsts: readonly T[]
  readonly blocks: readonly Block<T>[]
}
type Block<T> = Leaf<T> | Inner<T>

function isLeaf<T>(block: Block<T>): block is Leaf<T> {
  return Array.isArray(block)
}
function sizeOf<T>(block: Block<T>): number {
  return isLeaf(block) ? block.length : block.size
}
function lengthOf<T>(block: Block<T>): number {
  return isLeaf(block) ? block.length : block.blocks.length
}
function firstOf<T>(block: Block<T>): T {
  return (isLeaf(block) ? block[0] : block.firsts[0]) as T
}
function isBefore(a: Sorted, b: Sorted): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.ordinal < b.ordinal)
}

/** How many of `entries` come before `key`. */
function countBefore(entries: readonly Sorted[], key: Sorted): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(entries[middle] as Sorted, key)) low = middle + 1
    else high = middle
  }
  return low
}

/** Which block below holds `key`, if any does. */
function placeOf(firsts: readonly Sorted[], key: Sorted): number {
  const before = countBefore(firsts, key)
  const at = firsts[before]
  return at !== undefined && !isBefore(key, at) ? before : Math.max(0, before - 1)
}

function inner<T>(blocks: readonly Block<T>[]): Inner<T> {
  let size = 0
  const firsts: T[] = []
  for (const block of blocks) {
    size += sizeOf(block)
    firsts.push(firstOf(block))
  }
  return { size, firsts, blocks }
}

/** One block, or two halves of it where it has grown too long. */
function splitIfLong<T>(block: Block<T>): readonly Block<T>[] {
  const length = lengthOf(block)
  if (length <= BLOCK_MAX) return [block]
  const half = length >>> 1
  if (isLeaf(block)) return [block.slice(0, half), block.slice(half)]
  return [inner(block.blocks.slice(0, half)), inner(block.blocks.slice(half))]
}

function insert<T extends Sorted>(block: Block<T>, entry: T): Block<T> {
  if (isLeaf(block)) {
    const at = countBefore(block, entry)
    const copy: T[] = []
    for (let i = 0; i < at; i += 1) copy.push(block[i] as T)
    copy.push(entry)
    for (let i = at; i < block.length; i += 1) copy.push(block[i] as T)
    return copy
  }
  const at = placeOf(block.firsts, entry)
  const below = insert(block.blocks[at] as Block<T>, entry)
  return lengthOf(below) > BLOCK_MAX
    ? inner(block.blocks.toSpliced(at, 1, ...splitIfLong(below)))
    : swapped(block, at, below)
}

function swapped<T>(block: Inner<T>, at: number, below: Block<T>): Inner<T> {
  const blocks = block.blocks.slice()
  const change = sizeOf(below) - sizeOf(blocks[at] as Block<T>)
  blocks[at] = below
  const first = firstOf(below)
  let { firsts } = block
  if (firsts[at] !== first) {
    const copy = firsts.slice()
    copy[at] = first
    firsts = copy
  }
  return { size: block.size + change, firsts, blocks }
}

/** The block without the entry of this key; the very same where it is not there. */
function remove<T extends Sorted>(block: Block<T>, key: Sorted): Block<T> {
  if (isLeaf(block)) {
    const gone = countBefore(block, key)
    const found = block[gone]
    if (found === undefined || found.rank !== key.rank || found.ordinal !== key.ordinal) return block
    const copy: T[] = []
    for (let i = 0; i < block.length; i += 1) if (i !== gone) copy.push(block[i] as T)
    return copy
  }
  const at = placeOf(block.firsts, key)
  const below = remove(block.blocks[at] as Block<T>, key)
  if (below === block.blocks[at]) return block
  if (lengthOf(below) >= BLOCK_MIN || block.blocks.length === 1) return swapped(block, at, below)
  // Too short to stand alone: it joins the one beside it, and both are cut anew where that is too long.
  const left = Math.max(0, at === block.blocks.length - 1 ? at - 1 : at)
  const pair = left === at ? [below, block.blocks[at + 1]] : [block.blocks[left], below]
  return inner(block.blocks.toSpliced(left, 2, ...splitIfLong(merged(pair[0] as Block<T>, pair[1] as Block<T>))))
}

function merged<T>(a: Block<T>, b: Block<T>): Block<T> {
  if (isLeaf(a) && isLeaf(b)) return [...a, ...b]
  if (!isLeaf(a) && !isLeaf(b)) return inner([...a.blocks, ...b.blocks])
  throw new Error('blocks of different height stand beside each other')
}

function* walk<T>(block: Block<T>): Generator<T> {
  if (isLeaf(block)) yield* block
  else for (const below of block.blocks) yield* walk(below)
}

export class SortedList<T extends Sorted> {
  readonly #root: Block<T>

  private constructor(root: Block<T>) {
    this.#root = root
  }

  static empty<T extends Sorted>(): SortedList<T> {
    return new SortedList<T>([])
  }

  static from<T extends Sorted>(entries: Iterable<T>): SortedList<T> {
    let list = SortedList.empty<T>()
    for (const entry of entries) list = list.with(entry)
    return list
  }

  get size(): number {
    return sizeOf(this.#root)
  }

  get first(): T | undefined {
    return lengthOf(this.#root) === 0 ? undefined : firstOf(this.#root)
  }

  /** The entry of this very rank and ordinal. */
  find(key: Sorted): T | undefined {
    let block = this.#root
    while (!isLeaf(block)) block = block.blocks[placeOf(block.firsts, key)] as Block<T>
    const found = block[countBefore(block, key)]
    return found !== undefined && found.rank === key.rank && found.ordinal === key.ordinal ? found : undefined
  }

  /** How many entries come before `key`, which need not be in the list. */
  countBefore(key: Sorted): number {
    let count = 0
    let block = this.#root
    while (!isLeaf(block)) {
      const at = placeOf(block.firsts, key)
      for (let i = 0; i < at; i += 1) count += sizeOf(block.blocks[i] as Block<T>)
      block = block.blocks[at] as Block<T>
    }
    return count + countBefore(block, key)
  }

  /** A list with `entry` in its place. No other of its rank and ordinal may be there. */
  with(entry: T): SortedList<T> {
    const root = insert(this.#root, entry)
    const parts = splitIfLong(root)
    return new SortedList(parts.length === 1 ? root : inner(parts))
  }

  /** A list without the entry of this rank and ordinal; the same list where there is none. */
  without(key: Sorted): SortedList<T> {
    let root = remove(this.#root, key)
    if (root === this.#root) return this
    while (!isLeaf(root) && root.blocks.length === 1) root = root.blocks[0] as Block<T>
    return new SortedList(root)
  }

  [Symbol.iterator](): Generator<T> {
    return walk(this.#root)
  }
}
