/** What the wall puts first, and how a place and a day are drawn. */
import type { QueueDay, QueueForSupervisor, SiteForSupervisor } from '#server/contract/views.ts'
import { QUARTER_HOUR_MS } from '#server/contract/http.ts'

/** How a queue stands, the most pressing first. */
const NEEDS = ['nobody', 'late', 'waiting', 'bare', 'paused', 'quiet'] as const
export type Need = (typeof NEEDS)[number]

/** `nobody`: people wait and nobody at work can take them. `late`: somebody has waited longer than the target. `bare`: nobody waits, and nobody could take them. */
export function needOf(queue: QueueForSupervisor, nowAt: number): Need {
  const { waitingCount, oldestQueuedAt, agentsSignedInCount, isPaused, answerWithinMs } = queue
  const isWaiting = waitingCount > 0 || oldestQueuedAt !== null
  if (isWaiting && agentsSignedInCount === 0) return 'nobody'
  if (oldestQueuedAt !== null && nowAt - oldestQueuedAt > answerWithinMs) return 'late'
  if (isWaiting) return 'waiting'
  if (isPaused) return 'paused'
  return agentsSignedInCount === 0 ? 'bare' : 'quiet'
}

/** The queues that need eyes first, at most `countMax` of them, and how many are left. Those that are alike keep the order of their day. */
export function pressingFirst(queues: readonly QueueForSupervisor[], nowAt: number, countMax: number) {
  const ranked = queues
    .map((queue) => ({ queue, need: needOf(queue, nowAt) }))
    .toSorted(
      (a, b) =>
        NEEDS.indexOf(a.need) - NEEDS.indexOf(b.need) ||
        (a.queue.oldestQueuedAt ?? 0) - (b.queue.oldestQueuedAt ?? 0) ||
        b.queue.today.offered - a.queue.today.offered ||
        a.queue.queueId.localeCompare(b.queue.queueId),
    )
  return { shown: ranked.slice(0, countMax), othersCount: Math.max(0, ranked.length - countMax) }
}

/** How a place looks on the map, the worst last, so that it is drawn over the others. */
const SITE_STATES = ['bare', 'free', 'in-call', 'waiting', 'closed', 'faulty', 'down'] as const
export type SiteState = (typeof SITE_STATES)[number]

/** `bare`: without a screen. `closed`: by a supervisor ([R46]). `down`: no screen is connected. `faulty`: something is the matter with one. */
export function siteState(site: SiteForSupervisor): SiteState {
  const { kiosksCount, onlineCount, cameraFaultyCount, microphoneFaultyCount, silentCount, outOfOrderCount } = site
  if (kiosksCount === 0) return site.waitingCount > 0 ? 'waiting' : 'bare'
  if (onlineCount === 0) return 'down'
  const faultsCount = cameraFaultyCount + microphoneFaultyCount + silentCount + outOfOrderCount
  if (faultsCount > 0 || onlineCount < kiosksCount) return 'faulty'
  if (site.closed !== undefined) return 'closed'
  if (site.waitingCount > 0) return 'waiting'
  return site.inCallCount > 0 ? 'in-call' : 'free'
}

/** How bad it is at a place: the higher, the worse. */
export const siteRank = (site: SiteForSupervisor): number => SITE_STATES.indexOf(siteState(site))

/** The places that can be drawn, the worst last. */
export function drawnSites(sites: readonly SiteForSupervisor[]) {
  return sites
    .flatMap((site) => (site.point === null ? [] : [{ site, point: site.point, state: siteState(site) }]))
    .toSorted((a, b) => SITE_STATES.indexOf(a.state) - SITE_STATES.indexOf(b.state))
}

/** The places where something is the matter, the worst first; last those that somebody closed. */
export function troubledSites(sites: readonly SiteForSupervisor[]): SiteForSupervisor[] {
  const isOf = (wanted: SiteState) => sites.filter((site) => siteState(site) === wanted)
  return [...isOf('down'), ...isOf('faulty'), ...isOf('closed')]
}

/** The quarter-hours that the days of all queues are drawn over: from the first in which anything happened to the last. */
export function daySpan(days: readonly QueueDay[]): { readonly startsAt: number; readonly count: number } {
  if (days.length === 0) return { startsAt: 0, count: 0 }
  const startsAt = Math.min(...days.map((day) => day.startsAt))
  const endsAt = Math.max(...days.map((day) => day.startsAt + day.offered.length * QUARTER_HOUR_MS))
  return { startsAt, count: Math.round((endsAt - startsAt) / QUARTER_HOUR_MS) }
}

/** Fewer quarter-hours than this are drawn as narrow as this many: a morning is no whole day. */
const QUARTERS_MIN = 16

/** Columns for each quarter-hour as the path of an SVG, `width` by `height`, the highest as high as `valueMax`. */
export function columnsPath(
  values: readonly number[],
  frame: { readonly from: number; readonly count: number; readonly valueMax: number },
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const step = width / Math.max(QUARTERS_MIN, frame.count)
  return values
    .map((value, index) => {
      if (value === 0) return ''
      const high = (value / Math.max(1, frame.valueMax)) * height
      return `M${((frame.from + index) * step).toFixed(1)} ${height}v${(-high).toFixed(1)}h${(step * 0.8).toFixed(1)}V${height}z`
    })
    .join('')
}
