/** Which day of which queue is asked about, as the address of the page says it. Pure: a link opens the same day. */
import { addDays, dayOf, startOfDay } from './copenhagen-time.ts'

export interface DayQuestion {
  /** Null: the first queue there is. */
  readonly queueId: string | null
  readonly date: string
  /** Null: the policy's own target. */
  readonly levelPercent: number | null
}

/** The question in an address (`?queue=…&date=…&level=…`): whatever is missing or is no such word is as it is at first, tomorrow. */
export function dayQuestionIn(search: string, nowAt: number): DayQuestion {
  const words = new URLSearchParams(search)
  const queue = words.get('queue') ?? ''
  const date = words.get('date') ?? ''
  const level = words.get('level') ?? ''
  return {
    queueId: /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(queue) ? queue : null,
    date: startOfDay(date) === null ? addDays(dayOf(nowAt), 1) : date,
    levelPercent: /^[5-9]\d$/.test(level) ? Number(level) : null,
  }
}

/** The words of a question, for the address and for the server alike. */
export function dayWords({ queueId, date, levelPercent }: DayQuestion): string {
  const words = new URLSearchParams(queueId === null ? {} : { queue: queueId })
  words.set('date', date)
  if (levelPercent !== null) words.set('level', String(levelPercent))
  return words.toString()
}
