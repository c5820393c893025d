/** The files of the page as the kiosk's server sends them: late, not at all, or otherwise than they were built, as a test says. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** What is awaited before these files are sent, or before they are said not to be there. */
export type HeldFiles = { readonly pattern: RegExp; readonly until: Promise<void>; readonly areLost?: boolean }
/** A script of the page that is sent otherwise than it was built. */
export type ChangedFile = { readonly pattern: RegExp; readonly change: (built: string) => Promise<string> }

type Said = { readonly heldFiles: HeldFiles | null; readonly changedFiles: readonly ChangedFile[] }

const PREFIX = '/kiosk/'

/** Serves what was built into `pageDir`, as `said` has it at the moment of each request. */
export async function serveFiles(app: FastifyInstance, pageDir: string, said: () => Said): Promise<void> {
  app.addHook('onRequest', async ({ url }, reply) => {
    const { heldFiles: held, changedFiles } = said()
    if (held?.pattern.test(url) === true) {
      await held.until
      if (held.areLost === true) return reply.status(404).send()
    }
    const changed = changedFiles.find(({ pattern }) => pattern.test(url))
    if (changed === undefined) return undefined
    const built = await readFile(join(pageDir, url.slice(PREFIX.length)), 'utf8')
    return reply.type('text/javascript').send(await changed.change(built))
  })
  await app.register(fastifyStatic, { root: pageDir, prefix: PREFIX })
}
