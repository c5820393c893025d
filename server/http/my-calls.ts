/** `GET /api/v1/my/calls`: an agent's own calls, for that agent alone. */
import type { FastifyInstance } from 'fastify'
import { HttpError, METRICS_RANGE_MS_MAX } from '#server/contract/http.ts'
import { MY_CALLS_PAGE, MyCallsQuery, MyCallsReply, type NoteState } from '#server/contract/my-calls.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { loadMyCalls, type MyCallRow } from '#server/store/my-calls.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type MyCallsParts = {
  readonly db: Database
  readonly directory: Directory
  readonly policy: {
    readonly outcomesOf: (serviceId: string) => readonly { readonly code: string; readonly labels: object }[]
    readonly notesKeptDays: number
  }
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** Adds the route below `/api/v1`. */
export function addMyCallsRoute(app: FastifyInstance, parts: MyCallsParts): void {
  const response = { 200: MyCallsReply, 400: HttpError, 401: HttpError }
  app.get<{ Querystring: MyCallsQuery }>(
    '/my/calls',
    { schema: { querystring: MyCallsQuery, response } },
    async (request, reply) => {
      const { from: fromText, to: toText, before, ...rest } = request.query
      const [from, to] = [Date.parse(fromText), Date.parse(toText)]
      if (!(from < to) || to - from > METRICS_RANGE_MS_MAX) {
        return sendError(reply, 400, 'bad-request', '`from` must be before `to`, and at most 31 days')
      }
      // One more than is told shows whether there are more.
      const search = { agentId: signedIn(request).agentId, from, to, ...rest, limit: MY_CALLS_PAGE + 1 }
      const found = await loadMyCalls(parts.db, before === undefined ? search : { ...search, before: Number(before) })
      const shown = found.slice(0, MY_CALLS_PAGE)
      const nextBefore = found.length > MY_CALLS_PAGE ? String(shown.at(-1)?.acceptedAt ?? 0) : null
      const calls = shown.map((row) => callOf(row, parts.policy))
      // The rows were written from values that fit the contract.
      return reply.send({ calls, nextBefore, outcomeChoices: choicesOf(parts) } as unknown as MyCallsReply)
    },
  )
}

function callOf(
  { serviceId, outcomeCodes, note, isNoteDeleted, writtenAt, ...row }: MyCallRow,
  policy: MyCallsParts['policy'],
) {
  const named = policy.outcomesOf(serviceId)
  const outcomes = outcomeCodes.map((code) => ({
    code,
    labels: named.find((each) => each.code === code)?.labels ?? null,
  }))
  return { ...row, outcomes, note: noteState({ note, isNoteDeleted, writtenAt }, policy.notesKeptDays) }
}

function noteState(row: Pick<MyCallRow, 'note' | 'isNoteDeleted' | 'writtenAt'>, keptDays: number): NoteState {
  const { note, isNoteDeleted, writtenAt } = row
  if (note !== null) return { kind: 'kept', text: note, until: (writtenAt ?? 0) + keptDays * DAY_MS }
  return { kind: isNoteDeleted ? 'deleted' : 'none' }
}

/** A code that several services have stands once, by its first name. */
function choicesOf({ directory, policy }: MyCallsParts) {
  const all = [...directory.serviceIds].flatMap((serviceId) => policy.outcomesOf(serviceId))
  return [...new Map(all.map((choice) => [choice.code, choice])).values()]
}
