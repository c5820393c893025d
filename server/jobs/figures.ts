/** Keeps the figures of reports up to date, and looks every night whether they are what the journal says. */
import type { Job } from './background.ts'

/** Rarer, and a report is older; oftener costs Postgres a look at the day so far each time. */
const FOLD_EVERY_MS = 60_000
/** A day is checked once, soon after it is over. */
const CHECK_EVERY_MS = 30 * 60_000

/** Reads on in the journal. `fold` resolves with how many rows there were. */
export function figuresUpkeep(fold: () => Promise<number>): Job {
  // How many rows a minute has is no news.
  return { name: 'figures', everyMs: FOLD_EVERY_MS, run: () => fold().then(() => 0) }
}

export type FiguresCheckParts = {
  /** The day that was over last. */
  readonly yesterday: () => string
  readonly lastChecked: () => Promise<string | undefined>
  /** Checks a day, writes down what was found and resolves with it. */
  readonly check: (date: string) => Promise<readonly string[]>
}

/** Checks the day before, where that has not been done. A difference is a fault, with what differs in its words. */
export function figuresCheck({ yesterday, lastChecked, check }: FiguresCheckParts): Job {
  const run = async () => {
    const date = yesterday()
    if (((await lastChecked()) ?? '') >= date) return 0
    const differences = await check(date)
    if (differences.length === 0) return 1
    throw new Error(`the figures of ${date} are not what the journal says: ${differences.join('; ')}`)
  }
  return { name: 'figures-check', everyMs: CHECK_EVERY_MS, run }
}
