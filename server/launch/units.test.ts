/** What systemd is given: units that it reads without a complaint, that hold no secret, and that start what there is. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'docs/operations/systemd')
const kioskUnit = join(root, 'docs/kiosk-setup/skranke-kiosk.service')
const units = readdirSync(folder)
const SERVICES = units.filter((name) => name.endsWith('.service'))

t.test('each starts a file of this checkout, may do little, and is told secrets by file', async (t) => {
  t.ok(SERVICES.length >= 4)
  for (const name of SERVICES) {
    const text = readFileSync(join(folder, name), 'utf8')
    const [, file = ''] = /^ExecStart=\/opt\/skranke\/node_modules\/\.bin\/node (\S+)/m.exec(text) ?? []
    t.ok(existsSync(join(root, file)) && file.endsWith('.ts'), `${name} starts ${file}`)
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes', 'PrivateDevices=yes']) {
      t.match(text, line, name)
    }
    t.match(text, /^LoadCredential=/m, name)
    t.notMatch(text, /(SECRET|URL|PASSWORD)=(?!%d)/, `${name} holds no secret`)
  }
})

t.test('systemd waits longer than they do, and gives none of them up', async (t) => {
  const own: [unit: string, setting: string, moreMs: number][] = [
    ['skranke-server.service', 'SKRANKE_SERVER_DRAIN_MS', 20_000],
    ['skranke-jobs.service', 'SKRANKE_JOBS_STOP_MS', 10_000],
  ]
  for (const [name, setting, moreMs] of own) {
    const text = readFileSync(join(folder, name), 'utf8')
    const waitsMs = Number(new RegExp(`${setting}=(\\d+)`).exec(text)?.[1])
    const stopS = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1])
    t.ok(stopS * 1_000 >= waitsMs + moreMs, name)
  }
  const kept = ['skranke-server.service', 'skranke-jobs.service', 'skranke-sfu.service'].map((name) =>
    join(folder, name),
  )
  for (const file of [...kept, kioskUnit]) {
    const text = readFileSync(file, 'utf8')
    t.match(text, /^Restart=always$/m, file)
    t.match(text, /^StartLimitIntervalSec=0$/m, file)
  }
  for (const file of kept)
    t.match(readFileSync(file, 'utf8'), /^KillMode=mixed$/m, `${file}: what it started is ended by it`)
})

t.test(
  'where the server leaves jobs to another unit, there is one, and it is told no more than it needs',
  async (t) => {
    t.match(readFileSync(join(folder, 'skranke-server.service'), 'utf8'), /SKRANKE_SERVER_JOBS=own/)
    t.notMatch(readFileSync(join(folder, 'skranke-jobs.service'), 'utf8'), /MEDIA_SECRET/)
  },
)

t.test("a kiosk's browser can write where it has to, and nobody gets to a console", async (t) => {
  const text = readFileSync(kioskUnit, 'utf8')
  // The whole of the rest is read-only: the profile, the socket of the window, and what Chromium puts into /tmp.
  for (const line of ['ProtectSystem=strict', 'ReadWritePaths=-/run/user', 'PrivateTmp=yes']) t.match(text, line)
  t.notMatch(text, /^ProtectHome=/m, 'it would take /run/user away')
  const [, folderName] = /^StateDirectory=(\S+)$/m.exec(text) ?? []
  t.match(text, `--user-data-dir=/var/lib/${folderName}`)
  t.notMatch(text, /cage.* -s\b/)
})

t.test('systemd has nothing to say against them', async (t) => {
  if (!existsSync('/usr/bin/systemd-analyze')) return t.pass('there is no systemd here')
  const copies = t.testdir()
  cpSync(folder, copies, { recursive: true })
  cpSync(kioskUnit, join(copies, basename(kioskUnit)))
  const all = [...units, basename(kioskUnit)]
  for (const name of all) {
    // What is started lies elsewhere on this machine.
    const text = readFileSync(join(copies, name), 'utf8').replaceAll(
      /\/opt\/skranke\/node_modules\/.bin\/node|\/usr\/bin\/cage/g,
      '/bin/true',
    )
    writeFileSync(join(copies, name), text)
  }
  const args = ['verify', '--man=no', ...all.map((name) => join(copies, name))]
  const { stderr } = await promisify(execFile)('systemd-analyze', args)
  t.equal(
    stderr
      .split('\n')
      .filter((line) => line.includes(copies))
      .join('\n'),
    '',
  )
})
