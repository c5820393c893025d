/**
 * `npm run replay -- --day 2026-11-23`: the day again, decision by decision; with a change: what if. Tables for people
 * on standard error, one JSON document on standard output. Ends with 0 where all was as it was kept, with 1 where the
 * replay differs, with 2 where the question or the day is not there.
 */
import { join } from 'node:path'
import { cityDay } from '#server/store/journal-days.ts'
import { policyAround, replayKeptDay, replaySimulatedDay, type ReplayedDay } from './replay/days.ts'
import { questionOf, readPolicyFile, type Question } from './replay/question.ts'
import { exactText, whatIfText } from './replay/report.ts'
import type { Change } from './replay/rerun.ts'
import type { ObservedDay } from './replay/observed.ts'
import { threadsMax, whatIf } from './replay/what-if.ts'

const EXIT_DIFFERS = 1
const EXIT_QUESTION_WRONG = 2

const say = (text: string) => process.stderr.write(text)
const secondsSince = (startedAt: number) => Math.round((performance.now() - startedAt) / 10) / 100

async function replayed(question: Question): Promise<ReplayedDay> {
  const day = cityDay(question.date)
  if (question.isSimulated) {
    const city = readPolicyFile(join(import.meta.dirname, 'city/ten-services.yaml'))
    return replaySimulatedDay(city, day, question.seed)
  }
  const kept = await replayKeptDay(day)
  if (kept === undefined) throw new Error(`The journal has nothing of ${question.date}.`)
  return kept
}

/** The change that is asked for; null where none is. Throws where it names somebody who was not there. */
function changeOf(question: Question, seen: ObservedDay): Change | null {
  const { policy, copies, withoutAgentsCount } = question
  const byWork = [...seen.workedMs].sort(([, a], [, b]) => b - a).map(([agentId]) => agentId)
  const known = new Set(byWork)
  for (const { body } of seen.roster) if ('agentId' in body) known.add(body.agentId)
  const named = [...question.withoutAgentIds, ...copies.map(({ agentId }) => agentId)]
  const unknown = named.filter((agentId) => !known.has(agentId))
  if (unknown.length > 0) throw new Error(`Not at work that day: ${unknown.join(', ')}.`)
  const withoutAgentIds = [...new Set([...question.withoutAgentIds, ...byWork.slice(0, withoutAgentsCount)])]
  if (policy === null && withoutAgentIds.length === 0 && copies.length === 0) return null
  return { withoutAgentIds, copies, policy: policy === null ? null : policyAround(policy, seen) }
}

async function answer(question: Question): Promise<void> {
  const startedAt = performance.now()
  const { exact, rows, seen } = await replayed(question)
  say(exactText(exact))
  if (rows?.firstDifference) {
    const { path, kept, replayed: now } = rows.firstDifference
    say(`The rows differ: ${path} was ${JSON.stringify(kept)} and is now ${JSON.stringify(now)}.\n`)
  }
  const exactSeconds = secondsSince(startedAt)
  const isSame = exact.firstDifference === null && (rows === null || rows.firstDifference === null)
  const change = seen === undefined || !isSame ? null : changeOf(question, seen)
  let what = null
  if (seen !== undefined && isSame && (change !== null || question.isResampled)) {
    const { resamplesCount, seed } = question
    if (change !== null && change.withoutAgentIds.length > 0) say(`Without ${change.withoutAgentIds.join(', ')}.\n`)
    what = await whatIf({
      day: seen,
      change,
      resamplesCount,
      seed,
      threadsCount: question.threadsCount ?? threadsMax(),
    })
    say(`\n${whatIfText(what)}`)
  }
  const changed =
    change === null ? null : { ...change, policy: change.policy === null ? null : change.policy.policy.version }
  const seconds = { exact: exactSeconds, all: secondsSince(startedAt) }
  say(`${seconds.all} s\n`)
  const { date, isSimulated } = question
  process.stdout.write(
    `${JSON.stringify({ date, isSimulated, isSame, exact, rows, change: changed, whatIf: what, seconds })}\n`,
  )
  if (!isSame) process.exitCode = EXIT_DIFFERS
}

try {
  await answer(questionOf(process.argv.slice(2)))
} catch (error) {
  say(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = EXIT_QUESTION_WRONG
}
