/**
 * `npm run bench -- flood`: calls at `--rate` a second on a real server with a real Postgres, first alone and then under a flood: bad frames
 * from twenty addresses of this machine, and fifty pages that never read. Passes where an offer is on the agent's screen as soon as it
 * has to be, 99 times of 100, and where the server is the same process afterwards and has not grown.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import type { Flood, FloodOutcome } from '../fuzz/flood-process.ts'
import { signIn } from '../personas/sign-in.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { BenchCrowd } from './bench-crowd.ts'
import { startBenchSystem, type BenchSystem } from './bench-system.ts'

/** The mark, in ms: from the press, or from the agent's being ready, to the offer. */
const P99_MS_MAX = 100
/** By how much the server's memory may be larger afterwards, in MB. */
const GROWTH_MB_MAX = 150
const HANDLING_MS = 3_000
const SUPERVISOR = 'lone'
const FLOODER = resolve(import.meta.dirname, '../fuzz/flood-process.ts')

export async function flood(args: readonly string[]): Promise<Report> {
  const text = { type: 'string' } as const
  const options = { rate: text, seconds: text, frames: text, addresses: text, deaf: text }
  const { values } = parseArgs({ args: [...args], options })
  const [rate, seconds] = [Number(values.rate ?? 20), Number(values.seconds ?? 30)]
  const [framesPerSecond, addressesCount] = [Number(values.frames ?? 5_000), Number(values.addresses ?? 20)]
  const deafCount = Number(values.deaf ?? 50)
  const crowd = { agentCount: 120, kioskCount: 100 }
  const system = await startBenchSystem({ crowd, callersMax: 200, profileDir: undefined })
  const people = new BenchCrowd(system.access, 1)
  try {
    process.stderr.write('connecting …\n')
    await people.open()
    people.handlingMs = HANDLING_MS
    await people.startAgents(2_000)
    const arrivals = { perSecond: rate, seconds, waitingMin: 0 }
    process.stderr.write('calls alone …\n')
    const alone = people.measure()
    await people.arrive(arrivals)
    const before = await processFacts(system)
    process.stderr.write('calls under a flood …\n')
    const deafCookie = await signIn(system.access, SUPERVISOR, system.access.accounts[0]?.password ?? '')
    const { url } = system.access
    const asked = {
      url,
      addressesCount,
      framesPerSecond,
      seconds,
      deafCount,
      deafCookie,
      protocolVersion: PROTOCOL_VERSION,
    }
    const flooding = floodFrom(asked)
    const under = people.measure()
    await people.arrive(arrivals)
    const outcome = await flooding
    const after = await processFacts(system)
    const [aloneMs, underMs] = [summaryOf(alone.startToOfferMs), summaryOf(under.startToOfferMs)]
    const marks = {
      p99: underMs.p99 < P99_MS_MAX,
      flood: outcome.framesSent + outcome.framesUnsent >= 0.9 * framesPerSecond * seconds,
      restarts: before.startedAt === after.startedAt,
      memory: after.residentMb - before.residentMb <= GROWTH_MB_MAX,
      errors: Object.keys(under.errors).length === 0,
    }
    const asPlanned = { rate, seconds, framesPerSecond, addressesCount, deafCount }
    const calls = { alone: alone.callsCount, under: under.callsCount, errors: under.errors }
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: {
        ...asPlanned,
        marks,
        startToOfferMs: { alone: aloneMs, under: underMs },
        calls,
        flood: outcome,
        before,
        after,
      },
    }
  } finally {
    people.close()
    await system.stop()
  }
}

async function floodFrom(asked: Flood): Promise<FloodOutcome> {
  const child = fork(FLOODER, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  child.send(asked)
  const [outcome] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [FloodOutcome | number]
  if (typeof outcome === 'number') throw new Error('the flood ended by itself')
  return outcome
}

/** When the server's process began, how much memory it has, and how many connections it ended. */
async function processFacts({ access }: BenchSystem) {
  const figures = await (await fetch(`${access.url}/metrics`)).text()
  const valueOf = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(figures)?.[1] ?? 0)
  const endedOf = (why: string) =>
    Number(new RegExp(`^skranke_ended_connections_total\\{why="${why}"\\} (\\S+)`, 'm').exec(figures)?.[1] ?? 0)
  return {
    startedAt: valueOf('process_start_time_seconds'),
    residentMb: Math.round(valueOf('process_resident_memory_bytes') / 1e6),
    endedForFrames: endedOf('frames'),
    endedForNotReading: endedOf('not-reading'),
  }
}
