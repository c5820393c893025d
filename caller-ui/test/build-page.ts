/** Builds the page once for a test run: what is tried is what citizens get. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

let built: Promise<unknown> | undefined

export function buildPage(): Promise<unknown> {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  built ??= build({ configFile, logLevel: 'warn' })
  return built
}
