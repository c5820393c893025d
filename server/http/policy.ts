/** `GET /api/v1/policy`: the rules in force and the waits they allow at most. */
import type { FastifyInstance } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { PolicyReply } from '#server/contract/policy.ts'
import { classBounds } from '#server/routing/class-bounds.ts'
import type { State } from '#server/routing/state.ts'
import type { WarningRules } from '#server/policy/schema-warnings.ts'
import type { Database } from '#server/store/database.ts'
import { newestPolicy } from '#server/store/policies.ts'

export type PolicyRouteParts = {
  readonly db: Database
  readonly state: () => State
  /** Of what supervisors are warned. */
  readonly warnings: () => WarningRules
}

/** What a bound counts with: a conversation of half an hour with all around it, and a few in danger meanwhile. */
const BOUND_QUESTION = { occupiedMsMax: 30 * 60 * 1_000, firstCallsCount: 2 }

/** Adds the route below `/api/v1`. */
export function addPolicyRoute(app: FastifyInstance, { db, state, warnings }: PolicyRouteParts): void {
  const response = { 200: PolicyReply, 401: HttpError, 403: HttpError }
  app.get('/policy', { schema: { response } }, async (_request, reply) => {
    const now = state()
    const { version, classes } = now.policy
    const kept = await newestPolicy(db)
    return reply.send({
      version,
      loadedAt: kept?.version === version ? kept.loadedAt : null,
      classes: Object.values(classes).map(({ id: classId, headStartMs, slope, isFirst }) => {
        return { classId, headStartMs, slope, isFirst }
      }),
      bounds: classBounds(now, Math.max(Date.now(), now.at), BOUND_QUESTION),
      ...BOUND_QUESTION,
      warnings: warningsOf(warnings()),
      // Ids were checked when the policy was loaded.
    } as unknown as PolicyReply)
  })
}

function warningsOf({ queues, ...city }: WarningRules) {
  return { ...city, queues: Object.entries(queues).map(([queueId, rules]) => ({ queueId, ...rules })) }
}
