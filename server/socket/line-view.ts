/** How the line of a kiosk stands, and where else there is help. Pure: state, city and moment in, views out. */
import type { HelpView, LineView, PlaceView, Staffing } from '#server/contract/views.ts'
import { calendarIdsFor, openness, type Openness } from '#server/routing/hours.ts'
import { hasPlacesAtOpening } from '#server/routing/entry.ts'
import { opennessOfSite } from '#server/routing/sites.ts'
import type { State } from '#server/routing/state.ts'
import type { Directory, Point, QueueSetting, Site } from '#server/store/directory.ts'
import { branded } from './branded.ts'

/** How many wait is said in these steps, upwards: each that is closer costs every idle kiosk a message. */
const WAITING_STEPS = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100] as const

/** The step that `count` people are said to be: the smallest that is not below it, or the largest. */
export function waitingStep(count: number): number {
  return WAITING_STEPS.find((step) => step >= count) ?? 100
}

/** The queue that a press at a device goes to first; undefined where the policy has none. */
export function queueOfDevice(
  { queues }: Directory,
  { serviceId, language }: { readonly serviceId: string; readonly language: string },
): QueueSetting | undefined {
  for (const queue of queues.values()) if (queue.serviceId === serviceId && queue.language === language) return queue
  return undefined
}

/** The line of a queue at a site at the instant `at`. `waitingCount` is null where the screen does not tell it. */
export function lineView(
  state: Pick<State, 'policy' | 'hours' | 'queues' | 'closedSites'>,
  queueId: string | undefined,
  siteId: string,
  at: number,
  waitingCount: number | null,
): LineView {
  const queue = queueId === undefined ? undefined : state.policy.queues[queueId]
  if (queue === undefined) {
    return {
      isOpen: false,
      isPaused: false,
      opensAt: null,
      closesAt: null,
      hasPlacesAtOpening: false,
      waitingAboutCount: null,
    }
  }
  const now = opennessOfSite(state, calendarIdsFor(state.hours, queue.calendarIds, siteId), siteId, at)
  const { isPaused = false, callersCount = 0 } = state.queues.get(queue.id) ?? {}
  const isTold = now.isOpen && !isPaused && waitingCount !== null
  return {
    isOpen: now.isOpen,
    isPaused,
    opensAt: now.isOpen ? null : now.opensAt,
    closesAt: now.isOpen ? now.closesAt : null,
    hasPlacesAtOpening:
      !now.isOpen && now.opensAt !== null && !isPaused && hasPlacesAtOpening(callersCount, queue.callersMax),
    waitingAboutCount: isTold ? waitingStep(waitingCount) : null,
  }
}

/** The line while nobody new is let in, whatever its hours say. */
export function pausedLine(line: LineView): LineView {
  return { ...line, isPaused: line.isOpen, hasPlacesAtOpening: false, waitingAboutCount: null }
}

/** Raised, one playful evening at one screen takes the places of a whole district. */
const PLACES_OF_KIOSK_MAX = 5

/** Whether a kiosk has given as many places for an opening to come, at the instant `at`, as one kiosk may. */
export function hasGivenAllPlaces(state: State, kioskId: string, at: number): boolean {
  let count = 0
  for (const call of state.calls.values()) {
    if (call.kioskId !== kioskId || call.status !== 'waiting' || call.presence.kind !== 'away') continue
    if ((call.presence.notBefore ?? at) > at) count += 1
  }
  return count >= PLACES_OF_KIOSK_MAX
}

/** When a site has staff; null where it never has. */
export function staffingOf({ hours }: State, siteId: string, at: number): Staffing | null {
  const calendarIds = hours.staffedCalendarIdsOfSite?.[siteId]
  if (calendarIds === undefined || calendarIds.length === 0) return null
  const now: Openness = openness(hours, calendarIds, at)
  return now.isOpen
    ? { isStaffed: true, until: now.closesAt, from: null }
    : { isStaffed: false, until: null, from: now.opensAt }
}

const EARTH_RADIUS_M = 6_371_000
/** Streets are that much longer than the way of a bird, in a city with a harbour through it. */
const DETOUR = 1.35
const WALK_STEP_M = 100
/** Farther than this nobody goes only because somebody is there now. */
const NEAR_M = 3_500
const PLACES_MAX = 3

/** From `a` to `b` on foot in metres, in whole steps: the great circle by the haversine formula, lengthened by {@link DETOUR}. */
export function walkBetween(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const half = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * half(b.longitude - a.longitude)
  const m = 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h))) * DETOUR
  return Math.max(1, Math.round(m / WALK_STEP_M)) * WALK_STEP_M
}

type Neighbour = { readonly site: Site; readonly point: Point; readonly walkM: number }

/** Where everything is does not change while the server runs. */
const neighbours = new WeakMap<Directory, Map<string, readonly Neighbour[]>>()

/** The other sites of the city whose place is known, the nearest first. */
function neighboursOf(directory: Directory, { siteId, point: here }: Site): readonly Neighbour[] {
  const known = neighbours.get(directory) ?? new Map<string, readonly Neighbour[]>()
  neighbours.set(directory, known)
  const found = known.get(siteId)
  if (found !== undefined || here === null) return found ?? []
  const all = [...directory.sites.values()]
    .flatMap((site) => {
      const { point } = site
      return point === null || site.siteId === siteId ? [] : [{ site, point, walkM: walkBetween(here, point) }]
    })
    .toSorted((a, b) => a.walkM - b.walkM)
  known.set(siteId, all)
  return all
}

/** Staffed places around a site: those near by where somebody is now, then the nearest of the others. */
function placesAround(directory: Directory, state: State, site: Site, at: number): PlaceView[] {
  const staffed = neighboursOf(directory, site).flatMap(({ site: { siteId, name, address }, point, walkM }) => {
    const staffing = staffingOf(state, siteId, at)
    if (staffing === null || (!staffing.isStaffed && staffing.from === null)) return []
    return [{ siteId, name, address, point, walkM, staffing }]
  })
  const isAtHand = ({ staffing, walkM }: (typeof staffed)[number]) => staffing.isStaffed && walkM <= NEAR_M
  const places = [...staffed.filter(isAtHand), ...staffed.filter((place) => !isAtHand(place))]
  return branded(places.slice(0, PLACES_MAX))
}

/** Where else there is help than at the screen of a site. */
export function helpView(directory: Directory, state: State, site: Site, at: number): HelpView {
  const { contact, emergency } = directory.phones
  return {
    phone: site.phone ?? contact,
    emergencyPhones: [...emergency],
    here: site.point,
    staffing: staffingOf(state, site.siteId, at),
    places: placesAround(directory, state, site, at),
  }
}

/** The first moment at which time alone makes another view of these; null where it never does, as far as is known. */
export function freshUntil(line: LineView, { staffing, places }: HelpView): number | null {
  const staffings = [staffing, ...places.map((place) => place.staffing)]
  const moments = [
    line.opensAt,
    line.closesAt,
    ...staffings.flatMap((each) => [each?.from ?? null, each?.until ?? null]),
  ]
  const known = moments.filter((moment) => moment !== null)
  return known.length === 0 ? null : Math.min(...known)
}
