/** A report as a table for other programs: one line for each row, one column for each number, names as in the JSON. */
import { stringify } from 'csv-stringify/sync'
import writeXlsxFile from 'write-excel-file/node'
import type { ReportPeriod, ReportReply } from '#server/contract/reports.ts'

type Cell = string | number | null

/** The lines of both periods, the first with the names of the columns. */
export function reportLines({ comparison, ...report }: ReportReply): Cell[][] {
  const first = report.rows[0] ?? report.total
  const groups = Object.keys(first.group)
  const shares = new Set(report.definitions.filter(({ kind }) => kind === 'share').map(({ name }) => name))
  const head = [
    ...['period', 'at', ...groups, ...Object.keys(first.sums), 'waitMedianMs', 'waitP90Ms'],
    ...Object.keys(first.figures).flatMap((name) => (shares.has(name) ? [name, `${name}Low`, `${name}High`] : [name])),
  ]
  const lines = (period: ReportPeriod, name: string) =>
    period.rows.map(({ at, group, sums, figures, waits }) => [
      ...[name, typeof at === 'number' ? new Date(at).toISOString() : at, ...groups.map((each) => group[each] ?? '')],
      ...[...Object.values(sums), waits.medianMs, waits.p90Ms],
      ...Object.entries(figures).flatMap(([figure, { value, low, high }]) =>
        shares.has(figure) ? [value, low, high] : [value],
      ),
    ])
  return [head, ...lines(report, 'asked'), ...(comparison === null ? [] : lines(comparison, 'compared'))]
}

/** As CSV by RFC 4180, in UTF-8 with its mark, which spreadsheets need; what a spreadsheet would take for a formula is text. */
export function toCsv(lines: readonly Cell[][]): string {
  return stringify([...lines], { bom: true, record_delimiter: 'windows', escape_formulas: true })
}

/** As a workbook of one sheet. */
export async function toXlsx(lines: readonly Cell[][]): Promise<Buffer> {
  const [head = [], ...rows] = lines
  const sheet = [head.map((value) => ({ value: String(value), fontWeight: 'bold' as const })), ...rows]
  return await writeXlsxFile(sheet, { stickyRowsCount: 1 }).toBuffer()
}
