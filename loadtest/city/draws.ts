/** Chance in a city that is made up: every draw follows from a seed and from what it is drawn for. */
import { chance } from '../personas/pace.ts'

/** Numbers from 0 up to 1. */
export type Draw = () => number

/**
 * A stream of its own for one thing under one seed. What is drawn for a call does then not depend on what was drawn
 * before it, so that two cities that differ in their agents have the same citizens.
 */
export function streamOf(seed: number, what: string): Draw {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < what.length; i += 1) hash = Math.imul(hash ^ what.charCodeAt(i), 0x01000193)
  // FNV leaves names that differ in their last letter close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return chance((hash ^ (hash >>> 16)) >>> 0)
}

/** Memoryless, with this mean in milliseconds; not rounded. */
export function exponentialMs(draw: Draw, meanMs: number): number {
  return -Math.log(1 - draw()) * meanMs
}

/** Half of them shorter than `medianMs`; a greater `sigma` has a longer tail. Not rounded. */
export function logNormalMs(draw: Draw, medianMs: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  return medianMs * Math.exp(sigma * normal)
}

/** One of a list that is not empty. */
export function pickOf<T>(draw: Draw, from: readonly T[]): T {
  return from[Math.floor(draw() * from.length)] as T
}

export type Weighted<T> = { readonly value: T; readonly weight: number }

/** One of a list that is not empty, each as likely as its weight says. */
export function pickWeighted<T>(draw: Draw, from: readonly Weighted<T>[]): T {
  let left = draw() * from.reduce((sum, { weight }) => sum + weight, 0)
  for (const { value, weight } of from) {
    left -= weight
    if (left < 0) return value
  }
  return (from.at(-1) as Weighted<T>).value
}

/** The same things in an order by chance. */
export function shuffled<T>(draw: Draw, things: readonly T[]): T[] {
  return things
    .map((thing) => ({ thing, rank: draw() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing)
}
