/** A QR code, drawn dark on light in every colour scheme: some phones read no other. */
import { encode } from 'uqr'

type Props = { readonly text: string; readonly label: string }

/** Modules of quiet around it, as the standard asks. */
const QUIET = 4

export function QrCode({ text, label }: Props) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={darkPath(data)} />
    </svg>
  )
}

/** One stroke for each run of dark modules in a row, which keeps the path short. */
function darkPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1] === true) return []
        const end = row.indexOf(false, x)
        const length = (end === -1 ? row.length : end) - x
        return [`M${x} ${y}h${length}v1h-${length}z`]
      }),
    )
    .join('')
}
