/** Days without a time, as the contract writes them. */

/** `2026-11-02` as it is read: `2. nov. 2026`. `tag` is the language to write in. */
export function dayText(day: string, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day))
}
