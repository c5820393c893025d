/** Where a place is: by a press on the drawn map, or in figures. */
import type { JSX } from 'preact'
import { land, parks, streets, water } from '#server/client/city-map/copenhagen.ts'
import { MAP_WIDTH, mapFrame, type MapFrame } from '#server/client/city-map/map-frame.ts'
import { Areas, pointsOf } from '../components/map-areas.tsx'
import { t } from '../text/language.ts'
import type { InputProps } from './field-inputs.tsx'
import { fieldWords } from './form-fields.ts'

type Point = { readonly latitude: number; readonly longitude: number }

const SHAPE = 0.6
/** Four decimals are some ten metres: the width of a street. */
const DECIMALS = 10_000

const rounded = (degrees: number): number => Math.round(degrees * DECIMALS) / DECIMALS

export function MapPoint({ field, value, city, faults, onChange }: InputProps): JSX.Element {
  const point = value as Point | undefined
  const others = Object.values(city.document.sites).flatMap(({ point: other }) => other ?? [])
  const figure = (key: keyof Point, words: string): JSX.Element => (
    <label>
      {words}
      <input
        type="number"
        step="0.0001"
        name={key}
        value={point === undefined ? '' : String(point[key])}
        onInput={({ currentTarget }) => {
          if (currentTarget.value === '') return onChange(undefined)
          const base = point ?? others[0] ?? { latitude: 0, longitude: 0 }
          onChange({ ...base, [key]: currentTarget.valueAsNumber })
        }}
      />
    </label>
  )
  return (
    <fieldset class="admin-group">
      <legend>
        {t(fieldWords[field.name])} <span class="quiet">{t('admin.optional')}</span>
      </legend>
      {others.length > 0 && <PressedMap point={point} others={others} onChange={onChange} />}
      <div class="admin-pair">
        {figure('latitude', t('admin.latitude'))}
        {figure('longitude', t('admin.longitude'))}
      </div>
      {point !== undefined && (
        <button type="button" onClick={() => onChange(undefined)}>
          {t('admin.noPoint')}
        </button>
      )}
      {faults.length > 0 && <p class="admin-fault">{faults.join('. ')}</p>}
    </fieldset>
  )
}

type MapProps = {
  readonly point: Point | undefined
  readonly others: readonly Point[]
  readonly onChange: (point: Point) => void
}

function PressedMap({ point, others, onChange }: MapProps): JSX.Element {
  const frame = mapFrame(others, SHAPE)
  const press = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * MAP_WIDTH
    const y = ((event.clientY - box.top) / box.height) * frame.height
    onChange(pointAt(frame, others[0] ?? { latitude: 0, longitude: 0 }, x, y))
  }
  return (
    <svg
      class="city-map admin-map"
      viewBox={`0 0 ${MAP_WIDTH} ${frame.height}`}
      role="img"
      aria-label={t('admin.map')}
      onClick={press}
    >
      <rect class="sea" width={MAP_WIDTH} height={frame.height} />
      <Areas outlines={land} name="land" frame={frame} />
      <Areas outlines={parks} name="park" frame={frame} />
      <Areas outlines={water} name="sea" frame={frame} />
      {streets.map((street) => (
        <polyline key={`${street[0]?.join()}`} class="street" points={pointsOf(street, frame)} />
      ))}
      {others.map((other) => {
        const { x, y } = frame.at(other)
        return <circle key={`${x} ${y}`} class="admin-other" cx={x} cy={y} r={7} />
      })}
      {point !== undefined && <Here at={frame.at(point)} />}
    </svg>
  )
}

function Here({ at: { x, y } }: { at: { readonly x: number; readonly y: number } }): JSX.Element {
  return (
    <g class="admin-here" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <circle r={18} />
      <circle class="dot" r={6} />
    </g>
  )
}

/** The projection turned around: it is even in both directions, so two points tell its scale. */
function pointAt({ at }: MapFrame, known: Point, x: number, y: number): Point {
  const [from, to] = [at(known), at({ latitude: known.latitude + 0.01, longitude: known.longitude + 0.01 })]
  return {
    latitude: rounded(known.latitude + ((y - from.y) / (to.y - from.y)) * 0.01),
    longitude: rounded(known.longitude + ((x - from.x) / (to.x - from.x)) * 0.01),
  }
}
