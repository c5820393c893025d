// @ts-check
/**
 * The set-up step before `npm start` and `npm test`: finds or makes everything that is missing, and says what it is
 * doing. Plain JavaScript on Node's own modules, with its parts beside it: it runs before anything is installed, on
 * whatever Node there is.
 *
 *   node server/launch/prepare.mjs [--for=test | --for=image]
 */
import { findDebianPostgres } from './find-postgres.mjs'
import { findBrowser } from './find-browser.mjs'
import { findCoturn } from './find-program.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { installDebian, installDebianIfPossible, missingOf } from './prepare-debian.mjs'
import { buildTap, installNpmPackages, requireNode26 } from './prepare-npm.mjs'
import { buildPages } from './prepare-pages.mjs'
import { giveUp, has, root, say } from './prepare-steps.mjs'
import { BUILD_PACKAGES, prepareWorker } from './prepare-worker.mjs'

const NODE_MAJOR_MIN = 20

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  giveUp(`Skranke needs Node ${NODE_MAJOR_MIN} or later to begin with; this is ${process.version}.`)
}
const isForTest = process.argv.includes('--for=test')
const isForImage = process.argv.includes('--for=image')

/** Programs that have to be there, as Debian's packages; asked for together, so that one command brings all. */
/** @type {string[]} */
const programs = []
if (!isForImage && !process.env['REDIS_URL'] && !has('redis-server')) programs.push('redis-server')
if (isForTest && findBrowser() === undefined) {
  const given = process.env['PUPPETEER_EXECUTABLE_PATH'] || process.env['CHROMIUM_BIN']
  if (given) giveUp(`The browser for the tests is set to ${given}, which is no program that can be run.`)
  programs.push('chromium')
}
/** What a single file of tests needs, which says that it is skipped where it cannot be had. */
const forSomeTests = [
  ...(isForTest && findCoturn() === undefined ? ['coturn'] : []),
  // A backup is made and restored by Postgres' own programs, which npm's package does not bring, and which know no server
  // newer than themselves: so its test needs both from one hand.
  ...(isForTest && findDebianPostgres() === undefined ? ['postgresql'] : []),
]

const onWait = () => say('Another start is setting up this checkout; waiting for it …')
await oneAtATime(`prepare ${root}`, onWait, async () => {
  installNpmPackages()
  requireNode26()
  await prepareWorker(() => {
    installDebian([...missingOf(BUILD_PACKAGES), ...programs], 'building the mediasoup worker and running Skranke')
    programs.length = 0
  })
  installDebian(programs, isForTest ? 'testing Skranke' : 'running Skranke')
  installDebianIfPossible(forSomeTests, 'the tests of relayed media and of backups')
  buildPages()
  if (isForTest) buildTap()
})
