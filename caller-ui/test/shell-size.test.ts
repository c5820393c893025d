/** The first screen is light: what a kiosk or a phone fetches before anybody has pressed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { build, type Rolldown } from 'vite'
import { gzipBytesOf, shellOf, weightOf } from '#loadtest/browser/page-weight.ts'

/** HTML, styles and scripts of the first screen, gzipped, without fonts. */
const SHELL_BYTES_MAX = 60 * 1024

/** What must never be among them, by the modules that would bring it. */
const LATER = [
  'mediasoup-client',
  'sfu/client/media-session',
  'uqr',
  'caller-ui/call/',
  'caller-ui/waiting/waiting.tsx',
]

const outDir = mkdtempSync(join(tmpdir(), 'skranke-shell-'))
t.teardown(() => rmSync(outDir, { recursive: true, force: true }))
const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
const output = (await build({ configFile, logLevel: 'warn', build: { outDir } })) as Rolldown.RolldownOutput
const chunks = output.output.filter((part) => part.type === 'chunk')

/** The heaviest packages and folders of these files, for whoever has to make them lighter. */
function heaviest(files: ReadonlySet<string>): string {
  const bytesOf = new Map<string, number>()
  for (const chunk of chunks.filter(({ fileName }) => files.has(fileName))) {
    for (const [id, { code }] of Object.entries(chunk.modules)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? id.split('/').slice(-2).join('/')
      bytesOf.set(name, (bytesOf.get(name) ?? 0) + gzipBytesOf(code ?? ''))
    }
  }
  const sorted = [...bytesOf].toSorted(([, one], [, other]) => other - one)
  return sorted
    .slice(0, 25)
    .map(([name, bytes]) => `${name} ${bytes}`)
    .join(', ')
}

t.test('the first screen is there with 60 KB, and names what is heavy when it is not', async (t) => {
  const shell = shellOf(outDir)
  const files = new Set(shell.map(({ file }) => file))
  const sum = shell.map(({ file, gzipBytes }) => `${file} ${gzipBytes}`).join(', ')
  t.ok(shell.length >= 3, `a page, its style and its script: ${sum}`)
  t.ok(weightOf(shell) <= SHELL_BYTES_MAX, `${weightOf(shell)} bytes: ${sum}. In them: ${heaviest(files)}`)
})

t.test('of what the server uses of its libraries, nothing comes along that the page never runs', async (t) => {
  const files = new Set(shellOf(outDir).map(({ file }) => file))
  const ids = chunks.filter(({ fileName }) => files.has(fileName)).flatMap(({ modules }) => Object.entries(modules))
  const isNeverRun = /\/typebox\/|transports\/(?:polling|webtransport)/
  t.same(
    ids.filter(([id, { code }]) => isNeverRun.test(id) && (code ?? '') !== '').map(([id]) => id),
    [],
  )
})

t.test('the media client, the QR code and the screens after the press come later', async (t) => {
  const files = new Set(shellOf(outDir).map(({ file }) => file))
  for (const what of LATER) {
    const holders = chunks.filter(({ modules }) => Object.keys(modules).some((id) => id.includes(what)))
    t.ok(holders.length > 0, `${what} is in the page at all`)
    t.same(
      holders.filter(({ fileName }) => files.has(fileName)).map(({ fileName }) => fileName),
      [],
      `${what} is not in the first files`,
    )
  }
})
