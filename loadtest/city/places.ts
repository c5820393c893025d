/** Where a made-up city's kiosks stand: a few busy sites with many, and many small ones with one or two. */
import type { Hours } from '#server/routing/hours.ts'
import type { Policy } from '#server/routing/policy.ts'
import { pickOf, shuffled, streamOf, type Weighted } from './draws.ts'

export type Site = {
  readonly siteId: string
  readonly kioskIds: readonly string[]
  /** The services its kiosks offer, the first of them at the press. */
  readonly serviceIds: readonly string[]
}

/** The share of calls of a site falls with its place in the order of size to this power. 0: all alike. */
const SIZE_FALLS_BY = 0.8

/** `sitesCount` sites with `kiosksCount` kiosks together, at least one each. Sites with hours of their own come first. */
export function placesOf(
  { queues }: Policy,
  hours: Hours,
  { sitesCount, kiosksCount, seed }: { sitesCount: number; kiosksCount: number; seed: number },
): readonly Weighted<Site>[] {
  const serviceIds = [...new Set(Object.values(queues).map(({ serviceId }) => serviceId))]
  const named = Object.keys(hours.calendarIdsOfSite).slice(0, sitesCount)
  const others = Array.from({ length: sitesCount - named.length }, (_, i) => `site-${String(i + 1).padStart(2, '0')}`)
  const weights = [...named, ...others].map((_, i) => (i + 1) ** -SIZE_FALLS_BY)
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  let kiosksLeft = kiosksCount
  return [...named, ...others].map((siteId, i) => {
    const weight = weights[i] ?? 0
    const sitesLeft = sitesCount - i - 1
    const wanted = Math.max(1, Math.ceil((weight / weightSum) * kiosksCount))
    const count = sitesLeft === 0 ? kiosksLeft : Math.min(wanted, kiosksLeft - sitesLeft)
    kiosksLeft -= count
    const draw = streamOf(seed, siteId)
    const kioskIds = Array.from({ length: count }, (_, k) => `kiosk-${siteId}-${k + 1}`)
    const offered = shuffled(draw, serviceIds)
    // A small place is there for one thing above all.
    return { weight, value: { siteId, kioskIds, serviceIds: [pickOf(draw, offered), ...offered] } }
  })
}
