/** What the scripted server answers to somebody who looks for their own calls. */
import type { FastifyInstance } from 'fastify'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { MyCall, MyCallsQuery, MyCallsReply } from '#server/contract/my-calls.ts'
import { CALL_ID, branded } from './people.ts'

/** One of Sara's calls of today, or how it was otherwise. */
export function myCall(nowAt: number, changes: Partial<Record<keyof MyCall, unknown>> = {}): MyCall {
  return branded({
    callId: CALL_ID,
    ticket: 'K7M4QX',
    siteName: 'Nørrebro Bibliotek',
    serviceLabels: { da: 'Borgerservice', en: 'Citizen service' },
    matterLabels: { da: 'Pas og kørekort', en: 'Passport and driving licence' },
    language: 'da',
    mode: 'video',
    isBeside: false,
    acceptedAt: nowAt - 600_000,
    hungUpAt: nowAt - 412_000,
    outcome: 'answered',
    outcomes: [{ code: 'appointment', labels: { da: 'Tid bestilt', en: 'Appointment booked' } }],
    isSolvedFirst: true,
    note: { kind: 'kept', text: 'Kommer igen med fødselsattest.', until: nowAt + 30 * 86_400_000 },
    ...changes,
  })
}

export class ScriptedMyCalls {
  /** What is answered; a code is a failure. */
  answer: (query: MyCallsQuery) => Pick<MyCallsReply, 'calls' | 'nextBefore'> | ErrorCode | Promise<never> = () => ({
    calls: [],
    nextBefore: null,
  })
  readonly asked: MyCallsQuery[] = []

  addTo(app: FastifyInstance): void {
    app.get<{ Querystring: MyCallsQuery }>('/api/v1/my/calls', async ({ query }, reply) => {
      this.asked.push(query)
      const answer = await this.answer(query)
      const outcomeChoices = [{ code: 'appointment', labels: { da: 'Tid bestilt', en: 'Appointment booked' } }]
      if (typeof answer !== 'string') return { ...answer, outcomeChoices }
      return reply.status(503).send({ error: { code: answer, message: 'as the test wants it' } })
    })
  }
}
