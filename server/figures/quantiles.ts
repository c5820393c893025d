/**
 * Median and P90 without any error: the waits themselves are kept beside the sums, four bytes each, as Postgres' `int4send` writes
 * them. A year of two million answers is eight megabytes; picking a rank out of them takes some steps for each.
 */
import { endianness } from 'node:os'

const BYTES_EACH = 4
/** Postgres sends the greatest byte first. */
const IS_LITTLE_ENDIAN = endianness() === 'LE'

/** The waits of some packed sets, in ms, in no order. */
export function unpackWaits(packed: readonly Buffer[]): Int32Array {
  // A buffer of its own begins where an Int32Array may.
  const bytes = Buffer.allocUnsafeSlow(packed.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const each of packed) at += each.copy(bytes, at)
  if (IS_LITTLE_ENDIAN) bytes.swap32()
  return new Int32Array(bytes.buffer, 0, bytes.length / BYTES_EACH)
}

/**
 * The wait of rank ⌈share × count⌉, one that really occurred; null for none. The list is put into another order. A share
 * above 0, at most 1.
 */
export function nearestRank(waits: Int32Array, share: number): number | null {
  if (waits.length === 0) return null
  const rank = Math.max(0, Math.ceil(share * waits.length) - 1)
  let [low, high] = [0, waits.length - 1]
  // Hoare's selection: each turn leaves the part that the rank is in.
  while (low < high) {
    const pivot = middleOf(waits[low] ?? 0, waits[(low + high) >> 1] ?? 0, waits[high] ?? 0)
    let [i, j] = [low, high]
    while (i <= j) {
      while ((waits[i] ?? 0) < pivot) i += 1
      while ((waits[j] ?? 0) > pivot) j -= 1
      if (i > j) break
      const kept = waits[i] ?? 0
      waits[i++] = waits[j] ?? 0
      waits[j--] = kept
    }
    if (rank <= j) high = j
    else if (rank >= i) low = i
    else break
  }
  return waits[rank] ?? null
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
