/** Everything that is answered from what was counted: figures, reports, raw events, open data, and what is to be expected of a day. */
import type { FastifyInstance } from 'fastify'
import type { ServerConfig } from '#server/config.ts'
import type { PolicyInForce } from '#server/policy-in-force.ts'
import type { State } from '#server/routing/state.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { WhatIfDesk } from '#server/what-if/what-if-desk.ts'
import { addFiguresRoute } from './figures.ts'
import { addForecastRoute } from './forecast.ts'
import { addOpenDataRoute } from './open-data.ts'
import { addRawEventRoutes } from './raw-events.ts'
import { addReportMailRoutes } from './report-mails.ts'
import { addReportRoutes } from './reports.ts'
import { addRosterRoutes } from './roster.ts'
import { addWhatIfRoutes } from './what-if.ts'

export type CountedParts = {
  readonly db: Database
  readonly directory: Directory
  readonly policy: PolicyInForce
  readonly state: () => State
  readonly config: Pick<ServerConfig, 'openDataCountMin' | 'databaseUrl' | 'smtpUrl'>
}

/** Adds the routes below `/api/v1`. */
export function addCountedRoutes(app: FastifyInstance, parts: CountedParts): void {
  const { db, directory, policy, state, config } = parts
  const { openDataCountMin: countMin, databaseUrl, smtpUrl } = config
  addFiguresRoute(app, { db, directory, outcomesOf: policy.outcomesOf })
  addReportRoutes(app, { db, directory })
  addReportMailRoutes(app, { db, canSend: smtpUrl !== undefined, now: () => Date.now() })
  addRawEventRoutes(app, { db })
  if (countMin > 0) addOpenDataRoute(app, { db, countMin, now: () => Date.now() })
  const rules = { policy: () => state().policy, targets: () => policy.targets, calendar: () => policy.calendar }
  addForecastRoute(app, { db, directory, ...rules })
  addRosterRoutes(app, { db, policy: () => state().policy })
  const onFault = (error: unknown) => app.log.error({ err: error }, 'what-if.failed')
  const desk = new WhatIfDesk({ databaseUrl, onFault })
  addWhatIfRoutes(app, { desk, isQueue: (queueId) => Object.hasOwn(state().policy.queues, queueId) })
}
