/** What a built page costs before anybody has touched it: the bytes that go over the wire, file by file. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'

export type FileWeight = {
  /** Below the page's folder. */
  readonly file: string
  /** As gzip sends it at the level that servers use. */
  readonly gzipBytes: number
}

/** nginx, Caddy and Fastify compress a page with level 6 unless they are told otherwise. */
const GZIP_LEVEL = 6

/** Bytes of `text` over the wire. */
export const gzipBytesOf = (text: string | Uint8Array): number => gzipSync(text, { level: GZIP_LEVEL }).byteLength

/**
 * The page in `pageDir` with the scripts and styles it cannot begin without: what its HTML names, and what those scripts
 * import before they run. Fonts are not among them, as the words stand in the machine's own until they come.
 * Heaviest first.
 */
export function shellOf(pageDir: string, page = 'index.html'): readonly FileWeight[] {
  const read = (file: string) => readFileSync(join(pageDir, file), 'utf8')
  const html = read(page)
  const files = new Set([page])
  const queue = [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => file)
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue
    files.add(file)
    if (!file.endsWith('.js')) continue
    for (const imported of staticImports(read(file))) queue.push(posix.join(posix.dirname(file), imported))
  }
  return [...files]
    .map((file) => ({ file, gzipBytes: gzipBytesOf(read(file)) }))
    .toSorted((one, other) => other.gzipBytes - one.gzipBytes)
}

/** The sum, in bytes. */
export const weightOf = (files: readonly FileWeight[]): number =>
  files.reduce((bytes, { gzipBytes }) => bytes + gzipBytes, 0)

/** What a built script imports before it runs: the bundler writes `import…from"./x.js"` and `import"./x.js"`. */
function staticImports(script: string): string[] {
  return [...script.matchAll(/(?:^|[;}\s])import(?:[^"'();]*?from)?["'](\.[^"']+\.js)["']/g)].map(
    ([, file = '']) => file,
  )
}
