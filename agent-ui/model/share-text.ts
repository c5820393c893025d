/** Shares and counts as people read them. */

/** `83 %` in the language of `locale`; a dash where there is nothing to take a share of. */
export function percentText(share: number | null, locale: string): string {
  if (share === null) return '–'
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** `49–94 %`. */
export function percentRangeText(low: number, high: number, locale: string): string {
  return `${Math.round(low * 100)}–${percentText(high, locale)}`
}
