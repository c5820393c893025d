/** The page as citizens get it: built for one test file into a folder that goes again, or once for all files of a whole run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Where a whole run of the tests has the page already; its caller built it from just these sources. */
const builtDir = process.env['SKRANKE_BUILT_KIOSK']

/** Builds it, with `plugins` besides its own, and returns its folder. Not `dist/kiosk`: a running system may be serving that. */
export async function buildPage(
  test: { teardown(work: () => void): void },
  plugins: readonly Plugin[] = [],
): Promise<string> {
  if (builtDir !== undefined && plugins.length === 0) return builtDir
  const outDir = mkdtempSync(join(tmpdir(), 'skranke-kiosk-'))
  test.teardown(() => rmSync(outDir, { recursive: true, force: true }))
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  // What builds is loaded where there is something to build.
  const { build } = await import('vite')
  await build({ configFile, logLevel: 'warn', build: { outDir }, plugins: [...plugins] })
  return outDir
}
