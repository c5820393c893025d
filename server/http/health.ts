/** Whether the process lives, whether calls can be taken, and what Prometheus reads. */
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

export type HealthParts = {
  /** What stands in the way of taking calls, in words; nothing when calls can be taken. */
  readonly missing: () => Promise<string[]>
  /** The background jobs that are overdue. They stand in the way of no call, so the server is ready all the same, and says so. */
  readonly overdue: () => Promise<string[]>
  /** What Prometheus reads here; undefined where that is on a port of its own. */
  readonly registry: Registry | undefined
}

/** What is missing in a city that nobody has set up yet: everything runs, and there is no kiosk to call from. */
export const NO_KIOSK = 'no kiosk is set up'

/** Adds `/health/live`, `/health/ready` and, where it is to be read here, `/metrics`. */
export function addHealthRoutes(app: FastifyInstance, { missing, overdue, registry }: HealthParts): void {
  app.get('/health/live', () => ({ live: true }))
  app.get('/health/ready', async (_request, reply) => {
    const [what, late] = await Promise.all([missing(), overdue()])
    const jobs = late.length === 0 ? {} : { overdue: late }
    return reply.status(what.length === 0 ? 200 : 503).send({ ready: what.length === 0, missing: what, ...jobs })
  })
  if (registry === undefined) return
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}
