/**
 * The city the server works with, followed when it is changed: by a page, as text, or past this server. First the directory,
 * then the policy, which names things of it; then whoever is connected has what holds now.
 */
import type { RoutingHost } from './host/routing-host.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import { watchCity } from './store/city-changes.ts'
import type { LoadedDirectory, Person } from './store/directory.ts'

export type CityParts = {
  readonly databaseUrl: string
  readonly directory: LoadedDirectory
  readonly policy: PolicyInForce
  readonly host: RoutingHost
  /** Tells those who are connected, and closes kiosks that are no more. */
  readonly onFollowed: () => void
  /** Somebody is no more, or something else than before: their connections end, and they may not come back as who they were. */
  readonly dismiss: (agentId: string) => Promise<void>
  readonly onNews: (message: string, facts: Readonly<Record<string, unknown>>) => void
  readonly onFatal: (error: unknown) => void
}

export class CityInForce {
  readonly #parts: CityParts
  #following: Promise<void> = Promise.resolve()
  #unwatch: (() => Promise<void>) | undefined

  constructor(parts: CityParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const { databaseUrl, onFatal } = this.#parts
    this.#unwatch = await watchCity(databaseUrl, () => void this.followNow(), onFatal)
    // What was changed between the reading of the city and now.
    await this.followNow()
  }

  async stop(): Promise<void> {
    await this.#unwatch?.()
    await this.#following
  }

  /** Resolves once what is kept now is what everybody is told. One after the other. */
  followNow(): Promise<void> {
    this.#following = this.#following.then(() => this.#follow()).catch((error: unknown) => this.#parts.onFatal(error))
    return this.#following
  }

  async #follow(): Promise<void> {
    const { directory, policy, onFollowed, onNews } = this.#parts
    const before = new Map([...directory.people].map(([agentId, person]) => [agentId, { ...person }]))
    await directory.readAgain()
    await policy.loadAgain()
    for (const [agentId, was] of before) await this.#followPerson(was, directory.people.get(agentId))
    onFollowed()
    onNews('city.followed', {
      sites: directory.sites.size,
      kiosks: directory.kiosks.size,
      people: directory.people.size,
    })
  }

  /** What the engine knows of somebody who is at work: their centre and what they can. */
  async #followPerson(was: Person, is: Person | undefined): Promise<void> {
    const { host, dismiss } = this.#parts
    if (is === undefined || is.role !== was.role) {
      await host.submit({ type: 'agent.signed-out', agentId: was.agentId })
      await dismiss(was.agentId)
      return
    }
    const { agentId, centreId, attributes } = is
    const agent = host.state.agents.get(agentId)
    // Who is away without a connection has what holds when they come back.
    if (agent === undefined || agent.lostAt !== null) return
    if (centreId === was.centreId && JSON.stringify(attributes) === JSON.stringify(was.attributes)) return
    await host.submit({ type: 'agent.signed-in', agentId, centreId, attributes })
  }
}
