/** What supervisors ask of reports by e-mail: which are sent, another one, one no more. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { REPORT_MAILS_MAX, ReportMailBody, ReportMailParams, ReportMailsReply } from '#server/contract/report-mails.ts'
import { cityDateOf } from '#server/figures/calendar.ts'
import { lastPeriods } from '#server/jobs/report-mails.ts'
import type { Database } from '#server/store/database.ts'
import type { Person } from '#server/store/directory.ts'
import { dropReportMail, keepReportMail, reportMails } from '#server/store/report-mails.ts'
import { mailedQuestion } from './report-mail.ts'
import { sendError } from './sign-in.ts'

export type ReportMailParts = {
  readonly db: Database
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  /** Whether a mail server is known. */
  readonly canSend: boolean
  /** In ms since 1970. */
  readonly now: () => number
}

const response = { 200: ReportMailsReply, 400: HttpError, 401: HttpError, 403: HttpError }

/** Adds the routes below `/api/v1`. */
export function addReportMailRoutes(app: FastifyInstance, { db, identify, canSend, now }: ReportMailParts): void {
  const supervisor = async (request: FastifyRequest, reply: FastifyReply) => {
    const person = await identify(request.headers.cookie)
    if (person?.role === 'supervisor') return person
    if (person === undefined) sendError(reply, 401, 'not-signed-in', 'sign in first')
    else sendError(reply, 403, 'not-allowed', 'for supervisors')
    return undefined
  }
  const all = async () => ({ canSend, mails: await reportMails(db) })

  app.get('/report-mails', { schema: { response } }, async (request, reply) => {
    if ((await supervisor(request, reply)) === undefined) return reply
    return reply.send(await all())
  })

  app.post<{ Params: ReportMailParams; Body: ReportMailBody }>(
    '/report-mails/:mailId',
    { schema: { params: ReportMailParams, body: ReportMailBody, response } },
    async (request, reply) => {
      const person = await supervisor(request, reply)
      if (person === undefined) return reply
      const { mailId } = request.params
      const period = lastPeriods(cityDateOf(now()))[request.body.every]
      try {
        mailedQuestion(request.body.question, period)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return sendError(reply, 400, 'bad-request', error.message)
      }
      if ((await reportMails(db)).filter((mail) => mail.mailId !== mailId).length >= REPORT_MAILS_MAX)
        return sendError(reply, 400, 'bad-request', `${REPORT_MAILS_MAX} reports are sent already`)
      await keepReportMail(db, { mailId, ...request.body }, period.from)
      // Who has figures sent is to be seen; to whom is not for a log.
      request.log.info({ agentId: person.agentId, mailId }, 'report-mail.set')
      return reply.send(await all())
    },
  )

  app.post<{ Params: ReportMailParams }>(
    '/report-mails/:mailId/drop',
    { schema: { params: ReportMailParams, response } },
    async (request, reply) => {
      const person = await supervisor(request, reply)
      if (person === undefined) return reply
      const { mailId } = request.params
      if (await dropReportMail(db, mailId)) request.log.info({ agentId: person.agentId, mailId }, 'report-mail.dropped')
      return reply.send(await all())
    },
  )
}
