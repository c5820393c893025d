/**
 * A system for one bench: Postgres that waits for its disk as in service, an SFU and a server, each a process of its
 * own, on loopback, with a crowd that can sign in. Nothing of it is left afterwards.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDatabase } from '#server/store/database.ts'
import { keepPolicy } from '#server/store/policies.ts'
import { addCrowd, crowdAccess, type Crowd } from '#server/launch/demo-crowd.ts'
import { endProcess, isReady, privateSettings, startProcess } from '#server/launch/private-system.ts'
import { seedDemoCity } from '#server/launch/seed-demo.ts'
import { startTestPostgres } from '#server/launch/test-postgres.ts'
import type { Access } from '../access.ts'
import { readJournalCounts, type JournalCounts } from './journal-figures.ts'
import { machineBusySeconds, processorSecondsOf } from './processor-time.ts'

const PEOPLE_SECRET = 'the demo city of a bench'
const POLICY_FILE = resolve(import.meta.dirname, '../../server/policy/copenhagen.yaml')
const POLICY_VERSION = 'bench'
const READY_MS_MAX = 60_000
const LOOK_AGAIN_MS = 50

/** Seconds of processor time since some instant. The SFU's worker counts with it; the others are the rest of the machine. */
export type ProcessorSeconds = {
  readonly server: number
  readonly postgres: number
  readonly sfu: number
  readonly bench: number
  readonly others: number
}

export type BenchSystem = {
  readonly access: Access
  readonly databaseUrl: string
  processorSeconds(): ProcessorSeconds
  journalCounts(): Promise<JournalCounts>
  stop(): Promise<void>
}

export type BenchSystemOptions = {
  readonly crowd: Crowd
  /** How long a line may be. */
  readonly callersMax: number
  /** A folder for a processor profile of the server, written at its end. */
  readonly profileDir: string | undefined
  /** The policy, where it is not the demo city's. */
  readonly policyFile?: string
  /** What else is to be in the database before the server starts, at the URL. */
  readonly fill?: (databaseUrl: string) => Promise<void>
}

/** Starts it all, and resolves when calls can be taken. */
export async function startBenchSystem(options: BenchSystemOptions): Promise<BenchSystem> {
  const { crowd, profileDir } = options
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of stops.toReversed()) await each()
  }
  try {
    const postgres = await startTestPostgres({ isDurable: true })
    stops.push(() => postgres.stop())
    await settle(postgres.url, options)
    await options.fill?.(postgres.url)
    // As talkative as in service, to nowhere: standard output is the report's.
    const settings = await privateSettings(postgres.url, 'info')
    const sfu = startProcess('sfu/main.ts', settings.sfu, { output: 'ignore' })
    stops.push(() => endProcess(sfu, 'SIGTERM'))
    const nodeArgs = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
    const server = startProcess('server/main.ts', settings.server, { output: 'ignore', nodeArgs })
    stops.push(() => endProcess(server, 'SIGTERM'))
    const until = Date.now() + READY_MS_MAX
    while (!(await isReady(settings.url, { server, sfu }))) {
      if (Date.now() > until) throw new Error('the server did not become ready')
      await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS))
    }
    const postmaster = Number.parseInt(readFileSync(join(postgres.dataDir, 'postmaster.pid'), 'utf8'), 10)
    const pids = { server: server.pid ?? 0, postgres: postmaster, sfu: sfu.pid ?? 0 }
    return {
      access: { url: settings.url, ...crowdAccess(PEOPLE_SECRET, crowd) },
      databaseUrl: postgres.url,
      processorSeconds: () => {
        const { user, system } = process.cpuUsage()
        const own = { ...processorSecondsOf(pids), bench: (user + system) / 1e6 }
        return { ...own, others: machineBusySeconds() - own.server - own.postgres - own.sfu - own.bench }
      },
      journalCounts: async () => readJournalCounts(await (await fetch(`${settings.url}/metrics`)).text()),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The demo city's policy, for long lines and for agents who are machines. */
function policyDocument({ callersMax, policyFile = POLICY_FILE }: BenchSystemOptions): string {
  const changes = [
    [/^version: .*$/m, `version: ${POLICY_VERSION}`],
    [/callersMax: \d+/, `callersMax: ${callersMax}`],
    [/occupancy: \{ ceiling: [\d.]+,/, 'occupancy: { ceiling: 1,'],
  ] as const
  let document = readFileSync(policyFile, 'utf8')
  for (const [known, wanted] of changes) {
    if (!known.test(document)) throw new Error(`${policyFile} says nothing that fits ${known}`)
    document = document.replace(known, wanted)
  }
  return document
}

async function settle(databaseUrl: string, options: BenchSystemOptions): Promise<void> {
  const { db } = openDatabase(databaseUrl, () => undefined)
  try {
    await seedDemoCity(db, PEOPLE_SECRET)
    await addCrowd(db, PEOPLE_SECRET, options.crowd)
    await keepPolicy(db, { version: POLICY_VERSION, document: policyDocument(options), isForWaiting: true })
  } finally {
    await db.destroy()
  }
}
