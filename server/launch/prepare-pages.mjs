// @ts-check
/** The built pages: made again when something that goes into them has changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, node26, root, run, say, tail } from './prepare-steps.mjs'

const PAGES = ['caller-ui', 'agent-ui']
const SOURCES = [...PAGES, 'server/contract', 'server/client', 'sfu/contract', 'sfu/client', 'package-lock.json']

/** One line for each file that goes into the pages: it differs when the file does. @param {string} path @returns {string[]} */
function fileLines(path) {
  const stat = statSync(join(root, path))
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`]
  return readdirSync(join(root, path))
    .filter((name) => name !== 'test' && !name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => fileLines(join(path, name)))
}

/** Builds both pages into `dist` with Vite, unless they were built from just these files. */
export function buildPages() {
  const stamp = join(root, 'dist/.stamp')
  const lines = SOURCES.flatMap(fileLines)
  const wanted = createHash('sha256').update(lines.join('\n')).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the pages …')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  for (const page of PAGES) {
    const { isDone, output } = run(node26, [vite, 'build', '--config', `${page}/vite.config.ts`])
    if (!isDone) giveUp(`${tail(output)}\n\nThe pages in ${page} could not be built.`)
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, wanted)
}
