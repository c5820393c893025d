/** What the scripted server answers to a question about a day to come, held to the contract's own schemas. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '#server/contract/errors.ts'
import { ForecastQuery, ForecastReply, RosterBody, RosterCsvBody, RosterReply } from '#server/contract/forecast.ts'
import { WhatIfBody, WhatIfState } from '#server/contract/what-if.ts'
import { forecastFor } from './made-up-forecast.ts'

type Answer = ForecastReply | ErrorCode | Promise<ForecastReply>

export class ScriptedTomorrow {
  /** What is answered; a code is a failure. */
  answer: (query: Record<string, string>) => Answer = forecastFor
  /** The questions, in the order in which they came. */
  readonly asked: Record<string, string>[] = []

  /** What came to be planned, as it was sent. */
  readonly planned: (RosterBody | RosterCsvBody)[] = []
  /** What writing a roster is answered with; a code is a failure. */
  rosterAnswer: RosterReply | ErrorCode = { writtenCount: 24, faultsCount: 0, faults: [] }

  /** What was asked of days that were, and what is answered; a code is a failure. */
  readonly whatIfAsked: WhatIfBody[] = []
  whatIf: WhatIfState | ErrorCode = { kind: 'none' }

  addTo(app: FastifyInstance): void {
    const schema = { querystring: ForecastQuery, response: { 200: ForecastReply } }
    app.get<{ Querystring: Record<string, string> }>('/api/v1/forecast', { schema }, async ({ query }, reply) => {
      this.asked.push(query)
      const answer = await this.answer(query)
      if (typeof answer !== 'string') return answer
      const status = answer === 'bad-request' ? 400 : answer === 'not-signed-in' ? 401 : 503
      return reply.status(status as 200).send({ error: { code: answer, message: 'as the test wants it' } } as never)
    })
    for (const [path, body] of [
      ['/api/v1/roster', RosterBody],
      ['/api/v1/roster/csv', RosterCsvBody],
    ] as const) {
      const rosterSchema = { body, response: { 200: RosterReply } }
      app.post<{ Body: RosterBody | RosterCsvBody }>(path, { schema: rosterSchema }, async (request, reply) => {
        this.planned.push(request.body)
        if (typeof this.rosterAnswer !== 'string') return this.rosterAnswer
        const error = { code: this.rosterAnswer, message: 'as the test wants it' }
        return reply.status(503 as 200).send({ error } as never)
      })
    }
    const answerWhatIf = (reply: FastifyReply) => {
      if (typeof this.whatIf !== 'string') return this.whatIf
      const error = { code: this.whatIf, message: 'as the test wants it' }
      return reply.status(this.whatIf === 'too-many-requests' ? 429 : 503).send({ error } as never)
    }
    const asksWhatIf = { schema: { response: { 200: WhatIfState } } }
    app.get('/api/v1/what-if', asksWhatIf, async (_request, reply) => answerWhatIf(reply))
    const posts = { schema: { body: WhatIfBody, response: { 200: WhatIfState } } }
    app.post<{ Body: WhatIfBody }>('/api/v1/what-if', posts, async (request, reply) => {
      this.whatIfAsked.push(request.body)
      return answerWhatIf(reply)
    })
  }
}
