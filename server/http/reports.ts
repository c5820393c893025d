/** `GET /api/v1/reports` for supervisors, and `GET /api/v1/reports/agents`, which agents ask of themselves and supervisors of their centre. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import {
  AgentReportQuery,
  AgentReportReply,
  CallbackReportQuery,
  CallbackReportReply,
  REPORT_ROWS_MAX,
  ReportNames,
  ReportQuery,
  ReportReply,
  type ReportPeriod,
} from '#server/contract/reports.ts'
import {
  AGENT_FIGURES,
  CALL_FIGURES,
  CALLBACK_FIGURES,
  DEFINITIONS_VERSION,
  HEADLINE,
  type Definition,
} from '#server/figures/definitions.ts'
import { agentRowOf, callbackReportOf, reportOf } from '#server/figures/report.ts'
import { loadCallbackSums } from '#server/store/callback-report.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { loadReportNames } from '#server/store/report-names.ts'
import { figuresAsOf, loadAgentSums, loadSums, type ReportRange } from '#server/store/reports.ts'
import { askedOf, rangeOf, type Asked } from './report-question.ts'
import { reportLines, toCsv, toXlsx } from './report-tables.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type ReportsParts = {
  readonly db: Database
  readonly directory: Directory
}

const TOO_MANY = `more than ${REPORT_ROWS_MAX} rows: ask for a longer interval, fewer groups or less time`
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const errors = { 400: HttpError, 401: HttpError, 403: HttpError }

/** Adds the routes below `/api/v1`. */
export function addReportRoutes(app: FastifyInstance, parts: ReportsParts): void {
  const { db } = parts
  app.get<{ Querystring: ReportQuery }>(
    '/reports',
    { schema: { querystring: ReportQuery, response: { 200: { content: answers(ReportReply) }, ...errors } } },
    async (request, reply) => {
      return await orBadRequest(reply, async () => {
        const report = await reportFor(db, askedOf(request.query))
        const { format = 'json' } = request.query
        if (format === 'json') return reply.type('application/json').send(report)
        const lines = reportLines(report)
        reply.header('content-disposition', `attachment; filename="report.${format}"`)
        if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(toCsv(lines))
        return reply.type(XLSX).send(await toXlsx(lines))
      })
    },
  )
  app.get('/reports/names', { schema: { response: { 200: ReportNames, ...errors } } }, async (_request, reply) => {
    return reply.send(await loadReportNames(db))
  })
  app.get<{ Querystring: CallbackReportQuery }>(
    '/reports/callbacks',
    { schema: { querystring: CallbackReportQuery, response: { 200: CallbackReportReply, ...errors } } },
    async (request, reply) => {
      return await orBadRequest(reply, async () => reply.send(await callbackReportFor(db, askedOf(request.query))))
    },
  )
  app.get<{ Querystring: AgentReportQuery }>(
    '/reports/agents',
    { schema: { querystring: AgentReportQuery, response: { 200: AgentReportReply, ...errors } } },
    async (request, reply) => {
      const agentIds = request.query.agent?.split(',') ?? agentsOf(parts.directory, signedIn(request))
      return await orBadRequest(reply, async () => {
        const agents = agentIds.map((agentId) => ({ agentId, name: nameOf(parts.directory, agentId) }))
        return reply.send({ agents, ...(await agentReportFor(db, request.query, agentIds)) })
      })
    },
  )
}

/** Only JSON is written by its schema; the rest is written already. */
function answers(json: typeof ReportReply) {
  return { 'application/json': { schema: json } }
}

/** An agent sees themselves; a supervisor, who belongs to one centre, its agents. */
function agentsOf(directory: Directory, { role, agentId, centreId }: Person): string[] {
  if (role !== 'supervisor') return [agentId]
  return [...directory.people.values()].filter((other) => other.centreId === centreId).map((other) => other.agentId)
}

const nameOf = ({ people }: Directory, agentId: string): string => people.get(agentId)?.name ?? agentId

async function orBadRequest(reply: FastifyReply, work: () => Promise<unknown>) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return sendError(reply, 400, 'bad-request', error.message)
  }
}

/** The report of a question. Throws RangeError where it has too many rows. */
export async function reportFor(db: Database, asked: Asked): Promise<ReportReply> {
  const { range, compared, interval } = asked
  const [asOf, period, comparison] = await Promise.all([
    figuresAsOf(db),
    periodOf(db, asked, range),
    compared === null ? null : periodOf(db, asked, compared),
  ])
  const definitions = named(CALL_FIGURES)
  return {
    definitionsVersion: DEFINITIONS_VERSION,
    headline: HEADLINE,
    definitions,
    asOf,
    interval,
    ...period,
    comparison,
  }
}

async function periodOf(
  db: Database,
  { interval, groupBy, filters }: Asked,
  range: ReportRange,
): Promise<ReportPeriod> {
  const rows = await loadSums(db, { range, interval, groupBy, filters, rowsMax: REPORT_ROWS_MAX })
  if (rows.length > REPORT_ROWS_MAX) throw new RangeError(TOO_MANY)
  return { from: range.from, to: range.to, ...(await reportOf(rows)) }
}

async function callbackReportFor(db: Database, { range, compared, ...asked }: Asked): Promise<CallbackReportReply> {
  const of = async ({ from, to, dates }: ReportRange) => {
    const rows = await loadCallbackSums(db, { ...asked, range: { from, to, dates }, rowsMax: REPORT_ROWS_MAX })
    if (rows.length > REPORT_ROWS_MAX) throw new RangeError(TOO_MANY)
    return { from, to, ...callbackReportOf(rows) }
  }
  const [period, comparison] = await Promise.all([of(range), compared === null ? null : of(compared)])
  const definitions = named(CALLBACK_FIGURES)
  return { definitionsVersion: DEFINITIONS_VERSION, definitions, ...period, comparison }
}

async function agentReportFor(db: Database, query: AgentReportQuery, agentIds: readonly string[]) {
  const range = rangeOf(query.from, query.to)
  const { interval = 'whole' } = query
  const rows = await loadAgentSums(db, { range, interval, agentIds, rowsMax: REPORT_ROWS_MAX })
  if (rows.length > REPORT_ROWS_MAX) throw new RangeError(TOO_MANY)
  const { from, to } = range
  const head = {
    definitionsVersion: DEFINITIONS_VERSION,
    definitions: named(AGENT_FIGURES),
    asOf: await figuresAsOf(db),
  }
  return { ...head, from, to, rows: rows.map(agentRowOf) }
}

function named<S>(definitions: readonly Definition<S>[]) {
  return definitions.map(({ name, kind, formula }) => ({ name, kind, formula }))
}
