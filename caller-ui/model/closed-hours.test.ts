/** Outside opening hours: when a view is asked for again, how far it is, and the drawing of the city. */
import t from 'tap'
import { land, water, type Outline } from '#server/client/city-map/copenhagen.ts'
import { askAnewIn, SPREAD_MS } from './fresh-view.ts'
import { MAP_WIDTH, mapFrame } from '#server/client/city-map/map-frame.ts'
import { saidWalk } from './walk.ts'

t.test('a view is asked for again when its time has come, each screen a little later than the other', async (t) => {
  t.equal(askAnewIn(null, 1_000, 0.5), null)
  t.equal(askAnewIn(61_000, 1_000, 0), 60_000)
  t.equal(askAnewIn(61_000, 1_000, 1), 60_000 + SPREAD_MS)
  t.ok((askAnewIn(500, 1_000, 0) ?? 0) > 0, 'never in a circle')
  t.ok((askAnewIn(1_000 + 90 * 86_400_000, 1_000, 0) ?? 0) < 2 ** 31, 'nor longer than a timer holds')
})

t.test('a way is said in minutes while one would walk it', async (t) => {
  t.same(saidWalk(100), { kind: 'minutes', minutes: 5 })
  t.same(saidWalk(375), { kind: 'minutes', minutes: 5 })
  t.same(saidWalk(400), { kind: 'minutes', minutes: 10 })
  t.same(saidWalk(3_300), { kind: 'minutes', minutes: 45 })
  t.same(saidWalk(3_400), { kind: 'km', km: 3 })
  t.same(saidWalk(9_600), { kind: 'km', km: 10 })
})

/** Where the sites of the demo city are. */
const points = {
  station: [55.6727, 12.5646],
  oesterbro: [55.6926, 12.5802],
  noerrebro: [55.7003, 12.5383],
  vanloese: [55.6874, 12.4912],
  valby: [55.6616, 12.5164],
  broenshoej: [55.7047, 12.4989],
  airport: [55.6295, 12.6493],
  bispebjerg: [55.7075, 12.5333],
  amager: [55.6623, 12.6037],
  'old town': [55.6812, 12.5736],
} as const satisfies Record<string, readonly [number, number]>

const placeOf = ([latitude, longitude]: readonly [number, number]) => ({ latitude, longitude })

t.test('everything that is marked lies well inside the drawing, with north above and east to the right', async (t) => {
  const station = placeOf(points.station)
  for (const [name, where] of Object.entries(points)) {
    const frame = mapFrame([station, placeOf(where)], 0.62)
    for (const point of [station, placeOf(where)]) {
      const { x, y } = frame.at(point)
      t.ok(x > 60 && x < MAP_WIDTH - 60 && y > 60 && y < frame.height - 60, `${name} at ${x}, ${y}`)
    }
  }
  const frame = mapFrame([station], 0.62)
  const { x, y } = frame.at(station)
  t.same([x, y], [MAP_WIDTH / 2, frame.height / 2], 'alone it is the middle')
  t.ok(frame.at({ ...station, latitude: station.latitude + 0.01 }).y < y)
  t.ok(frame.at({ ...station, longitude: station.longitude + 0.01 }).x > x)
  const [km] = [111_195 / 1_000]
  const up = y - frame.at({ ...station, latitude: station.latitude + 1 / km }).y
  const across =
    frame.at({ ...station, longitude: station.longitude + 1 / (km * Math.cos((station.latitude * Math.PI) / 180)) }).x -
    x
  t.ok(Math.abs(up - across) < 0.5, `a kilometre is ${up} high and ${across} across`)
  t.throws(() => mapFrame([], 1), RangeError)
})

/** Whether a point is inside an outline, by the number of its edges that lie to the east. */
function isInside([latitude, longitude]: readonly [number, number], outline: Outline): boolean {
  let isIn = false
  outline.forEach(([north, east], index) => {
    const [north2, east2] = outline.at(index - 1) ?? [north, east]
    const crosses = north > latitude !== north2 > latitude
    if (crosses && longitude < east + ((east2 - east) * (latitude - north)) / (north2 - north)) isIn = !isIn
  })
  return isIn
}

t.test('every site of the demo city stands on dry land', async (t) => {
  for (const [name, where] of Object.entries(points)) {
    const isOnLand = land.some((outline) => isInside(where, outline))
    const isInWater = water.some((outline) => isInside(where, outline))
    t.ok(isOnLand && !isInWater, name)
  }
  t.notOk(
    land.some((outline) => isInside([55.676, 12.589], outline)),
    'the harbour is wet',
  )
  const amager = land[1] ?? []
  t.ok(isInside(points.airport, amager), 'the airport is on Amager')
  t.notOk(isInside(points['old town'], amager), 'the old town is not')
})
