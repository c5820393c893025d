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

type PolicyWorld = {
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: LoadedDirectory
  readonly host: RoutingHost
  readonly log: Logger
  readonly onFatal: (error: unknown) => void
}

/** The policy in force, followed from now on. The host must be running. */
export async function startPolicy({ config, log, ...rest }: PolicyWorld): Promise<PolicyInForce> {
  const policy = new PolicyInForce({ ...rest, databaseUrl: config.databaseUrl, onNews: newsOf(log) })
  await policy.start()
  return policy
}

const newsOf = (log: Logger) => (message: string, facts: Readonly<Record<string, unknown>>) => {
  if (message === 'policy.loaded') log.info(facts, message)
  else log.error(facts, message)
}

type CityWorld = PolicyWorld & { readonly policy: PolicyInForce; readonly audiences: Audiences }

/** The city, followed from now on. */
export async function startCity({ config, db, audiences, log, ...rest }: CityWorld): Promise<CityInForce> {
  const city = new CityInForce({
    ...rest,
    databaseUrl: config.databaseUrl,
    onFollowed: () => audiences.refreshCity(),
    dismiss: async (agentId) => {
      await endSignInsOf(db, agentId)
      audiences.dismissAgent(agentId)
    },
    onNews: (message, facts) => log.info(facts, message),
  })
  await city.start()
  return city
}
