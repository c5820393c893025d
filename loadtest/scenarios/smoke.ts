/** One caller and one agent, once: the smallest proof that a running system takes calls. */
import type { Access } from '../access.ts'
import { workAsAgent } from '../personas/virtual-agent.ts'
import { openVirtualKiosk } from '../personas/virtual-caller.ts'
import type { Report } from '../run.ts'

const RUN_MS_MAX = 30_000

/** Passes when the call was answered. */
export async function smoke(access: Access): Promise<Report> {
  const account = access.accounts.find(({ role }) => role === 'agent')
  if (account === undefined) throw new Error('there is no agent to sign in as')
  const over = AbortSignal.timeout(RUN_MS_MAX)
  const done = new AbortController()
  const isOver = AbortSignal.any([over, done.signal])
  const agent = workAsAgent(
    access,
    account,
    { answerMs: () => 100, talkMs: () => RUN_MS_MAX, wrapUpMs: () => 0 },
    isOver,
  )
  const kiosk = openVirtualKiosk(access, 0)
  const seen = await kiosk.call({ patienceMs: () => 20_000, talkMs: () => 1_000, saysMore: () => true }, over)
  done.abort()
  kiosk.close()
  const takenCount = await agent
  return { isPassed: seen.outcome === 'answered' && takenCount === 1, figures: { ...seen, takenCount } }
}
