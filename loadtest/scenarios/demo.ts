/** A busy quarter-hour of virtual citizens and agents on the running system, so that every page has something to show. */
import type { Access } from '../access.ts'
import { chance, pause } from '../personas/pace.ts'
import { workAsAgent } from '../personas/virtual-agent.ts'
import { openVirtualKiosk } from '../personas/virtual-caller.ts'
import type { Report } from '../run.ts'

const RUN_MS = 15 * 60_000
const CALLS_PER_KIOSK_MAX = 60

/** Leaves the first agent and the first kiosk to the person who watches. Passes when calls were answered. */
export async function demo(access: Access, seed: number, runMs: number = RUN_MS): Promise<Report> {
  const over = AbortSignal.timeout(runMs)
  const random = chance(seed)
  const between = (from: number, to: number) => () => from + random() * (to - from)
  const agents = access.accounts.filter(({ role }) => role === 'agent').slice(1)
  const talk = between(20_000, 90_000)
  const habits = { answerMs: between(1_000, 6_000), talkMs: talk, wrapUpMs: between(3_000, 20_000) }
  const work = agents.map((account) => workAsAgent(access, account, habits, over))
  const outcomes: Record<string, number> = {}
  const callers = access.kiosks.slice(1).map(async (_kiosk, i) => {
    const kiosk = openVirtualKiosk(access, i + 1)
    for (let call = 0; call < CALLS_PER_KIOSK_MAX && !over.aborted; call += 1) {
      await pause(between(2_000, 40_000)(), over)
      if (over.aborted) break
      const saysMore = () => random() < 0.6
      const seen = await kiosk.call({ patienceMs: between(15_000, 120_000), talkMs: talk, saysMore }, over)
      outcomes[seen.outcome] = (outcomes[seen.outcome] ?? 0) + 1
    }
    kiosk.close()
  })
  await Promise.all(callers)
  const taken = await Promise.all(work)
  const takenCount = taken.reduce((sum, count) => sum + count, 0)
  return { isPassed: takenCount > 0, figures: { ...outcomes, takenCount } }
}
