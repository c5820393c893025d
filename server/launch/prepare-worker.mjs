// @ts-check
/**
 * The mediasoup worker: given, in the user's cache, mediasoup's own prebuilt, or built from npm's source. One that was
 * fetched or built is put into the cache only after it carried a real call; what is in the cache is trusted.
 */
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { cachedWorkerPath, canStart, findWorker } from './find-worker.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { giveUp, node26, root, run, say, tail } from './prepare-steps.mjs'

/** What the recipe in sfu/worker-build needs; its README says what for. */
export const BUILD_PACKAGES = [
  'g++',
  'make',
  'flatbuffers-compiler',
  'libflatbuffers-dev',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
]
/** A prebuilt worker is a few MB: what takes longer than this is out of reach. */
const PREBUILT_MS_MAX = 20_000
/** A connection takes a fraction of a second; this is for a machine that is busy to the brim. */
const GATE_MS_MAX = 60_000
/** Measured on one core of a small machine: a file takes about this long. Only for the first estimate. */
const COMPILE_S_PER_FILE = 2.3
const PROGRESS_EVERY_MS = 15_000

/**
 * Sees to it that there is a worker. `installBuildPackages` is called when it has to be built.
 * @param {() => void} installBuildPackages
 */
export async function prepareWorker(installBuildPackages) {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  if (given) {
    if (!canStart(given)) giveUp(`MEDIASOUP_WORKER_BIN names ${given}, which is no mediasoup worker that runs here.`)
    return
  }
  if (findWorker(root) !== undefined) return
  const path = cachedWorkerPath(root)
  mkdirSync(dirname(path), { recursive: true })
  const onWait = () => say('Another start is making the mediasoup worker; waiting for it …')
  await oneAtATime(path, onWait, async () => {
    if (findWorker(root) !== undefined) return
    const candidate = `${path}.new`
    say('Looking for a prebuilt mediasoup worker …')
    if (!fetchPrebuilt(candidate) || !passesGate(candidate)) {
      say('  there is none for this machine, or it is out of reach')
      installBuildPackages()
      await buildWorker(`${path}.build`, candidate)
      if (!passesGate(candidate)) {
        rmSync(candidate, { force: true })
        giveUp('The mediasoup worker that was built cannot carry a call, and is not used.')
      }
      rmSync(`${path}.build`, { recursive: true, force: true })
    }
    renameSync(candidate, path)
  })
}

/** mediasoup's own prebuilt worker, by its own script, where its host can be reached. @param {string} to @returns {boolean} */
function fetchPrebuilt(to) {
  const folder = join(root, 'node_modules/mediasoup')
  const binary = join(folder, 'worker/out/Release/mediasoup-worker')
  const env = {
    MEDIASOUP_LOCAL_DEV: '',
    MEDIASOUP_WORKER_BIN: '',
    MEDIASOUP_FORCE_WORKER_PREBUILT_DOWNLOAD: '1',
    // Without a download the script goes on to build, with Python: it shall not, ours is the better recipe here.
    PYTHON: 'false',
  }
  run('sh', ['-c', 'cd "$1" && exec "$2" npm-scripts.mjs postinstall', 'fetch', folder, node26], env, PREBUILT_MS_MAX)
  if (!existsSync(binary)) return false
  copyFileSync(binary, to)
  chmodSync(to, 0o755)
  return true
}

/** @param {string} worker @returns {boolean} whether it carried one real call */
function passesGate(worker) {
  const { isDone, output } = run(node26, ['sfu/worker-build/gate.ts'], { MEDIASOUP_WORKER_BIN: worker }, GATE_MS_MAX)
  say(`  ${tail(output)}`)
  return isDone
}

/**
 * Builds into `out`, which a start that was interrupted leaves for the next one to go on with.
 * @param {string} out @param {string} to
 */
async function buildWorker(out, to) {
  const cores = cpus().length
  const args = ['-f', 'sfu/worker-build/Makefile', 'WORKER=node_modules/mediasoup/worker', `OUT=${out}`]
  const planned = run('make', [...args, '-n'])
  const total = compilationsIn(planned.output)
  if (!planned.isDone) giveUp(`${tail(planned.output)}\n\nThe mediasoup worker cannot be built here.`)
  const minutes = Math.max(1, Math.ceil((total * COMPILE_S_PER_FILE) / cores / 60))
  say(`Building the mediasoup worker from its source: ${total} files, about ${minutes} min on ${cores} cores …`)
  const beganAt = Date.now()
  const make = spawn('make', [...args, `-j${cores}`], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const endMake = () => make.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, endMake)
  let begun = 0
  let errors = ''
  let saidAt = beganAt
  make.stderr.on('data', (data) => (errors = `${errors}${data}`.slice(-4000)))
  make.stdout.on('data', (data) => {
    begun += compilationsIn(String(data))
    const now = Date.now()
    // Those begun last are not done yet.
    const done = begun - cores
    if (now - saidAt < PROGRESS_EVERY_MS || done <= 0) return
    saidAt = now
    const leftMin = Math.ceil((((now - beganAt) / done) * (total - done)) / 60_000)
    say(`  ${done} of ${total} files, about ${leftMin} min left`)
  })
  const [code, signal] = await new Promise((resolve) => make.on('close', (...ended) => resolve(ended)))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, endMake)
  if (signal !== null) giveUp('Stopped while building the mediasoup worker; the next start goes on from here.')
  if (code !== 0) giveUp(`${tail(errors)}\n\nThe mediasoup worker could not be built.`)
  copyFileSync(join(out, 'mediasoup-worker'), to)
}

/** How many compilations begin in this part of make's output. @param {string} output */
const compilationsIn = (output) => output.split('\n').filter((line) => line.includes(' -c ')).length
