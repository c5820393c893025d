/** Where one is and where to go, drawn from what the page brings along: no picture is fetched. The list beside it says the same. */
import type { PlaceView, Point } from '#server/contract/views.ts'
import { MAP_WIDTH, mapFrame, type MapFrame } from '#server/client/city-map/map-frame.ts'
import { t } from '../text/language.ts'
import { land, parks, streets, water, type Outline } from '#server/client/city-map/copenhagen.ts'

/** Lower than wide, so that the list has room below it. */
const SHAPE = 0.62
const MARK_RADIUS = 46

type Props = { readonly here: Point; readonly places: readonly PlaceView[] }

export function PlaceMap({ here, places }: Props) {
  const frame = mapFrame([here, ...places.map(({ point }) => point)], SHAPE)
  const own = frame.at(here)
  return (
    <svg class="place-map" viewBox={`0 0 ${MAP_WIDTH} ${frame.height}`} role="img" aria-label={t('closed.map')}>
      <rect class="sea" width={MAP_WIDTH} height={frame.height} />
      <Areas outlines={land} name="land" frame={frame} />
      <Areas outlines={parks} name="park" frame={frame} />
      <Areas outlines={water} name="sea" frame={frame} />
      {streets.map((street) => (
        <polyline key={`${street[0]?.join()}`} class="street" points={pointsOf(street, frame)} />
      ))}
      {places.map((place, index) => (
        <PlaceMark key={place.siteId} at={frame.at(place.point)} number={index + 1} />
      ))}
      <g class="here">
        <circle cx={own.x} cy={own.y} r={MARK_RADIUS} />
        <circle class="dot" cx={own.x} cy={own.y} r={MARK_RADIUS * 0.4} />
      </g>
    </svg>
  )
}

type AreasProps = { readonly outlines: readonly Outline[]; readonly name: string; readonly frame: MapFrame }

function Areas({ outlines, name, frame }: AreasProps) {
  return outlines.map((outline) => (
    <polygon key={`${outline[0]?.join()}`} class={name} points={pointsOf(outline, frame)} />
  ))
}

function pointsOf(outline: Outline, frame: MapFrame): string {
  return outline
    .map(([latitude, longitude]) => frame.at({ latitude, longitude }))
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ')
}

function PlaceMark({ at: { x, y }, number }: { readonly at: { x: number; y: number }; readonly number: number }) {
  return (
    <g class="place-mark">
      <circle cx={x} cy={y} r={MARK_RADIUS} />
      <text x={x} y={y} dy="0.35em">
        {number}
      </text>
    </g>
  )
}
