/** The built pages, from `dist/`, with the headers that keep them to themselves. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const PAGES = [
  { folder: 'kiosk', prefix: '/kiosk/' },
  { folder: 'agent', prefix: '/agent/' },
] as const

/** Serves each page that is built; a page that is not is a 404, and `/health/ready` says so. */
export async function addPages(app: FastifyInstance, pagesDir: string): Promise<void> {
  for (const [i, { folder, prefix }] of PAGES.entries()) {
    const root = resolve(pagesDir, folder)
    if (!existsSync(root)) continue
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: i === 0,
      cacheControl: false,
      setHeaders: cacheFor,
    })
    app.get(prefix.slice(0, -1), (_request, reply) => reply.redirect(prefix))
  }
  app.get('/', (_request, reply) => reply.redirect('/agent/'))
  app.get('/supervisor', (_request, reply) => reply.redirect('/agent/supervisor.html'))
}

/** Built files carry their hash in the name and never change; pages are asked for anew each time. */
function cacheFor(reply: { header(name: string, value: string): unknown }, path: string): void {
  const isHashed = /\/assets\/.*-[\w-]{8}\.\w+$/.test(path)
  reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/**
 * Which version of the kiosk's page is served: the names of the files it begins with, which hold their hashes, sorted.
 * Empty where the page is not built. The page tells its own in the same way.
 */
export function kioskBuild(pagesDir: string): string {
  const file = resolve(pagesDir, 'kiosk', 'index.html')
  if (!existsSync(file)) return ''
  const names = readFileSync(file, 'utf8').matchAll(/assets\/([^"/]+\.(?:js|css))"/g)
  return [...new Set([...names].map(([, name]) => name))].toSorted().join(' ')
}

/** What is not built, in words. */
export function missingPages(pagesDir: string): string[] {
  return PAGES.filter(({ folder }) => !existsSync(resolve(pagesDir, folder, 'index.html'))).map(
    ({ folder }) => `the ${folder} page is not built (npm run build)`,
  )
}
