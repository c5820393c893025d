/** The page as citizens get it, built for one test file into a folder that goes again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

/** Builds it, with `plugins` besides its own, and returns its folder. Not `dist/kiosk`: a running system may be serving that. */
export async function buildPage(
  test: { teardown(work: () => void): void },
  plugins: readonly Plugin[] = [],
): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'skranke-kiosk-'))
  test.teardown(() => rmSync(outDir, { recursive: true, force: true }))
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'warn', build: { outDir }, plugins: [...plugins] })
  return outDir
}
