/** What a screen knows of the line before anybody presses, of the places around it, and what the staff has to say. */
import { Type, type Static } from 'typebox'
import { Instant, Labels, SiteId } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

export const PHONE_PATTERN = '^\\+?[0-9][0-9 ]{1,19}$'
/** As it is dialled and shown. */
export const PhoneNumber = Type.String({ pattern: PHONE_PATTERN })

/** The line of the kiosk's own queue. */
export const LineView = Type.Object(
  {
    isOpen: Type.Boolean(),
    /** Open, and nobody new is let in. */
    isPaused: Type.Boolean(),
    /** The next opening, where the line is closed and it is known. */
    opensAt: orNull(Instant),
    /** Where the line is open and does not stay so. */
    closesAt: orNull(Instant),
    /** Closed, and a place for the next opening is to be had at this screen. */
    hasPlacesAtOpening: Type.Boolean(),
    /** About how many wait, in coarse steps and never more than a few seconds old; null where it says nothing. */
    waitingAboutCount: orNull(Count),
  },
  strict,
)
export type LineView = Static<typeof LineView>

const Degrees = (max: number) => Type.Number({ minimum: -max, maximum: max })

/** A point on the earth, in degrees north and east. */
export const Point = Type.Object({ latitude: Degrees(90), longitude: Degrees(180) }, strict)
export type Point = Static<typeof Point>

/** When staff is at a place: until when, where they are now; from when on, where they are not. Null: not known. */
export const Staffing = Type.Object(
  { isStaffed: Type.Boolean(), until: orNull(Instant), from: orNull(Instant) },
  strict,
)
export type Staffing = Static<typeof Staffing>

/** A place where one may talk to somebody across a desk. */
export const PlaceView = Type.Object(
  {
    siteId: SiteId,
    name: Name,
    address: Name,
    point: Point,
    /** On foot, in metres, roughly. */
    walkM: Count,
    staffing: Staffing,
  },
  strict,
)
export type PlaceView = Static<typeof PlaceView>

/** A number that the city wants to be known, as the alarm centre's. */
export const CityPhone = Type.Object({ labels: Labels, number: PhoneNumber }, strict)
export type CityPhone = Static<typeof CityPhone>

/** Where else there is help. */
export const HelpView = Type.Object(
  {
    /** Of the contact centre, or of the site where it has one of its own. */
    phone: orNull(PhoneNumber),
    emergencyPhones: Type.Array(CityPhone, { maxItems: 6 }),
    /** Where the kiosk stands. */
    here: orNull(Point),
    /** Of the kiosk's own site; null where it never has staff. */
    staffing: orNull(Staffing),
    /** Staffed places, the best first. */
    places: Type.Array(PlaceView, { maxItems: 3 }),
  },
  strict,
)
export type HelpView = Static<typeof HelpView>
