/** What a drawn map shows beside its marks. */
import type { JSX } from 'preact'
import type { Outline } from '#server/client/city-map/copenhagen.ts'
import type { MapFrame } from '#server/client/city-map/map-frame.ts'

type AreasProps = { readonly outlines: readonly Outline[]; readonly name: string; readonly frame: MapFrame }

/** Land, parks or water. */
export function Areas({ outlines, name, frame }: AreasProps): JSX.Element {
  return (
    <>
      {outlines.map((outline) => (
        <polygon key={`${outline[0]?.join()}`} class={name} points={pointsOf(outline, frame)} />
      ))}
    </>
  )
}

/** An outline as SVG's `points`. */
export function pointsOf(outline: Outline, frame: MapFrame): string {
  return outline
    .map(([latitude, longitude]) => frame.at({ latitude, longitude }))
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ')
}
