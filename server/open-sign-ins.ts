/** Who is signed in, and what becomes of their open pages when they are not any more. */
import type { FastifyInstance } from 'fastify'
import type { Server } from 'socket.io'
import { CitySignIn } from './auth/city-sign-in.ts'
import type { ServerConfig } from './config.ts'
import type { RoutingHost } from './host/routing-host.ts'
import { accountGuards, addSignInRoutes, identifier, type SignInParts } from './http/sign-in.ts'
import { addAccountRoutes } from './http/sign-in-account.ts'
import { addCityRoutes, type CityParts } from './http/sign-in-city.ts'
import { readCitySignIn } from './city-sign-in-file.ts'
import { LiveSignIns } from './socket/live-sign-ins.ts'
import type { Database } from './store/database.ts'
import type { Directory, Person } from './store/directory.ts'
import { endOwnSignIns, findSignIn, noteUse, watchEndedSignIns } from './store/sign-ins.ts'
import type { Logger } from './telemetry/log.ts'

const now = (): number => Date.now()

/** What is open to whoever has yet to set up the second factor of their role. Each answers them by itself. */
const SETS_UP: ReadonlySet<string> = new Set(
  ['/session', '/account', '/account/second-factor', '/account/second-factor/on'].map((path) => `/api/v1${path}`),
)

export type SignIns = {
  /** Adds the routes below `/api/v1`. `signOut` takes somebody out of the engine. */
  addRoutes(api: FastifyInstance, signOut: SignInParts['signOut']): void
  /** From here on the pages of people live no longer than their sign-ins. */
  follow(io: Server): void
  /** Who the cookies of a request or a socket belong to; `url`: the pattern of the route that is asked. */
  readonly identify: (cookies: string | undefined, url?: string) => Promise<Person | undefined>
  stop(): void
}

type Parts = {
  readonly followCity: () => Promise<void>
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: Directory
  readonly log: Logger
  readonly host: Pick<RoutingHost, 'state'>
  readonly onFatal: (error: unknown) => void
}

/** Follows the sign-ins from here on. `onFatal`: an end could be missed. */
export async function openSignIns({ config, db, directory, log, host, followCity, onFatal }: Parts): Promise<SignIns> {
  const { hasSecureCookies, signInMs, signInIdleMs, checkOutgoing } = config
  const limits = { signInMs, signInIdleMs }
  const parts = {
    db,
    directory,
    hasSecureCookies,
    limits,
    secondFactorRoles: config.secondFactorRoles,
    ...accountGuards(config.mediaSecret, now),
  }
  const city = openCityDoor(config, directory, followCity)
  const live = new LiveSignIns(
    {
      hasSecureCookies,
      signInMs,
      now,
      store: {
        find: (tokenHash) => findSignIn(db, tokenHash, limits),
        noteUse: (signInIds) => noteUse(db, signInIds),
        end: ({ agentId, signInId }) => endOwnSignIns(db, agentId, { signInId }, 'limit'),
      },
      isBusy: (agentId) => (host.state.agents.get(agentId)?.work.kind ?? 'idle') !== 'idle',
      bindOptions: { onBug: onFatal, checkOutgoing },
    },
    (error) => log.warn({ err: error }, 'sign-ins.not-looked-at'),
  )
  const unwatch = await watchEndedSignIns(config.databaseUrl, (signInId, why) => live.ended(signInId, why), onFatal)
  const who = identifier(parts)
  return {
    addRoutes: (api, signOut) => {
      addSignInRoutes(api, { ...parts, signOut })
      addAccountRoutes(api, { ...parts, signOut })
      addCityRoutes(api, { ...parts, signOut }, city)
    },
    follow: (io) => ['/agent', '/supervisor'].forEach((name) => live.follow(io.of(name))),
    identify: async (cookies, url) => {
      const known = await who(cookies)
      return known?.mustSetUpFactor === true && !SETS_UP.has(url ?? '') ? undefined : known?.person
    },
    stop: () => {
      live.stop()
      void unwatch()
    },
  }
}

/** The way in by the city's own sign-in, where there is one. Throws with a sentence where the file is wrong. */
function openCityDoor(
  { citySignInFile: file, citySignInSecret: clientSecret }: ServerConfig,
  { centreIds }: Pick<Directory, 'centreIds'>,
  followNow: () => Promise<void>,
): CityParts | undefined {
  if (file === undefined || clientSecret === undefined) return undefined
  const { issuer, clientId, ownOrigin, roles, enter, ...claims } = readCitySignIn(file)
  if (enter !== undefined && !centreIds.has(enter.centreId))
    throw new Error(`${file}: there is no centre ${enter.centreId}`)
  const door = new CitySignIn({
    issuer,
    clientId,
    clientSecret,
    callbackUrl: `${ownOrigin}/api/v1/sign-in/city/back`,
    groupsClaim: claims.groupsClaim ?? 'groups',
    usernameClaim: claims.usernameClaim ?? 'preferred_username',
    roles,
  })
  return { door, issuer, enter, followNow }
}
