/** A coturn of a test. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import type { Test } from 'tap'
import { findCoturn } from '../../launch/find-program.mjs'
import { freePort } from '../../launch/ports.ts'
import { eventually } from '../harness.ts'

/** Why a test with a coturn cannot be made here, where it cannot. */
export const withoutCoturn =
  findCoturn() === undefined ? "Debian's coturn is missing: npm test installs it as root, or says how" : false

/** The configuration that we ship, with what a city fills in, on loopback and without TLS: nobody has certificates here. Returns its port. `more`: lines of its own. */
export async function openCoturn(
  t: Test,
  { secrets, more = [] }: { readonly secrets: readonly string[]; readonly more?: readonly string[] },
): Promise<number> {
  const port = await freePort()
  const folder = t.testdir()
  const shipped = readFileSync(resolve(import.meta.dirname, '../../../docs/operations/turnserver.conf'), 'utf8')
  const own = shipped.replace(/^(listening-port|tls-listening-port|cert|pkey|pidfile)=.*$/gm, '')
  const here = ['listening-ip=127.0.0.1', 'relay-ip=127.0.0.1', `listening-port=${port}`, 'no-tls', 'no-dtls']
  const known = secrets.map((secret) => `static-auth-secret=${secret}`)
  const hasV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
  const lines = [own, ...here, ...(hasV6 ? ['relay-ip=::1'] : []), ...known, ...more, `pidfile=${join(folder, 'pid')}`]
  const file = join(folder, 'turnserver.conf')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const coturn = spawn('turnserver', ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [coturn.stdout, coturn.stderr]) stream.on('data', (data: Buffer) => (said += String(data)))
  const exited = once(coturn, 'exit')
  t.teardown(async () => {
    coturn.kill('SIGTERM')
    await exited
  })
  await eventually(
    () => `coturn to listen: ${said.slice(-2_000)}`,
    async () => {
      if (coturn.exitCode !== null) throw new Error(`coturn stopped: ${said.slice(-2_000)}`)
      return said.includes('admin thread')
    },
  )
  t.notMatch(said, /Bad configuration format|ERROR:.*config/i, 'it understands every line')
  return port
}
