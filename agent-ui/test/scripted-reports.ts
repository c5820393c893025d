/** What the scripted server answers to a question for a report, held to the contract's own schemas. */
import type { FastifyInstance } from 'fastify'
import type { ErrorCode } from '#server/contract/errors.ts'
import { ReportNames, ReportQuery, ReportReply } from '#server/contract/reports.ts'
import { reportFor, reportNames } from './made-up-reports.ts'

type Answer = ReportReply | ErrorCode | Promise<ReportReply>

export class ScriptedReports {
  /** What is answered; a code is a failure. */
  answer: (query: Record<string, string>) => Answer = reportFor
  /** The questions, in the order in which they came. */
  readonly asked: Record<string, string>[] = []

  addTo(app: FastifyInstance): void {
    const schema = { querystring: ReportQuery, response: { 200: ReportReply } }
    app.get<{ Querystring: Record<string, string> }>('/api/v1/reports', { schema }, async ({ query }, reply) => {
      this.asked.push(query)
      const answer = await this.answer(query)
      if (typeof answer !== 'string') return answer
      const status = answer === 'bad-request' ? 400 : answer === 'not-signed-in' ? 401 : 503
      return reply.status(status as 200).send({ error: { code: answer, message: 'as the test wants it' } } as never)
    })
    app.get('/api/v1/reports/names', { schema: { response: { 200: ReportNames } } }, async () => reportNames)
  }
}
