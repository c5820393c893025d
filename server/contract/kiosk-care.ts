/** What supervisors see of the kiosks as machines, and what they can order. */
import { Type, type Static } from 'typebox'
import { Instant, KioskId } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'

/** `path`: the way to the media room. `page`: it began anew too often and has given up. */
export const KioskPart = Type.Union([
  Type.Literal('camera'),
  Type.Literal('microphone'),
  Type.Literal('speaker'),
  Type.Literal('path'),
  Type.Literal('page'),
])
export type KioskPart = Static<typeof KioskPart>

/** A kiosk with which something is the matter: silent, faulty, or out of order. */
export const KioskForSupervisor = Type.Object(
  {
    kioskId: KioskId,
    siteName: Name,
    /** Set when it has said nothing for three minutes. `heardAt`: its last word; null where it never said one. */
    silent: orNull(Type.Object({ heardAt: orNull(Instant) }, strict)),
    faults: Type.Array(Type.Object({ part: KioskPart, since: Instant }, strict), { maxItems: 5 }),
    /** Taken out of use, and by whom; both null where it was not ordered here. */
    outOfOrder: orNull(Type.Object({ since: orNull(Instant), byName: orNull(Name) }, strict)),
  },
  strict,
)
export type KioskForSupervisor = Static<typeof KioskForSupervisor>

/** More than any city has; a message holds no more. */
export const KIOSKS_MAX = 2_000

export const kioskCareRequests = {
  /** All the kiosks of the city, by site: for taking one out of use with which nothing is the matter. */
  'kiosk.list': {
    body: Type.Object({}, strict),
    reply: Type.Object(
      { kiosks: Type.Array(Type.Object({ kioskId: KioskId, siteName: Name }, strict), { maxItems: KIOSKS_MAX }) },
      strict,
    ),
  },
} as const

/**
 * What can be ordered of a kiosk from afar. `reload`: its page, once nobody is there; `restart`: at once, with the place in line kept;
 * `test`: whatever can be tried without opening camera or microphone, once nobody is there.
 */
export const MachineOrder = Type.Union([Type.Literal('reload'), Type.Literal('restart'), Type.Literal('test')])
export type MachineOrder = Static<typeof MachineOrder>

/** Out of use, nobody new may call from there; whoever is there stays. The kiosk hears of it with its next report. */
export const KioskOrder = Type.Object({ kioskId: KioskId, isOutOfOrder: Type.Boolean() }, strict)
export type KioskOrder = Static<typeof KioskOrder>
