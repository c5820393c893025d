/** What systemd is given: units that it reads without a complaint, that hold no secret, and that start what there is. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'docs/operations/systemd')
const units = readdirSync(folder)
const SERVICES = units.filter((name) => name.endsWith('.service'))

t.test('each starts a file of this checkout, may do little, and is told secrets by file', async (t) => {
  t.ok(SERVICES.length >= 3)
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
  const server = readFileSync(join(folder, 'skranke-server.service'), 'utf8')
  const drainMs = Number(/SKRANKE_SERVER_DRAIN_MS=(\d+)/.exec(server)?.[1])
  const stopS = Number(/^TimeoutStopSec=(\d+)$/m.exec(server)?.[1])
  t.ok(stopS * 1_000 >= drainMs + 20_000, 'systemd waits longer than the server does')
})

t.test('systemd has nothing to say against them', async (t) => {
  if (!existsSync('/usr/bin/systemd-analyze')) return t.pass('there is no systemd here')
  const copies = t.testdir()
  cpSync(folder, copies, { recursive: true })
  for (const name of units) {
    // What is started lies elsewhere on this machine.
    const text = readFileSync(join(copies, name), 'utf8').replaceAll('/opt/skranke/node_modules/.bin/node', '/bin/true')
    writeFileSync(join(copies, name), text)
  }
  const args = ['verify', '--man=no', ...units.map((name) => join(copies, name))]
  const { stderr } = await promisify(execFile)('systemd-analyze', args)
  t.equal(
    stderr
      .split('\n')
      .filter((line) => line.includes(copies))
      .join('\n'),
    '',
  )
})
