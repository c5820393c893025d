/** How far it is on foot, as somebody on the street would say it. */

/** A calm walk, in metres a minute: 4.5 km/h. */
const WALK_M_PER_MINUTE = 75
const STEP_MINUTES = 5
/** Farther than this one takes a bus, and asks for kilometres. */
const WALK_MINUTES_MAX = 45

export type SaidWalk =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'km'; readonly km: number }

/** The words for a way of `walkM` metres: minutes in steps of five, upwards; from afar whole kilometres. */
export function saidWalk(walkM: number): SaidWalk {
  const minutes = Math.max(1, Math.ceil(walkM / WALK_M_PER_MINUTE / STEP_MINUTES)) * STEP_MINUTES
  return minutes <= WALK_MINUTES_MAX ? { kind: 'minutes', minutes } : { kind: 'km', km: Math.round(walkM / 1000) }
}
