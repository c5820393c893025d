/** The refusals of this folder: a number that makes no sense is thrown back as a RangeError that names it. */

/** Throws RangeError where `value` is not a number above 0; Infinity is refused unless `infinite` says otherwise. */
export function requirePositive(name: string, value: number, infinite: 'finite' | 'or infinite' = 'finite'): void {
  if (value > 0 && (infinite === 'or infinite' || value < Infinity)) return
  throw new RangeError(`${name} must be above 0${infinite === 'finite' ? ' and finite' : ''}, not ${value}`)
}

/** Throws RangeError where `value` is not a number from 0 to `max`; Infinity is always refused. */
export function requireFromZero(name: string, value: number, max = Number.MAX_VALUE): void {
  if (value >= 0 && value <= max) return
  throw new RangeError(`${name} must be from 0 to ${max}, not ${value}`)
}

/** Throws RangeError where `value` is not a finite number. */
export function requireFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, not ${value}`)
}

/** Throws RangeError where `value` is not a whole number from `min` to `max`. */
export function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}`)
}
