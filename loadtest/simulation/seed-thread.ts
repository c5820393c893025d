/** A thread that runs seeds of the simulation until one fails or all are through. */
import { parentPort, workerData } from 'node:worker_threads'
import type { SeedNews, SeedTask } from './seeds.ts'

type World = typeof import('#server/routing/simulation/world.ts')

/** How often progress is told. More often costs time, less often looks like nothing happens. */
const NEWS_MS = 500

const { worldUrl, seeds, steps } = workerData as SeedTask
const { simulate } = (await import(worldUrl)) as World

const counts = { seedsCount: 0, callsCount: 0, offersCount: 0, eventsCount: 0 }
const tell = (news: Pick<SeedNews, 'failure' | 'isDone'>) =>
  parentPort?.postMessage({ ...counts, ...news } satisfies SeedNews)

function run(): SeedNews['failure'] {
  let toldAt = performance.now()
  for (const seed of seeds) {
    try {
      const { arrivedCount, offersCount, events } = simulate(seed, steps)
      counts.callsCount += arrivedCount
      counts.offersCount += offersCount
      counts.eventsCount += events.length
    } catch (error) {
      return { seed, message: error instanceof Error ? error.message : String(error) }
    }
    counts.seedsCount += 1
    if (performance.now() - toldAt < NEWS_MS) continue
    toldAt = performance.now()
    tell({ failure: null, isDone: false })
  }
  return null
}

tell({ failure: run(), isDone: true })
