/**
 * Which counts of a table with a total are held back before everybody may read it. Small ones are, since behind them stand people whom
 * somebody may know; and where what is left of the total would tell them, larger ones too, until it does not, or the total itself.
 */

/** Lower, a count that is held back is one of two at most, to whoever knows this rule. */
export const OPEN_COUNT_MIN = 4

export type Suppressed = {
  /** The names whose counts are held back. */
  readonly names: ReadonlySet<string>
  /** The total too: nothing else was left to hide small counts behind. */
  readonly isTotalHeldBack: boolean
}

/**
 * Holds back counts from 1 to `countMin - 1`. Nobody came (0) may be told. Of n small and c larger counts held back the sum that
 * the total gives away is at least n × (countMin − 1) + c × countMin, so that no combination of small ones is excluded by it. Which larger
 * ones are taken is by `salt` (the day) and not by how large they are: else the smallest published count would bound them.
 */
export function suppress(counts: ReadonlyMap<string, number>, countMin: number, salt: string): Suppressed {
  const isSmall = (count: number): boolean => count > 0 && count < countMin
  const names = new Set([...counts].filter(([, count]) => isSmall(count)).map(([name]) => name))
  if (names.size === 0) return { names, isTotalHeldBack: false }
  let excess = 0
  for (const name of names) excess += (counts.get(name) ?? 0) - (countMin - 1)
  const others = [...counts.keys()].filter((name) => (counts.get(name) ?? 0) >= countMin)
  for (const name of others.toSorted((a, b) => drawn(salt, a) - drawn(salt, b) || (a < b ? -1 : 1))) {
    names.add(name)
    excess += (counts.get(name) ?? 0) - countMin
    if (excess >= 0) return { names, isTotalHeldBack: false }
  }
  return { names, isTotalHeldBack: true }
}

/** The same number for the same words every time (FNV-1a): a day that is asked for twice holds back the same. */
function drawn(salt: string, name: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${salt} ${name}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
