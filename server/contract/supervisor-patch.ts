/** What is other in a supervisor's view than in the one before: whole rows, by their ids. */
import { Type, type Static, type TSchema } from 'typebox'
import { AgentId, Instant, QueueId, SiteId } from './ids.ts'
import { Count, strict } from './shapes.ts'
import {
  AgentForSupervisor,
  QueueDay,
  QueueForSupervisor,
  SiteForSupervisor,
  SupervisorView,
} from './supervisor-views.ts'

const Version = Type.Integer({ minimum: 0 })
const MAX = { maxItems: 2000 }

/** `put`: rows that are new or other. `drop`: the ids of rows that are gone. */
const changesOf = <Row extends TSchema, Id extends TSchema>(row: Row, id: Id) =>
  Type.Object({ put: Type.Array(row, MAX), drop: Type.Array(id, MAX) }, strict)

const { warnings, notices, kiosks } = SupervisorView.properties

export const SupervisorPatch = Type.Object(
  {
    /** The version that it is to be laid upon; upon any other it means nothing. */
    from: Version,
    version: Version,
    at: Instant,
    queues: Type.Optional(changesOf(QueueForSupervisor, QueueId)),
    days: Type.Optional(changesOf(QueueDay, QueueId)),
    agents: Type.Optional(changesOf(AgentForSupervisor, AgentId)),
    sites: Type.Optional(changesOf(SiteForSupervisor, SiteId)),
    /** These are few, and told whole. */
    warnings: Type.Optional(warnings),
    notices: Type.Optional(notices),
    kiosks: Type.Optional(kiosks),
    sitesCount: Type.Optional(Count),
    kiosksOnlineCount: Type.Optional(Count),
    kiosksCount: Type.Optional(Count),
  },
  strict,
)
export type SupervisorPatch = Static<typeof SupervisorPatch>

/** The parts of a view that have rows, and what a row is known by. */
export const ROW_IDS = { queues: 'queueId', days: 'queueId', agents: 'agentId', sites: 'siteId' } as const
export const WHOLE_PARTS = ['warnings', 'notices', 'kiosks', 'sitesCount', 'kiosksOnlineCount', 'kiosksCount'] as const
