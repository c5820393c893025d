/**
 * A map that never changes: `with` and `without` give a new one that shares all but a few small arrays with the old.
 * A hash trie of 32 branches: a lookup or a change costs the same handful of steps at a hundred entries and at a
 * hundred thousand, so a step of the engine does not grow with the length of the lines.
 * The order of iteration follows from the hashes of the keys, not from the order in which they came.
 */

const ENTRY = 0
const BRANCH = 1
const COLLISION = 2

type Entry<V> = { readonly kind: typeof ENTRY; readonly hash: number; readonly key: string; readonly value: V }
type Collision<V> = { readonly kind: typeof COLLISION; readonly hash: number; readonly entries: readonly Entry<V>[] }
type Branch<V> = { readonly kind: typeof BRANCH; readonly bits: number; readonly nodes: readonly Node<V>[] }
type Node<V> = Entry<V> | Collision<V> | Branch<V>

const STEP_BITS = 5
const STEP_MASK = 31

/** Of a longer key only this much of its head and its tail is looked at: two that differ between them merely collide. */
const HEAD_LENGTH = 14
const TAIL_LENGTH = 12

/** FNV-1a: short keys, well spread. */
function hashOf(key: string): number {
  const { length } = key
  const headEnd = length > HEAD_LENGTH + TAIL_LENGTH ? HEAD_LENGTH : length
  let hash = 0x811c9dc5
  for (let i = 0; i < headEnd; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  for (let i = Math.max(headEnd, length - TAIL_LENGTH); i < length; i += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  }
  // The low bits lead the way down: mix the high ones in.
  return (hash ^ (hash >>> 15)) >>> 0
}

function bitsBelow(bits: number, bit: number): number {
  let n = bits & (bit - 1)
  n -= (n >>> 1) & 0x55555555
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function replaced<T>(nodes: readonly T[], index: number, node: T): T[] {
  const copy = nodes.slice()
  copy[index] = node
  return copy
}
function inserted<T>(nodes: readonly T[], index: number, node: T): T[] {
  const copy: T[] = []
  for (let i = 0; i < index; i += 1) copy.push(nodes[i] as T)
  copy.push(node)
  for (let i = index; i < nodes.length; i += 1) copy.push(nodes[i] as T)
  return copy
}

/** Two nodes of different keys below one place: a branch where their hashes part, or a collision. */
function joined<V>(shift: number, a: Entry<V> | Collision<V>, b: Entry<V>): Node<V> {
  if (a.hash === b.hash)
    return { kind: COLLISION, hash: a.hash, entries: a.kind === ENTRY ? [a, b] : [...a.entries, b] }
  const atA = (a.hash >>> shift) & STEP_MASK
  const atB = (b.hash >>> shift) & STEP_MASK
  if (atA === atB) return { kind: BRANCH, bits: 1 << atA, nodes: [joined(shift + STEP_BITS, a, b)] }
  return { kind: BRANCH, bits: (1 << atA) | (1 << atB), nodes: atA < atB ? [a, b] : [b, a] }
}

function put<V>(node: Node<V>, shift: number, entry: Entry<V>): Node<V> {
  if (node.kind === BRANCH) {
    const bit = 1 << ((entry.hash >>> shift) & STEP_MASK)
    const index = bitsBelow(node.bits, bit)
    if ((node.bits & bit) === 0)
      return { kind: BRANCH, bits: node.bits | bit, nodes: inserted(node.nodes, index, entry) }
    const below = node.nodes[index] as Node<V>
    return { kind: BRANCH, bits: node.bits, nodes: replaced(node.nodes, index, put(below, shift + STEP_BITS, entry)) }
  }
  if (node.kind === ENTRY) return node.key === entry.key ? entry : joined(shift, node, entry)
  if (node.hash !== entry.hash) return joined(shift, node, entry)
  const index = node.entries.findIndex(({ key }) => key === entry.key)
  if (index < 0) return joined(shift, node, entry)
  return { kind: COLLISION, hash: node.hash, entries: replaced(node.entries, index, entry) }
}

function drop<V>(node: Node<V>, shift: number, hash: number, key: string): Node<V> | undefined {
  if (node.kind === BRANCH) {
    const bit = 1 << ((hash >>> shift) & STEP_MASK)
    const index = bitsBelow(node.bits, bit)
    const below = drop(node.nodes[index] as Node<V>, shift + STEP_BITS, hash, key)
    if (below === undefined) {
      const nodes = node.nodes.toSpliced(index, 1)
      const only = nodes[0]
      // A lone entry moves up, so that the same content has the same shape whatever came before.
      if (nodes.length === 1 && only !== undefined && only.kind !== BRANCH) return only
      return nodes.length === 0 ? undefined : { kind: BRANCH, bits: node.bits & ~bit, nodes }
    }
    if (node.nodes.length === 1 && below.kind !== BRANCH) return below
    return { kind: BRANCH, bits: node.bits, nodes: replaced(node.nodes, index, below) }
  }
  if (node.kind === ENTRY) return undefined
  const entries = node.entries.filter((entry) => entry.key !== key)
  const only = entries[0]
  return entries.length === 1 && only !== undefined ? only : { kind: COLLISION, hash: node.hash, entries }
}

function* walk<V>(node: Node<V> | undefined): Generator<[string, V]> {
  if (node === undefined) return
  if (node.kind === BRANCH) for (const below of node.nodes) yield* walk(below)
  else if (node.kind === ENTRY) yield [node.key, node.value]
  else for (const { key, value } of node.entries) yield [key, value]
}

function visit<V>(node: Node<V>, act: (value: V, key: string) => void): void {
  if (node.kind === BRANCH) for (const below of node.nodes) visit(below, act)
  else if (node.kind === ENTRY) act(node.value, node.key)
  else for (const { key, value } of node.entries) act(value, key)
}

export class PersistentMap<V> {
  readonly size: number
  readonly #root: Node<V> | undefined

  private constructor(root: Node<V> | undefined, size: number) {
    this.#root = root
    this.size = size
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(undefined, 0)
  }

  static from<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    let map = PersistentMap.empty<V>()
    for (const [key, value] of entries) map = map.with(key, value)
    return map
  }

  get(key: string): V | undefined {
    return this.#find(hashOf(key), key)
  }

  has(key: string): boolean {
    return this.#find(hashOf(key), key) !== undefined
  }

  #find(hash: number, key: string): V | undefined {
    let node = this.#root
    for (let shift = 0; node !== undefined; shift += STEP_BITS) {
      if (node.kind === ENTRY) return node.key === key ? node.value : undefined
      if (node.kind === COLLISION) return node.entries.find((entry) => entry.key === key)?.value
      const bit = 1 << ((hash >>> shift) & STEP_MASK)
      if ((node.bits & bit) === 0) return undefined
      node = node.nodes[bitsBelow(node.bits, bit)]
    }
    return undefined
  }

  /** A map that has `value` (not undefined) under `key`. */
  with(key: string, value: V): PersistentMap<V> {
    return this.has(key) ? this.replace(key, value) : this.add(key, value)
  }

  /** As `with`, for a key that is known not to be there. */
  add(key: string, value: V): PersistentMap<V> {
    const entry: Entry<V> = { kind: ENTRY, hash: hashOf(key), key, value }
    return new PersistentMap(this.#root === undefined ? entry : put(this.#root, 0, entry), this.size + 1)
  }

  /** As `with`, for a key that is known to be there. */
  replace(key: string, value: V): PersistentMap<V> {
    const entry: Entry<V> = { kind: ENTRY, hash: hashOf(key), key, value }
    return new PersistentMap(this.#root === undefined ? entry : put(this.#root, 0, entry), this.size)
  }

  /** A map in which `change` made of what is under `key`, or of nothing, what is there from now on, or nothing. */
  update(key: string, change: (before: V | undefined) => V | undefined): PersistentMap<V> {
    const hash = hashOf(key)
    const before = this.#find(hash, key)
    const value = change(before)
    if (value === before) return this
    if (value === undefined) return new PersistentMap(this.#root && drop(this.#root, 0, hash, key), this.size - 1)
    const entry: Entry<V> = { kind: ENTRY, hash, key, value }
    const size = before === undefined ? this.size + 1 : this.size
    return new PersistentMap(this.#root === undefined ? entry : put(this.#root, 0, entry), size)
  }

  /** A map that has nothing under `key`. */
  without(key: string): PersistentMap<V> {
    return this.has(key) ? this.remove(key) : this
  }

  /** As `without`, for a key that is known to be there. */
  remove(key: string): PersistentMap<V> {
    if (this.#root === undefined) return this
    return new PersistentMap(drop(this.#root, 0, hashOf(key), key), this.size - 1)
  }

  forEach(act: (value: V, key: string) => void): void {
    if (this.#root !== undefined) visit(this.#root, act)
  }

  entries(): IterableIterator<[string, V]> {
    return walk(this.#root)
  }

  *keys(): Generator<string> {
    for (const [key] of walk(this.#root)) yield key
  }

  *values(): Generator<V> {
    for (const [, value] of walk(this.#root)) yield value
  }

  [Symbol.iterator](): IterableIterator<[string, V]> {
    return this.entries()
  }
}
