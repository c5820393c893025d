/** `GET /api/v1/guides`, and the drawings of the guides for whoever is shown them. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { GuidesReply, type Guide } from '#server/contract/guides.ts'
import { HttpError } from '#server/contract/http.ts'

export type GuidesRouteParts = {
  readonly guides: readonly Guide[]
}

/** Adds the route below `/api/v1`. */
export function addGuidesRoute(app: FastifyInstance, { guides }: GuidesRouteParts): void {
  const response = { 200: GuidesReply, 401: HttpError, 403: HttpError }
  app.get('/guides', { schema: { response } }, (_request, reply) => {
    return reply.send({ guides: [...guides] })
  })
}

/** Serves the drawings below `guidesDir`, and nothing else that lies there. */
export async function addGuidePictures(app: FastifyInstance, guidesDir: string): Promise<void> {
  const root = resolve(guidesDir)
  if (!existsSync(root)) return
  await app.register(fastifyStatic, {
    root,
    prefix: '/guides/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => /^\/?[a-z0-9-]+\/[a-z0-9-]+\.svg$/.test(path),
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  })
}
