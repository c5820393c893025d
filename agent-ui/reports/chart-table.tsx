/** The figures that a chart is drawn from, as a table. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'

interface ChartTableProps {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly (string | number)[])[]
}

/** The figures that a chart is drawn from, closed at first. */
export function ChartTable({ caption, head, rows }: ChartTableProps): JSX.Element {
  return (
    <details class="chart-table">
      <summary>{t('report.asTable')}</summary>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {head.map((words, i) => (
                <th key={words} scope="col" class={i === 0 ? '' : 'number'}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name = '', ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={head[i + 1]} class="number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
