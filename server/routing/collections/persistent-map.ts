/**
 * A map that never changes: `with` and `without` give a new one that shares all but a few small arrays with the old.
 * A hash trie of 16 branches: a lookup or a change costs the same handful of steps at a hundred entries and at a
 * hundred thousand, so a step of the engine does not grow with the length of the lines.
 * The order of iteration follows from the hashes of the keys, not from the order in which they came.
 */

/**
 * What is in the 16 places below a node: nothing, a key with its value, or a node further down. One array for all of it,
 * so that a lookup looks at memory as seldom as can be: first the bits (the lower 16 say where a key is, the upper 16
 * where a node is), then keys and values in turn, then nodes, each in the order of their places.
 */
type Branch = readonly [bits: number, ...rest: unknown[]]
/** Keys of one hash, each followed by its value. */
class Collision {
  readonly pairs: readonly unknown[]
  constructor(pairs: readonly unknown[]) {
    this.pairs = pairs
  }
}
type Node = Branch | Collision

const KEYS = 0xffff
const NODES_SHIFT = 16

/** More places are fewer steps down and more to copy at each: with 32 a change costs more memory, and so more collecting. */
const STEP_BITS = 4
const STEP_MASK = 15
const HASH_BITS = 32

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

function onesIn(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Where the key of a place is in its branch, or would be; its value follows. */
function keyIndex(bits: number, bit: number): number {
  return 1 + 2 * onesIn(bits & KEYS & (bit - 1))
}

/** Where the node of a place is in its branch, or would be: after all keys and values. */
function nodeIndex(bits: number, bit: number): number {
  return 1 + 2 * onesIn(bits & KEYS) + onesIn((bits >>> NODES_SHIFT) & (bit - 1))
}

/** Where a key is among those of its hash; -1 where it is not. Values may look like keys. */
function pairIndex({ pairs }: Collision, key: string): number {
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === key) return i
  return -1
}

/** A copy with `bits`, in which `removed` entries from `index` on have given way to `added`. */
function spliced(branch: Branch, bits: number, index: number, removed: number, ...added: unknown[]): Branch {
  const copy: [number, ...unknown[]] = [bits]
  for (let i = 1; i < index; i += 1) copy.push(branch[i])
  for (const entry of added) copy.push(entry)
  for (let i = index + removed; i < branch.length; i += 1) copy.push(branch[i])
  return copy
}

function replaced(branch: Branch, index: number, entry: unknown): Branch {
  const copy = branch.slice() as [number, ...unknown[]]
  copy[index] = entry
  return copy
}

/** A node of two keys that share the places above `shift`. */
function joined(
  shift: number,
  hashA: number,
  a: readonly [string, unknown],
  hashB: number,
  b: readonly [string, unknown],
): Node {
  if (shift >= HASH_BITS) return new Collision([...a, ...b])
  const atA = (hashA >>> shift) & STEP_MASK
  const atB = (hashB >>> shift) & STEP_MASK
  if (atA === atB) return [1 << (atA + NODES_SHIFT), joined(shift + STEP_BITS, hashA, a, hashB, b)]
  const bits = (1 << atA) | (1 << atB)
  return atA < atB ? [bits, ...a, ...b] : [bits, ...b, ...a]
}

function put(node: Node, shift: number, hash: number, key: string, value: unknown): Node {
  if (node instanceof Collision) {
    const at = pairIndex(node, key)
    return new Collision(at < 0 ? [...node.pairs, key, value] : node.pairs.with(at + 1, value))
  }
  const bits = node[0]
  const bit = 1 << ((hash >>> shift) & STEP_MASK)
  if ((bits & bit) !== 0) {
    const index = keyIndex(bits, bit)
    const other = node[index] as string
    if (other === key) return replaced(node, index + 1, value)
    const below = joined(shift + STEP_BITS, hashOf(other), [other, node[index + 1]], hash, [key, value])
    const left = spliced(node, bits & ~bit, index, 2)
    return spliced(left, left[0] | (bit << NODES_SHIFT), nodeIndex(left[0], bit), 0, below)
  }
  if (((bits >>> NODES_SHIFT) & bit) === 0) return spliced(node, bits | bit, keyIndex(bits, bit), 0, key, value)
  const index = nodeIndex(bits, bit)
  return replaced(node, index, put(node[index] as Node, shift + STEP_BITS, hash, key, value))
}

/** The only key of a node that has nothing else, with its value. */
function onlyPair(node: Node): readonly [unknown, unknown] | undefined {
  if (node instanceof Collision) return node.pairs.length === 2 ? [node.pairs[0], node.pairs[1]] : undefined
  return node.length === 3 && node[0] >>> NODES_SHIFT === 0 ? [node[1], node[2]] : undefined
}

/** The node without a key that is in it. */
function drop(node: Node, shift: number, hash: number, key: string): Node {
  if (node instanceof Collision) return new Collision(node.pairs.toSpliced(pairIndex(node, key), 2))
  const bits = node[0]
  const bit = 1 << ((hash >>> shift) & STEP_MASK)
  if ((bits & bit) !== 0) return spliced(node, bits & ~bit, keyIndex(bits, bit), 2)
  const index = nodeIndex(bits, bit)
  const below = drop(node[index] as Node, shift + STEP_BITS, hash, key)
  const only = onlyPair(below)
  if (only === undefined) return replaced(node, index, below)
  // A lone key moves up, so that the same content has the same shape whatever came before.
  const left = spliced(node, bits & ~(bit << NODES_SHIFT), index, 1)
  return spliced(left, left[0] | bit, keyIndex(left[0], bit), 0, ...only)
}

function* walk<V>(node: Node): Generator<[string, V]> {
  const rest = node instanceof Collision ? node.pairs : node
  const from = node instanceof Collision ? 0 : 1
  const keysEnd = node instanceof Collision ? rest.length : 1 + 2 * onesIn(node[0] & KEYS)
  for (let i = from; i < keysEnd; i += 2) yield [rest[i] as string, rest[i + 1] as V]
  for (let i = keysEnd; i < rest.length; i += 1) yield* walk<V>(rest[i] as Node)
}

function visit<V>(node: Node, act: (value: V, key: string) => void): void {
  if (node instanceof Collision) {
    for (let i = 0; i < node.pairs.length; i += 2) act(node.pairs[i + 1] as V, node.pairs[i] as string)
    return
  }
  const keysEnd = 1 + 2 * onesIn(node[0] & KEYS)
  for (let i = 1; i < keysEnd; i += 2) act(node[i + 1] as V, node[i] as string)
  for (let i = keysEnd; i < node.length; i += 1) visit(node[i] as Node, act)
}

const EMPTY: Branch = [0]

export class PersistentMap<V> {
  readonly size: number
  readonly #root: Node

  private constructor(root: Node, size: number) {
    this.#root = root
    this.size = size
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(EMPTY, 0)
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
    for (let shift = 0; !(node instanceof Collision); shift += STEP_BITS) {
      const bits = node[0]
      const bit = 1 << ((hash >>> shift) & STEP_MASK)
      if ((bits & bit) !== 0) {
        const index = keyIndex(bits, bit)
        return node[index] === key ? (node[index + 1] as V) : undefined
      }
      if (((bits >>> NODES_SHIFT) & bit) === 0) return undefined
      node = node[nodeIndex(bits, bit)] as Node
    }
    const at = pairIndex(node, key)
    return at < 0 ? undefined : (node.pairs[at + 1] as V)
  }

  /** A map that has `value` (not undefined) under `key`. */
  with(key: string, value: V): PersistentMap<V> {
    return this.has(key) ? this.replace(key, value) : this.add(key, value)
  }

  /** As `with`, for a key that is known not to be there. */
  add(key: string, value: V): PersistentMap<V> {
    return new PersistentMap(put(this.#root, 0, hashOf(key), key, value), this.size + 1)
  }

  /** As `with`, for a key that is known to be there. */
  replace(key: string, value: V): PersistentMap<V> {
    return new PersistentMap(put(this.#root, 0, hashOf(key), key, value), this.size)
  }

  /** A map in which `change` made of what is under `key`, or of nothing, what is there from now on, or nothing. */
  update(key: string, change: (before: V | undefined) => V | undefined): PersistentMap<V> {
    const hash = hashOf(key)
    const before = this.#find(hash, key)
    const value = change(before)
    if (value === before) return this
    if (value === undefined) return new PersistentMap(drop(this.#root, 0, hash, key), this.size - 1)
    return new PersistentMap(put(this.#root, 0, hash, key, value), before === undefined ? this.size + 1 : this.size)
  }

  /** A map that has nothing under `key`. */
  without(key: string): PersistentMap<V> {
    return this.has(key) ? this.remove(key) : this
  }

  /** As `without`, for a key that is known to be there. */
  remove(key: string): PersistentMap<V> {
    return new PersistentMap(drop(this.#root, 0, hashOf(key), key), this.size - 1)
  }

  forEach(act: (value: V, key: string) => void): void {
    visit(this.#root, act)
  }

  entries(): IterableIterator<[string, V]> {
    return walk(this.#root)
  }

  *keys(): Generator<string> {
    for (const [key] of walk(this.#root)) yield key
  }

  *values(): Generator<V> {
    for (const [, value] of walk<V>(this.#root)) yield value
  }

  [Symbol.iterator](): IterableIterator<[string, V]> {
    return this.entries()
  }
}
