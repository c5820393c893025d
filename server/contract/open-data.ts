/**
 * `GET /api/v1/open-data/sites`: calls and waits of every site, day by day, for everybody and without signing in. Small counts are held back, and
 * others behind which they would show. There is one table for each day and no other: of two ways to add up, one would tell what the
 * other holds back.
 */
import { Type, type Static } from 'typebox'
import { Count, orNull, strict } from './shapes.ts'

const CityDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** As many days as may be asked for at once. */
export const OPEN_DATA_DAYS_MAX = 31

export const OpenDataQuery = Type.Object(
  {
    /** Dates of the city; the first day that is not included. */
    from: CityDate,
    to: CityDate,
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])),
  },
  strict,
)
export type OpenDataQuery = Static<typeof OpenDataQuery>

const figures = {
  /** Everybody who was let in; null where it is held back. */
  offered: orNull(Count),
  /** Waits of the answered, in whole seconds; null where `offered` is, or where fewer were answered than may be told. */
  waitMedianS: orNull(Count),
  waitP90S: orNull(Count),
}

export const OpenDataReply = Type.Object(
  {
    /** Counts from 1 to one less are held back. */
    countMin: Count,
    definitionsVersion: Type.String(),
    rows: Type.Array(
      Type.Object({ date: CityDate, siteId: Type.String(), siteName: Type.String(), ...figures }, strict),
    ),
    /** Of each day that is over: all sites together. */
    days: Type.Array(Type.Object({ date: CityDate, ...figures }, strict)),
  },
  strict,
)
export type OpenDataReply = Static<typeof OpenDataReply>
