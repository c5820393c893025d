/** Two values as JSON sees them: the order of keys is nothing (jsonb has its own), an absent key and undefined are one. */

export type Difference = { readonly path: string; readonly kept: unknown; readonly replayed: unknown }

/** The first place where the two differ, or null. */
export function firstDifference(kept: unknown, replayed: unknown, path = ''): Difference | null {
  if (Object.is(kept, replayed) || (kept === 0 && replayed === 0)) return null
  const isBothObjects = typeof kept === 'object' && typeof replayed === 'object' && kept !== null && replayed !== null
  if (!isBothObjects || Array.isArray(kept) !== Array.isArray(replayed)) return { path, kept, replayed }
  if (Array.isArray(kept) && Array.isArray(replayed)) {
    for (let i = 0; i < Math.max(kept.length, replayed.length); i += 1) {
      const found = firstDifference(kept[i], replayed[i], `${path}[${i}]`)
      if (found !== null) return found
    }
    return null
  }
  const left = kept as Readonly<Record<string, unknown>>
  const right = replayed as Readonly<Record<string, unknown>>
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = firstDifference(left[key], right[key], path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}
