/** What the scripted server answers to a question for a report, held to the contract's own schemas. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '#server/contract/errors.ts'
import {
  ReportMailBody,
  ReportMailParams,
  ReportMailsReply,
  type ReportMailView,
} from '#server/contract/report-mails.ts'
import {
  AgentReportQuery,
  AgentReportReply,
  CallbackReportQuery,
  CallbackReportReply,
  ReportNames,
  ReportQuery,
  ReportReply,
} from '#server/contract/reports.ts'
import { agentsFor } from './made-up-agents.ts'
import { callbacksFor, reportFor, reportNames } from './made-up-reports.ts'
import { niels, sara } from './people.ts'

type Answer = ReportReply | ErrorCode | Promise<ReportReply>

/** Two reports by e-mail: one that goes out, and one that cannot. */
export const mailsReply = (): ReportMailsReply => ({
  canSend: true,
  mails: [
    {
      ...{ mailId: 'weekly', title: 'Ugen på bibliotekerne', question: 'interval=day&group=site&service=library' },
      ...{ every: 'week', recipients: ['leder@example.org', 'chef@example.org'] },
      ...{ sentAt: Date.parse('2026-11-23T05:10:00Z'), failingSince: null, refusedCount: 1 },
    },
    {
      ...{ mailId: 'monthly', title: 'Måneden', question: 'interval=whole', every: 'month' },
      ...{ recipients: ['nobody@example.org'], sentAt: null },
      ...{ failingSince: Date.parse('2026-11-01T05:10:00Z'), refusedCount: 0 },
    },
  ],
})

export class ScriptedReports {
  /** What is answered; a code is a failure. */
  answer: (query: Record<string, string>) => Answer = reportFor
  /** The questions for agents' own figures. */
  readonly agentsAsked: Record<string, string>[] = []
  /** What is answered about promised callbacks. */
  callbacks: (query: Record<string, string>) => CallbackReportReply = callbacksFor
  /** What is answered about reports by e-mail; a code is a failure. */
  mails: ReportMailsReply | ErrorCode = mailsReply()
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
    this.#addMails(app)
    app.get<{ Querystring: Record<string, string> }>(
      '/api/v1/reports/agents',
      { schema: { querystring: AgentReportQuery, response: { 200: AgentReportReply } } },
      async ({ query, headers }) => {
        this.agentsAsked.push(query)
        return agentsFor(query, headers.cookie?.includes(niels.agentId) === true ? niels : sara)
      },
    )
    app.get<{ Querystring: Record<string, string> }>(
      '/api/v1/reports/callbacks',
      { schema: { querystring: CallbackReportQuery, response: { 200: CallbackReportReply } } },
      async ({ query }) => this.callbacks(query),
    )
    app.get('/api/v1/reports/names', { schema: { response: { 200: ReportNames } } }, async () => reportNames)
  }

  #addMails(app: FastifyInstance): void {
    const response = { 200: ReportMailsReply }
    const answer = (reply: FastifyReply) => {
      const { mails } = this
      if (typeof mails !== 'string') return mails
      return reply.status(503 as 200).send({ error: { code: mails, message: 'as the test wants it' } } as never)
    }
    const change = (how: (mails: ReportMailView[]) => ReportMailView[]): void => {
      if (typeof this.mails !== 'string') this.mails = { ...this.mails, mails: how(this.mails.mails) }
    }
    app.get('/api/v1/report-mails', { schema: { response } }, async (_, reply) => answer(reply))
    app.post<{ Params: ReportMailParams; Body: ReportMailBody }>(
      '/api/v1/report-mails/:mailId',
      { schema: { params: ReportMailParams, body: ReportMailBody, response } },
      async ({ params: { mailId }, body }, reply) => {
        change((mails) => [...mails, { mailId, ...body, sentAt: null, failingSince: null, refusedCount: 0 }])
        return answer(reply)
      },
    )
    app.post<{ Params: ReportMailParams }>(
      '/api/v1/report-mails/:mailId/drop',
      { schema: { params: ReportMailParams, response } },
      async ({ params }, reply) => {
        change((mails) => mails.filter(({ mailId }) => mailId !== params.mailId))
        return answer(reply)
      },
    )
  }
}
