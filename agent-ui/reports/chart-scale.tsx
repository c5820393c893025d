/** Lines across a chart, with what they stand for. */
import type { JSX } from 'preact'
import type { Box } from '../model/chart-geometry.ts'
import { countText } from './figure-text.ts'

export function Scale({ box, steps }: { box: Box; steps: readonly number[] }): JSX.Element {
  const max = steps.at(-1) ?? 1
  return (
    <g>
      {steps.map((step) => {
        const y = box.y + box.height * (1 - step / max)
        return (
          <g key={step}>
            <path class="grid" d={`M${box.x} ${y}H${box.x + box.width}`} />
            <text class="axis end" x={box.x - 8} y={y + 4}>
              {countText(step)}
            </text>
          </g>
        )
      })}
    </g>
  )
}
