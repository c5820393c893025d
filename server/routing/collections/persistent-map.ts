/**
 * A map that never changes: `with` and `without` give a new one that shares all but a few small arrays with the old.
 * A hash trie of 16 branches: a lookup or a change costs the same handful of steps at a hundred entries and at a
 * hundred thousand, so a step of the engine does not grow with the length of the lines.
 * The order of iteration follows from the hashes of the keys, not from the order in which they came.
 */

type Entry<V> = { readonly hash: number; readonly key: string; readonly value: V }
/** Keys of one hash. */
type Collision<V> = { readonly hash: number; readonly key: undefined; readonly entries: readonly Entry<V>[] }
type Leaf<V> = Entry<V> | Collision<V>
/** First which of the 16 places are taken, as bits, then what is in them: one array, for one look at memory. */
type Branch<V> = readonly [bits: number, ...nodes: Node<V>[]]
type Node<V> = Leaf<V> | Branch<V>

/** More places are fewer steps down and more to copy at each: with 32 a change costs more memory, and so more collecting. */
const STEP_BITS = 4
const STEP_MASK = 15

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

/** Where in a branch the node of `bit` is, or would be: after the bits themselves and the nodes of lower bits. */
function indexOf(bits: number, bit: number): number {
  let n = bits & (bit - 1)
  n -= (n >>> 1) & 0x55555555
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return 1 + (Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24)
}

function isBranch<V>(node: Node<V>): node is Branch<V> {
  return Array.isArray(node)
}

function replaced<V>(branch: Branch<V>, index: number, node: Node<V>): Branch<V> {
  const copy = branch.slice() as [number, ...Node<V>[]]
  copy[index] = node
  return copy
}

function inserted<V>(branch: Branch<V>, bit: number, index: number, node: Node<V>): Branch<V> {
  const copy: [number, ...Node<V>[]] = [branch[0] | bit]
  for (let i = 1; i < index; i += 1) copy.push(branch[i] as Node<V>)
  copy.push(node)
  for (let i = index; i < branch.length; i += 1) copy.push(branch[i] as Node<V>)
  return copy
}

/** Two nodes of different keys below one place: a branch where their hashes part, or a collision. */
function joined<V>(shift: number, a: Leaf<V>, b: Entry<V>): Node<V> {
  if (a.hash === b.hash) {
    return { hash: a.hash, key: undefined, entries: a.key === undefined ? [...a.entries, b] : [a, b] }
  }
  const atA = (a.hash >>> shift) & STEP_MASK
  const atB = (b.hash >>> shift) & STEP_MASK
  if (atA === atB) return [1 << atA, joined(shift + STEP_BITS, a, b)]
  const bits = (1 << atA) | (1 << atB)
  return atA < atB ? [bits, a, b] : [bits, b, a]
}

function put<V>(node: Node<V>, shift: number, entry: Entry<V>): Node<V> {
  if (isBranch(node)) {
    const bits = node[0]
    const bit = 1 << ((entry.hash >>> shift) & STEP_MASK)
    const index = indexOf(bits, bit)
    if ((bits & bit) === 0) return inserted(node, bit, index, entry)
    return replaced(node, index, put(node[index] as Node<V>, shift + STEP_BITS, entry))
  }
  if (node.key !== undefined) return node.key === entry.key ? entry : joined(shift, node, entry)
  const at = node.hash === entry.hash ? node.entries.findIndex(({ key }) => key === entry.key) : -1
  return at < 0 ? joined(shift, node, entry) : { ...node, entries: node.entries.with(at, entry) }
}

function drop<V>(node: Node<V>, shift: number, hash: number, key: string): Node<V> | undefined {
  if (!isBranch(node)) {
    if (node.key !== undefined) return undefined
    const entries = node.entries.filter((entry) => entry.key !== key)
    return entries.length === 1 ? entries[0] : { ...node, entries }
  }
  const bit = 1 << ((hash >>> shift) & STEP_MASK)
  const index = indexOf(node[0], bit)
  const below = drop(node[index] as Node<V>, shift + STEP_BITS, hash, key)
  if (below !== undefined) {
    // A lone leaf moves up, so that the same content has the same shape whatever came before.
    return node.length === 2 && !isBranch(below) ? below : replaced(node, index, below)
  }
  if (node.length === 2) return undefined
  const only = node[index === 1 ? 2 : 1] as Node<V>
  if (node.length === 3 && !isBranch(only)) return only
  const copy: [number, ...Node<V>[]] = [node[0] & ~bit]
  for (let i = 1; i < node.length; i += 1) if (i !== index) copy.push(node[i] as Node<V>)
  return copy
}

function* walk<V>(node: Node<V> | undefined): Generator<[string, V]> {
  if (node === undefined) return
  if (isBranch(node)) for (let i = 1; i < node.length; i += 1) yield* walk(node[i] as Node<V>)
  else if (node.key !== undefined) yield [node.key, node.value]
  else for (const { key, value } of node.entries) yield [key, value]
}

function visit<V>(node: Node<V>, act: (value: V, key: string) => void): void {
  if (isBranch(node)) for (let i = 1; i < node.length; i += 1) visit(node[i] as Node<V>, act)
  else if (node.key !== undefined) act(node.value, node.key)
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
    let shift = 0
    while (node !== undefined && isBranch(node)) {
      const bit = 1 << ((hash >>> shift) & STEP_MASK)
      if ((node[0] & bit) === 0) return undefined
      node = node[indexOf(node[0], bit)] as Node<V>
      shift += STEP_BITS
    }
    if (node === undefined) return undefined
    if (node.key !== undefined) return node.key === key ? node.value : undefined
    return node.entries.find((entry) => entry.key === key)?.value
  }

  /** A map that has `value` (not undefined) under `key`. */
  with(key: string, value: V): PersistentMap<V> {
    return this.has(key) ? this.replace(key, value) : this.add(key, value)
  }

  /** As `with`, for a key that is known not to be there. */
  add(key: string, value: V): PersistentMap<V> {
    const entry: Entry<V> = { hash: hashOf(key), key, value }
    return new PersistentMap(this.#root === undefined ? entry : put(this.#root, 0, entry), this.size + 1)
  }

  /** As `with`, for a key that is known to be there. */
  replace(key: string, value: V): PersistentMap<V> {
    const entry: Entry<V> = { hash: hashOf(key), key, value }
    return new PersistentMap(this.#root === undefined ? entry : put(this.#root, 0, entry), this.size)
  }

  /** A map in which `change` made of what is under `key`, or of nothing, what is there from now on, or nothing. */
  update(key: string, change: (before: V | undefined) => V | undefined): PersistentMap<V> {
    const hash = hashOf(key)
    const before = this.#find(hash, key)
    const value = change(before)
    if (value === before) return this
    if (value === undefined) return new PersistentMap(this.#root && drop(this.#root, 0, hash, key), this.size - 1)
    const entry: Entry<V> = { hash, key, value }
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
