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
 * How far above the lower edge of the glass something is pressed in the low mode, in mm. EN 301 549 (8.3) wants parts
 * that are operated at 1,220 mm or lower and recommends 1,100 mm; a glass hangs with its lower edge at 800 mm, so that
 * its picture is seen sitting and standing.
 */
export const LOW_REACH_MM = 300
