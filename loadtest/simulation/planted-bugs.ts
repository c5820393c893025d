/** Plants one mistake after the other in a copy of the engine, and sees at which seed the simulation finds it. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PLANTED_BUGS, type PlantedBug } from '#server/routing/test/planted-bugs/bugs.ts'
import { ROUTING, runSeeds, worldOf } from './seeds.ts'

export type Hunt = {
  readonly id: string
  /** Undefined: not found. */
  readonly foundAtSeed: number | undefined
  readonly message: string
}

/** Seeds until a mistake counts as not found. */
export const HUNT_SEEDS_MAX = 500

/** Steps of a seed. Most mistakes show early; shorter runs reach more policies in the same time. */
export const HUNT_STEPS = 160

/** `text` with the one line changed. Throws where the line is not there just once: the engine moved on, and the bug must. */
export function withBug(text: string, { id, below, before, after }: PlantedBug): string {
  const from = below === undefined ? 0 : text.indexOf(below)
  const at = from < 0 ? -1 : text.indexOf(before, from)
  const isUnique = below !== undefined || text.indexOf(before, at + 1) < 0
  if (at < 0 || !isUnique) throw new Error(`"${id}": its line is not in its file just once`)
  return text.slice(0, at) + after + text.slice(at + before.length)
}

function plant(folder: string, bug: PlantedBug): void {
  const isSource = (path: string) => !/\.test\.ts$|\.md$|routing\/test$/.test(path)
  cpSync(ROUTING, folder, { recursive: true, filter: isSource })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const file = join(folder, bug.file)
  writeFileSync(file, withBug(readFileSync(file, 'utf8'), bug))
}

/**
 * Where each was found last: tried first, because most of the time goes to the seeds before it. It is no proof that it is found
 * there still, and one that is not is hunted from the first seed on.
 */
const LAST_SEEDS_FILE = join(import.meta.dirname, 'found-at-seeds.json')

function lastSeeds(): Readonly<Record<string, number>> {
  return existsSync(LAST_SEEDS_FILE)
    ? (JSON.parse(readFileSync(LAST_SEEDS_FILE, 'utf8')) as Record<string, number>)
    : {}
}

/** Writes down where each was found, for the next hunt. */
export function keepFoundSeeds(hunts: readonly Hunt[]): void {
  const found = hunts.flatMap(({ id, foundAtSeed }) => (foundAtSeed === undefined ? [] : [[id, foundAtSeed] as const]))
  writeFileSync(LAST_SEEDS_FILE, `${JSON.stringify(Object.fromEntries(found), null, 2)}\n`)
}

async function hunt(bug: PlantedBug, lastSeed: number | undefined): Promise<Hunt> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-planted-'))
  try {
    plant(folder, bug)
    const all = Array.from({ length: HUNT_SEEDS_MAX }, (_, i) => i + 1)
    const seeds = lastSeed === undefined ? all : [lastSeed, ...all]
    const { failure } = await runSeeds({ worldUrl: worldOf(folder), seeds, steps: HUNT_STEPS })
    const message = failure?.message.split('\n')[0] ?? 'not found'
    // A line that does not run at all is found by the first step, and proves nothing.
    if (/\b(?:Reference|Syntax)Error\b/.test(message))
      throw new Error(`"${bug.id}" is no mistake but a slip: ${message}`)
    return { id: bug.id, foundAtSeed: failure?.seed, message }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All mistakes, `threadsCount` at a time, in the order of the list. `isAnew`: whatever was found before. */
export async function huntAll(
  threadsCount: number,
  { isAnew = false, onFound }: { isAnew?: boolean; onFound?: (hunt: Hunt) => void } = {},
): Promise<Hunt[]> {
  const last = isAnew ? {} : lastSeeds()
  const hunts: Hunt[] = []
  const rest = PLANTED_BUGS.map((bug, i) => ({ bug, i }))
  const work = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const found = await hunt(next.bug, last[next.bug.id])
      hunts[next.i] = found
      onFound?.(found)
    }
  }
  await Promise.all(Array.from({ length: threadsCount }, work))
  return hunts
}
