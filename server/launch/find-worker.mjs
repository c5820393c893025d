// @ts-check
/** Where the mediasoup worker is: the given path, or the user's cache. Plain JavaScript: the set-up step uses it too. */
import { createHash } from 'node:crypto'
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

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
 * The worker to use, or undefined when it has to be made first.
 * @param {string} root the checkout
 * @returns {string | undefined}
 */
export function findWorker(root) {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  for (const path of given ? [given] : [cachedWorkerPath(root)]) {
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not there, or not to be run: as good as missing.
    }
  }
  return undefined
}
