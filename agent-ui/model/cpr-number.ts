/** Whether a text has what looks like a Danish personal number: a day, a month, a year and four digits. */
export function hasCprNumber(text: string): boolean {
  return /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)/.test(text)
}
