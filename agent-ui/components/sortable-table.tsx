/** A table that sorts by its headings, with the row's name as its heading. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { sortRows, type Direction, type SortValue } from '../model/floor.ts'
import { formatTag, t } from '../text/language.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** What the figure is, in words; shown under the table's explanations and on the heading. */
  readonly explanation?: string
  readonly isNumber?: boolean
  readonly value: (row: Row) => SortValue
  readonly cell: (row: Row) => ComponentChildren
}

export interface SortableTableProps<Row> {
  readonly caption: string
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly rowClass?: (row: Row) => string
  readonly initialSort: { readonly key: string; readonly direction: Direction }
  /** One cell for each column, below all rows and never sorted. */
  readonly footer?: readonly ComponentChildren[]
}

export function SortableTable<Row>(props: SortableTableProps<Row>): JSX.Element {
  const { columns, rows, rowKey, caption } = props
  const sort = useSignal(props.initialSort)
  const sortedBy = columns.find(({ key }) => key === sort.value.key) ?? columns[0]
  const { direction } = sort.value
  const sorted = sortRows(rows, { value: sortedBy.value, direction, locale: formatTag() }, rowKey)
  const choose = (key: string): void => {
    const isSame = key === sort.value.key
    sort.value = { key, direction: isSame && direction === 'ascending' ? 'descending' : 'ascending' }
  }
  const [first, ...others] = columns
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.isNumber ? 'number' : ''}
                aria-sort={column.key === sort.value.key ? direction : undefined}
              >
                <button
                  type="button"
                  class="sort"
                  title={column.explanation ?? t('table.sort')}
                  onClick={() => choose(column.key)}
                >
                  {column.title}
                  <span class="sort-mark" aria-hidden="true">
                    {column.key !== sort.value.key ? '' : direction === 'ascending' ? '▲' : '▼'}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} class={props.rowClass?.(row)}>
              <th scope="row">{first.cell(row)}</th>
              {others.map((column) => (
                <td key={column.key} class={column.isNumber ? 'number' : ''}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {props.footer !== undefined && (
          <tfoot>
            <tr>
              {props.footer.map((cell, index) =>
                index === 0 ? (
                  <th scope="row">{cell}</th>
                ) : (
                  <td class={columns[index]?.isNumber ? 'number' : ''}>{cell}</td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
