/**
 * `npm run bench -- wall`: what supervisors who watch cost the server, and how far behind they are. Twice the same calls on a
 * real server with a real Postgres, in turns: with nobody who watches, and with `--supervisors` who do.
 */
import { parseArgs } from 'node:util'
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { connect, type Connection } from '#server/client/connection.ts'
import { connectFloor, type FloorConnection } from '#server/client/followed-floor.ts'
import type { Access } from '../access.ts'
import { signIn } from '../personas/sign-in.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { BenchCrowd, sleep } from './bench-crowd.ts'
import { startBenchSystem, type BenchSystem } from './bench-system.ts'

/** The marks: how much more of a processor the server may take, and how far behind a wall may be, in ms. */
const MORE_SHARE_MAX = 0.1
const BEHIND_P99_MS = 500

/** Turns of each kind, one after the other, so that what else the machine does weighs on both alike. */
const TURNS = 3
const PROBE_EVERY_MS = 300
const HANDLING_MS = 3_000
const SUPERVISOR = 'lone'
const PROBE = 'amal'

type AgentConnection = Connection<typeof agentRequests, typeof agentEvents>

export async function wall(args: readonly string[]): Promise<Report> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { agents: text, kiosks: text, rate: text, seconds: text, supervisors: text },
  })
  const [agents, kiosks] = [Number(values.agents ?? 300), Number(values.kiosks ?? 200)]
  const [rate, seconds] = [Number(values.rate ?? 20), Number(values.seconds ?? 10)]
  const supervisors = Number(values.supervisors ?? 50)
  const system = await startBenchSystem({
    crowd: { agentCount: agents, kioskCount: kiosks },
    callersMax: 2 * kiosks,
    profileDir: undefined,
  })
  const crowd = new BenchCrowd(system.access, 1)
  const floors: FloorConnection[] = []
  const opened: { close(): void }[] = [crowd]
  try {
    process.stderr.write(`connecting ${agents} agents and ${kiosks} kiosks …\n`)
    await crowd.open()
    crowd.handlingMs = HANDLING_MS
    await crowd.startAgents(3_000)
    const cookie = await signIn(system.access, SUPERVISOR, passwordOf(system.access))
    const probe = await openProbe(system.access)
    opened.push(probe)
    process.stderr.write('warming up …\n')
    await serverShare(system, crowd, { rate, seconds })
    const perSecond = { unwatched: [] as number[], watched: [] as number[] }
    const behindMs: number[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      perSecond.unwatched.push(await serverShare(system, crowd, { rate, seconds }))
      while (floors.length < supervisors) {
        floors.push(
          connectFloor({ url: system.access.url, auth: { protocolVersion: PROTOCOL_VERSION }, headers: { cookie } }),
        )
        await sleep(25)
      }
      while (!floors.every(({ state }) => state.kind === 'online')) await sleep(50)
      const stop = watchProbe(probe, floors[0] as FloorConnection, behindMs)
      perSecond.watched.push(await serverShare(system, crowd, { rate, seconds }))
      await stop()
      for (const floor of floors.splice(0)) floor.close()
      await sleep(500)
    }
    const [unwatched, watched] = [mean(perSecond.unwatched), mean(perSecond.watched)]
    const moreShare = watched / unwatched - 1
    const behind = summaryOf(behindMs)
    const marks = { moreShare: moreShare <= MORE_SHARE_MAX, behindP99: behind.p99 <= BEHIND_P99_MS }
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: {
        agents,
        kiosks,
        rate,
        seconds,
        supervisors,
        marks,
        perSecond,
        moreShare,
        behindMs: behind,
        probes: behindMs.length,
      },
    }
  } finally {
    for (const each of [...floors, ...opened]) each.close()
    await system.stop()
  }
}

const passwordOf = ({ accounts }: Access): string => accounts[0]?.password ?? ''
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** How much of one processor the server takes while calls arrive. */
async function serverShare(
  system: BenchSystem,
  crowd: BenchCrowd,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<number> {
  const measured = crowd.measure()
  const before = system.processorSeconds()
  const startedAt = performance.now()
  await crowd.arrive({ perSecond: rate, seconds, waitingMin: 0 })
  const share = (system.processorSeconds().server - before.server) / ((performance.now() - startedAt) / 1_000)
  process.stderr.write(`  server: ${share.toFixed(3)} of a processor, ${measured.callsCount} calls\n`)
  return share
}

async function openProbe(access: Access): Promise<AgentConnection> {
  const cookie = await signIn(access, PROBE, passwordOf(access))
  const probe = connect<typeof agentRequests, typeof agentEvents>({
    url: access.url,
    namespace: '/agent',
    auth: { protocolVersion: PROTOCOL_VERSION },
    headers: { cookie },
  })
  while (probe.state.kind !== 'online') await sleep(50)
  return probe
}

/** Somebody changes why they are away, again and again: how long after their answer a supervisor sees it. Returns what ends it. */
function watchProbe(probe: AgentConnection, floor: FloorConnection, behindMs: number[]): () => Promise<void> {
  let isOver = false
  const work = async () => {
    for (let turn = 0; !isOver; turn += 1) {
      const reason = turn % 2 === 0 ? 'meeting' : 'break'
      const isSeen = () =>
        floor.snapshot?.view.agents.some(({ agentId, awayReason }) => agentId === PROBE && awayReason === reason) ===
        true
      const seen = new Promise<number>((resolve) => {
        const stop = floor.subscribe(() => {
          if (!isSeen()) return
          stop()
          resolve(performance.now())
        })
      })
      await probe.request('availability.set-away', { reason })
      const answeredAt = performance.now()
      behindMs.push(Math.max(0, (await seen) - answeredAt))
      // By chance within a turn of the wall, not in step with it.
      await sleep(PROBE_EVERY_MS * (0.5 + Math.random()))
    }
  }
  const working = work()
  return async () => {
    isOver = true
    await working
  }
}
