/** Opening times by weekday: as a calendar of the policy has them, and as a form shows them. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** From and until, `HH:MM`; until midnight is `00:00` in a form and `24:00` in a calendar. */
export type Span = { readonly from: string; readonly until: string }
export type Week = Readonly<Record<Weekday, readonly Span[]>>

const indexOf = (day: string): number => WEEKDAYS.findIndex((each) => each === day)

/** Each weekday by itself. What a calendar names twice counts together, as the server reads it. */
export function weekOf(week: Readonly<Record<string, readonly string[]>>): Week {
  const days = WEEKDAYS.map((): Span[] => [])
  for (const [key, spans] of Object.entries(week)) {
    const [first = '', last = first] = key.split('-')
    const [from, to] = [indexOf(first), indexOf(last)]
    // Some in a row may go over the end of the week, as sat-mon.
    const count = ((to - from + 7) % 7) + 1
    for (let i = 0; i < count; i += 1) days[(from + i) % 7]?.push(...spans.map(spanOf))
  }
  return Object.fromEntries(WEEKDAYS.map((day, i) => [day, days[i] ?? []])) as unknown as Week
}

function spanOf(text: string): Span {
  const [from = '', until = ''] = text.split('-')
  return { from, until: until === '24:00' ? '00:00' : until }
}

const textOf = ({ from, until }: Span): string => `${from}-${until === '00:00' ? '24:00' : until}`

/** As a calendar is written: days in a row with the same times under one name, closed ones left out. */
export function calendarWeek(week: Week): Record<string, string[]> {
  const written: Record<string, string[]> = {}
  for (let i = 0; i < WEEKDAYS.length; i += 1) {
    const first = WEEKDAYS[i] ?? 'mon'
    const spans = week[first].map(textOf)
    if (spans.length === 0) continue
    let last = i
    while (last + 1 < WEEKDAYS.length && sameSpans(week[WEEKDAYS[last + 1] ?? 'mon'].map(textOf), spans)) last += 1
    written[last === i ? first : `${first}-${WEEKDAYS[last]}`] = spans
    i = last
  }
  // A calendar names at least one day.
  return Object.keys(written).length > 0 ? written : { mon: [] }
}

const sameSpans = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join()
