/** `GET /api/v1/guides`, and the drawings of the guides for whoever is shown them. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { GuidesReply, type Guide } from '#server/contract/guides.ts'
import { HttpError } from '#server/contract/http.ts'
import type { Person } from '#server/store/directory.ts'
import { sendError } from './sign-in.ts'

export type GuidesRouteParts = {
  readonly guides: readonly Guide[]
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
}

/** Adds the route below `/api/v1`. */
export function addGuidesRoute(app: FastifyInstance, { guides, identify }: GuidesRouteParts): void {
  const response = { 200: GuidesReply, 401: HttpError }
  app.get('/guides', { schema: { response } }, async (request, reply) => {
    const person = await identify(request.headers.cookie)
    if (person === undefined) return sendError(reply, 401, 'not-signed-in', 'sign in first')
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
