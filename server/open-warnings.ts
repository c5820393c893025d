/** The warnings, joined to what they look at and where they are kept. */
import type { ServerConfig } from './config.ts'
import { PAST_MS, PAST_WARNINGS_MAX } from './contract/warnings.ts'
import type { RoutingHost } from './host/routing-host.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import { openness } from './routing/hours.ts'
import type { Audiences } from './socket/audiences.ts'
import { branded } from './socket/branded.ts'
import type { KioskHealth } from './socket/kiosk-health.ts'
import { warningForSupervisor } from './socket/supervisor-view.ts'
import type { Database } from './store/database.ts'
import type { Directory } from './store/directory.ts'
import type { Today } from './store/today-figures.ts'
import { acknowledgeWarnings, clearWarning, openWarnings, pastWarnings, raiseWarning } from './store/warnings.ts'
import type { Logger } from './telemetry/log.ts'
import { brokenPromises } from './warnings/broken-promises.ts'
import type { Floor } from './warnings/readings.ts'
import { Warnings } from './warnings/warnings.ts'

export type WarningsWorld = {
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: Directory
  readonly log: Logger
  readonly today: Today
  readonly host: () => RoutingHost
  readonly policy: () => PolicyInForce
  readonly audiences: () => Audiences
  readonly health: () => KioskHealth
}

/** Not looking yet. */
export function warningsOf(world: WarningsWorld): Warnings {
  const { db, directory, log, policy, audiences } = world
  const { webhookUrls } = world.config
  return new Warnings({
    rules: () => policy().warningRules,
    floor: () => floorOf(world),
    store: {
      open: () => openWarnings(db),
      raise: (warning) => raiseWarning(db, warning, webhookUrls),
      clear: (warning, at) => clearWarning(db, warning, at, webhookUrls),
      acknowledge: (warningIds, agentId, at) => acknowledgeWarnings(db, warningIds, agentId, at),
    },
    past: async () => {
      const past = await pastWarnings(db, Date.now() - PAST_MS, PAST_WARNINGS_MAX)
      const told = past.map((warning) => ({
        ...warningForSupervisor(directory, warning),
        clearedAt: warning.clearedAt,
      }))
      return branded({ warnings: told })
    },
    now: () => Date.now(),
    onChange: () => audiences().wall.refreshNow(),
    onFault: (error) => log.warn({ err: error }, 'warnings.not-kept'),
  })
}

function floorOf({ directory, today, host, audiences, health }: WarningsWorld): Floor {
  const { state } = host()
  const { index } = audiences()
  const at = Math.max(Date.now(), state.at)
  const broken = brokenPromises(state.calls.values(), at, state.policy.callbackLateMs)
  const queues = [...directory.queues.values()].map(({ id: queueId, language }) => {
    const { oldestQueuedAt, agentsSignedInCount } = index.countsOf(queueId)
    const {
      answered = 0,
      abandoned = 0,
      abandonedShort = 0,
      answeredInTime = 0,
    } = today.lastHalfHour.get(queueId) ?? {}
    const calendarIds = state.policy.queues[queueId]?.calendarIds ?? []
    const isPaused = state.queues.get(queueId)?.isPaused ?? false
    const isOpen = !isPaused && openness(state.hours, calendarIds, at).isOpen
    const brokenPromisesCount = broken.get(queueId) ?? 0
    const lately = { answeredInTime, counted: answered + abandoned - abandonedShort }
    return { queueId, language, isOpen, oldestQueuedAt, agentsSignedInCount, brokenPromisesCount, ...lately }
  })
  const kiosks = [...directory.kiosks.keys()].map((kioskId) => ({ kioskId, isSilent: health().isSilentInUse(kioskId) }))
  return { at, queues, kiosks }
}
