/** From places on the earth to a drawing: what is shown of it, and where in it something lies. */
import type { Point } from '#server/contract/views.ts'

/** The drawing is so many units wide. */
export const MAP_WIDTH = 1000

/** How high a drawing is to its width. */
export type MapShape = number

export type MapFrame = {
  readonly height: number
  /** Where a point lies in the drawing, in its units from the upper left corner. */
  readonly at: (point: Point) => { readonly x: number; readonly y: number }
}

/** Metres to a degree of latitude. */
const DEGREE_M = 111_195
/** Nearer than this a drawing of few lines shows nothing to go by. In metres. */
const WIDTH_M_MIN = 3_000
/** Room for the marks themselves, as a share of the width. */
const MARGIN = 0.16

/**
 * The frame that holds all of `points` (at least one; else a RangeError) with room around them: an equirectangular
 * projection around their middle, in which a kilometre is as long across as it is high. Exact to a few metres in the
 * width of a city.
 */
export function mapFrame(points: readonly Point[], shape: MapShape): MapFrame {
  if (points.length === 0) throw new RangeError('a map of no points has no middle')
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const latitude = middle(points.map((point) => point.latitude))
  const longitude = middle(points.map((point) => point.longitude))
  const eastM = DEGREE_M * Math.cos((latitude * Math.PI) / 180)
  const fromMiddle = (point: Point) => ({
    east: (point.longitude - longitude) * eastM,
    north: (point.latitude - latitude) * DEGREE_M,
  })
  const offsets = points.map(fromMiddle)
  const halfWidth = Math.max(...offsets.map(({ east }) => Math.abs(east)))
  const halfHeight = Math.max(...offsets.map(({ north }) => Math.abs(north)))
  const widthM = Math.max(WIDTH_M_MIN, (2 * Math.max(halfWidth, halfHeight / shape)) / (1 - 2 * MARGIN))
  const scale = MAP_WIDTH / widthM
  const height = MAP_WIDTH * shape
  return {
    height,
    at: (point) => {
      const { east, north } = fromMiddle(point)
      return { x: MAP_WIDTH / 2 + east * scale, y: height / 2 - north * scale }
    },
  }
}
