/** The city and its policy as they are followed, joined to whoever has to hear of a change. */
import { CityInForce } from './city-in-force.ts'
import type { ServerConfig } from './config.ts'
import type { RoutingHost } from './host/routing-host.ts'
import { PolicyInForce } from './policy-in-force.ts'
import type { Audiences } from './socket/audiences.ts'
import type { Database } from './store/database.ts'
import type { LoadedDirectory } from './store/directory.ts'
import { endSignInsOf } from './store/sign-ins.ts'
import type { Logger } from './telemetry/log.ts'

type CityWorld = {
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: LoadedDirectory
  readonly host: RoutingHost
  readonly audiences: Audiences
  readonly log: Logger
  readonly onFatal: (error: unknown) => void
}

/** Both, followed from now on. The host must be running. */
export async function startCity(world: CityWorld): Promise<{ policy: PolicyInForce; city: CityInForce }> {
  const { config, audiences, log, ...rest } = world
  const shared = { ...rest, databaseUrl: config.databaseUrl }
  const policy = new PolicyInForce({
    ...shared,
    onNews: (message, facts) => {
      if (message === 'policy.loaded') log.info(facts, message)
      else log.error(facts, message)
    },
  })
  await policy.start()
  const city = new CityInForce({
    ...shared,
    policy,
    onFollowed: () => audiences.refreshCity(),
    dismiss: async (agentId) => {
      await endSignInsOf(world.db, agentId)
      audiences.dismissAgent(agentId)
    },
    onNews: (message, facts) => log.info(facts, message),
  })
  await city.start()
  return { policy, city }
}
