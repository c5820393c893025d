/** The pages as they are served: built once, and again only after their source has changed. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PAGES_DIR = join(root, 'dist/agent')
/** Written last of all pages by a build. */
const BUILT_FILE = join(PAGES_DIR, 'index.html')
const LOCK_DIR = join(root, 'dist/.building-agent')
const SOURCES = ['agent-ui', 'server/client', 'server/contract', 'sfu/client', 'sfu/contract']
const BUILD_MS_MAX = 60_000

let pages: Promise<string> | undefined

/** Returns the folder of the built pages. Test files run side by side: one builds, the others wait for it. */
export function builtPages(): Promise<string> {
  // Looked at once for each file: its servers are many, and the sources stay as they are meanwhile.
  return (pages ??= untilBuilt())
}

async function untilBuilt(): Promise<string> {
  const deadline = Date.now() + BUILD_MS_MAX
  mkdirSync(dirname(LOCK_DIR), { recursive: true })
  while (existsSync(LOCK_DIR) || !isFresh()) {
    if (!takeLock()) {
      if (Date.now() > deadline) throw new Error(`another build holds ${LOCK_DIR}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      continue
    }
    try {
      if (!isFresh()) await build()
    } finally {
      rmdirSync(LOCK_DIR)
    }
  }
  return PAGES_DIR
}

/** What builds is loaded where there is something to build: a whole run has the pages before its first test. */
async function build(): Promise<void> {
  const vite = await import('vite')
  await vite.build({ configFile: join(root, 'agent-ui/vite.config.ts'), logLevel: 'error' })
}

function takeLock(): boolean {
  try {
    mkdirSync(LOCK_DIR)
    return true
  } catch {
    return false
  }
}

function isFresh(): boolean {
  return existsSync(BUILT_FILE) && statSync(BUILT_FILE).mtimeMs > newestSourceAt()
}

/** When the newest file that goes into the pages was changed, in ms. */
function newestSourceAt(): number {
  let newest = 0
  for (const folder of SOURCES) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const isTest = entry.name.endsWith('.test.ts') || /\/test(\/|$)/.test(entry.parentPath)
      if (entry.isFile() && !isTest) newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
    }
  }
  return newest
}
