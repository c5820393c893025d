/** Sends reports by e-mail once their day, week or month is over and counted. */
import type { Job } from './background.ts'

/** Rarer, and a report comes later in the morning; each look is one short question to Postgres. */
const EVERY_MS = 10 * 60_000

/** The first and the first day not included of the last periods that are over on `today`. */
export type LastPeriods = Readonly<Record<'day' | 'week' | 'month', { readonly from: string; readonly to: string }>>

/** The day, the week from Monday and the month before the ones that `today` (a date of the city) is in. */
export function lastPeriods(today: string): LastPeriods {
  const day = Temporal.PlainDate.from(today)
  const monday = day.subtract({ days: day.dayOfWeek - 1 })
  const first = day.with({ day: 1 })
  const words = (from: Temporal.PlainDate, to: Temporal.PlainDate) => ({ from: from.toString(), to: to.toString() })
  return {
    day: words(day.subtract({ days: 1 }), day),
    week: words(monday.subtract({ days: 7 }), monday),
    month: words(first.subtract({ months: 1 }), first),
  }
}

export type ReportMailsParts<Mail extends { readonly mailId: string; readonly every: keyof LastPeriods }> = {
  /** The city's date, and since when it is that, in ms since 1970. */
  readonly today: () => { readonly date: string; readonly since: number }
  /** Up to when the journal was counted. */
  readonly countedUntil: () => Promise<number>
  /** Takes the next mail that is due and sends it with `send`; false where there is none. */
  readonly sendNext: (
    startsOn: Readonly<Record<keyof LastPeriods, string>>,
    failed: readonly string[],
    /** Resolves with how many addresses were refused. */
    send: (mail: Mail) => Promise<number>,
  ) => Promise<boolean>
  /** Resolves with how many addresses were refused; rejects where nobody has it. */
  readonly send: (mail: Mail, period: { readonly from: string; readonly to: string }) => Promise<number>
}

/** One that fails does not keep back the others, and is tried again at the next turn. */
export function reportMailing<Mail extends { readonly mailId: string; readonly every: keyof LastPeriods }>(
  parts: ReportMailsParts<Mail>,
): Job {
  const run = async () => {
    const { date, since } = parts.today()
    // At night the last minutes of the day may not be counted yet: the next turn sends it.
    if ((await parts.countedUntil()) < since) return 0
    const periods = lastPeriods(date)
    const startsOn = { day: periods.day.from, week: periods.week.from, month: periods.month.from }
    const failed: string[] = []
    const partly: string[] = []
    let sentCount = 0
    for (;;) {
      let trying = ''
      const send = async (mail: Mail) => {
        trying = mail.mailId
        const refused = await parts.send(mail, periods[mail.every])
        if (refused > 0) partly.push(mail.mailId)
        return refused
      }
      try {
        if (!(await parts.sendNext(startsOn, failed, send))) break
        sentCount += 1
      } catch (error) {
        if (trying === '') throw error
        failed.push(trying)
      }
    }
    // Without what the mail server said: it repeats addresses. Who has the report does not get it again for who has not.
    const faults = [
      ...failed.map((mailId) => `${mailId} was not sent and is tried again`),
      ...partly.map((mailId) => `${mailId} was refused for some addresses`),
    ]
    if (faults.length > 0) throw new Error(`reports by e-mail: ${faults.join('; ')}`)
    return sentCount
  }
  return { name: 'report-mails', everyMs: EVERY_MS, run }
}
