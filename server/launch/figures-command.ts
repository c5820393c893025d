/**
 * `npm run figures`: what reports are made of.
 *   -- rebuild                          reads the whole journal again and makes everything anew
 *   -- rebuild --from DATE [--to DATE]  the calls that were pressed on these days of the city, the last included
 *   -- check [--from DATE [--to DATE]]  whether these days (yesterday) are what the journal says; changes nothing
 * Ends with 0 where it could do what was asked, with 1 where days differ, with 2 where the question is wrong.
 */
import { parseArgs } from 'node:util'
import { CITY_TIME_ZONE } from '../figures/calendar.ts'
import type { Database } from '../store/database.ts'
import { checkDays, daysAround, rebuildDays, type Days } from '../store/figure-days.ts'
import { rebuildFigures } from '../store/figure-fold.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const USAGE = `npm run figures -- rebuild [--from 2026-11-23 [--to 2026-11-29]]   makes figures anew from the journal
npm run figures -- check [--from 2026-11-23 [--to 2026-11-29]]     whether they are what the journal says`

const done = (out: string): Answer => ({ exitCode: 0, out, faults: '' })

/** Answers the words of the command line from the figures of `db`. Throws with the usage where they are no question. */
export async function figuresAnswer(db: Database, words: readonly string[]): Promise<Answer> {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [task, ...rest] = positionals
  const isKnown = task === 'rebuild' || task === 'check'
  if (!isKnown || rest.length > 0 || (values.from === undefined && values.to !== undefined)) throw new Error(USAGE)
  const days = daysOf(values.from, values.to)
  if (task === 'check') {
    const asked = days ?? daysOf(daysAround(Date.now()).yesterday, undefined)
    const { callsCount, differences } = await checkDays(db, asked as Days)
    if (differences.length === 0) return done(`${callsCount} calls: all is what the journal says.\n`)
    return { exitCode: 1, out: '', faults: differences.map((each) => `${each}\n`).join('') }
  }
  if (days === undefined) return done(`${await rebuildFigures(db)} rows of the journal were read.\n`)
  return done(`${await rebuildDays(db, days)} calls were counted anew.\n`)
}

/** From one date to another, that included; to today without one. Throws RangeError for what is no date. */
function daysOf(from: string | undefined, to: string | undefined): Days | undefined {
  if (from === undefined) return undefined
  const today = Temporal.Now.plainDateISO(CITY_TIME_ZONE).toString()
  const until = Temporal.PlainDate.from(to ?? today, { overflow: 'reject' }).add({ days: 1 })
  const first = Temporal.PlainDate.from(from, { overflow: 'reject' })
  if (Temporal.PlainDate.compare(first, until) >= 0) throw new RangeError('--from must not be after --to')
  return { from: first.toString(), to: until.toString() }
}

if (import.meta.main) await answerCommand((words) => inCity((db) => figuresAnswer(db, words)))
