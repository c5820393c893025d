/** Seeds of the simulated city, run on as many threads as are asked for. */
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** What one thread is to run: every `stride`th seed from `firstSeed` on. */
export type SeedTask = {
  /** The simulation to run: the engine's own, or a copy with a mistake in it. */
  readonly worldUrl: string
  readonly seeds: readonly number[]
  readonly steps: number
}

export type SeedFailure = { readonly seed: number; readonly message: string }

/** What a thread says: after some seeds, and at its end, which is the first failure or the last seed. */
export type SeedNews = {
  readonly seedsCount: number
  readonly callsCount: number
  readonly offersCount: number
  readonly eventsCount: number
  readonly failure: SeedFailure | null
  readonly isDone: boolean
}

export const ROUTING = join(import.meta.dirname, '../../server/routing')
export const OWN_WORLD = worldOf(ROUTING)

export function worldOf(routingFolder: string): string {
  return pathToFileURL(join(routingFolder, 'simulation/world.ts')).href
}

/** Runs one task on a thread of its own. Resolves with all it counted; a simulation that cannot be loaded rejects. */
export async function runSeeds(task: SeedTask, onNews?: (news: SeedNews) => void): Promise<SeedNews> {
  const worker = new Worker(new URL('./seed-thread.ts', import.meta.url), { workerData: task })
  let last: SeedNews | undefined
  worker.on('message', (news: SeedNews) => {
    last = news
    onNews?.(news)
  })
  // A fault of the thread itself rejects here.
  await once(worker, 'exit')
  if (last?.isDone !== true) throw new Error('a thread of the simulation ended before its seeds did')
  return last
}
