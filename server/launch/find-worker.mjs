// @ts-check
/** Where the mediasoup worker is: the given path, or the user's cache. Plain JavaScript: the set-up step uses it too. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the worker answers when it is started by a hand and not by mediasoup. */
const STARTED_BY_HAND = 41

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/**
 * The path in the user's cache for the worker of this mediasoup, this machine and this recipe, there or not.
 * @param {string} root the checkout
 * @returns {string}
 */
export function cachedWorkerPath(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/mediasoup/package.json'), 'utf8'))
  const recipe = createHash('sha256')
  for (const file of filesBelow(join(root, 'sfu/worker-build'))) {
    if (file.endsWith('.h') || file.endsWith('Makefile')) recipe.update(readFileSync(file))
  }
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  const name = `mediasoup-worker-${version}-${process.platform}-${process.arch}-${recipe.digest('hex').slice(0, 8)}`
  return join(cache, 'skranke', name)
}

/**
 * Whether this is a worker that finds all its libraries: one that does not would only say so in the middle of a start.
 * @param {string} path
 * @returns {boolean}
 */
export function canStart(path) {
  return spawnSync(path, [], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === STARTED_BY_HAND
}

/**
 * The worker to use, or undefined when it has to be made first.
 * @param {string} root the checkout
 * @returns {string | undefined}
 */
export function findWorker(root) {
  const path = process.env['MEDIASOUP_WORKER_BIN'] || cachedWorkerPath(root)
  return canStart(path) ? path : undefined
}
