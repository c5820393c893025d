/** The look at a message that comes before any other code walks it: how deep it is, what its keys are called, and whether its text is text. */

/** Deeper than any message of ours; far from what would exhaust a stack. */
export const MESSAGE_DEPTH_MAX = 16

/** Keys that mean something to the language itself. A message that carries one as data has no good reason to. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Nothing reads NUL, and no database keeps it; half of a pair of surrogates is no character. */
const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/**
 * Why `value`, fresh from JSON, may not go further, or undefined if it may. Walks without recursion: thousands of
 * nested arrays fit into one small message and would overflow the stack of anything that follows them down.
 */
export function shapeFault(value: unknown, depthMax = MESSAGE_DEPTH_MAX): string | undefined {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return `it is nested more than ${depthMax} deep`
    const below: unknown[] = []
    for (const item of level) {
      if (typeof item === 'string' && !isText(item)) return 'it has text that is none'
      if (typeof item !== 'object' || item === null) continue
      if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return 'it carries binary data'
      if (Array.isArray(item)) {
        for (const element of item) below.push(element)
        continue
      }
      for (const [key, element] of Object.entries(item)) {
        if (FORBIDDEN_KEYS.has(key)) return 'it has a key that no message has'
        below.push(element)
      }
    }
    level = below
  }
  return undefined
}
