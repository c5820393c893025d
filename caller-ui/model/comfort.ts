/** How somebody wants the screen to be: larger, stronger, lower, read aloud. Pure; forgotten with the person. */

export const TEXT_SIZES = ['A', 'A+', 'A++'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

export type Comfort = {
  readonly textSize: TextSize
  /** Null: as the device itself is set. */
  readonly isContrastHigh: boolean | null
  /** Everything that is pressed stands in the lowest part of the glass. */
  readonly isLow: boolean
  readonly isReadAloud: boolean
}

/** What everybody finds who comes to the screen. */
export const usualComfort: Comfort = { textSize: 'A', isContrastHigh: null, isLow: false, isReadAloud: false }

export const isUsual = (comfort: Comfort): boolean =>
  Object.entries(usualComfort).every(([what, usual]) => comfort[what as keyof Comfort] === usual)

/**
 * How far above the lower edge of the glass something is pressed in the low mode, in mm. EN 301 549 (8.3) demands parts that
 * are operated at 1,220 mm or lower; ISO 21542 wants the middle of a screen at 1,200 to 1,400 mm. A glass of 23.8 inches stands
 * 527 mm high, so that with its middle at 1,200 mm its lower edge is at 936 mm, and 1,220 mm are 284 mm up. With the middle
 * any higher nothing could be both, and `docs/kiosk.md` hangs none higher. The 1,100 mm that ISO 21542 recommends would be
 * 164 mm up: the bar, and 134 mm above it, in which a keyboard does not fit beside what ends the call. Whoever wants them hangs
 * the glass with its lower edge at 816 mm. Lying, a glass is 297 mm high, and with its lower edge at the same 936 mm nothing
 * that is pressed may lie in its uppermost 13 mm, in either mode.
 */
export const LOW_REACH_MM = 284
