/** Who is signed in, and what becomes of their open pages when they are not any more. */
import type { FastifyInstance } from 'fastify'
import type { Server } from 'socket.io'
import type { ServerConfig } from './config.ts'
import type { RoutingHost } from './host/routing-host.ts'
import { addSignInRoutes, identifier, type SignInParts } from './http/sign-in.ts'
import { addAccountRoutes } from './http/sign-in-account.ts'
import { LiveSignIns } from './socket/live-sign-ins.ts'
import type { Database } from './store/database.ts'
import type { Directory, Person } from './store/directory.ts'
import { endOwnSignIns, findSignIn, noteUse, watchEndedSignIns } from './store/sign-ins.ts'
import type { Logger } from './telemetry/log.ts'

export type SignIns = {
  /** Adds the routes below `/api/v1`. `signOut` takes somebody out of the engine. */
  addRoutes(api: FastifyInstance, signOut: SignInParts['signOut']): void
  /** From here on the pages of people live no longer than their sign-ins. */
  follow(io: Server): void
  /** Who the cookies of a request or a socket belong to. */
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  stop(): void
}

type Parts = {
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: Directory
  readonly log: Logger
  readonly host: Pick<RoutingHost, 'state'>
  readonly onFatal: (error: unknown) => void
}

/** Follows the sign-ins from here on. `onFatal`: an end could be missed. */
export async function openSignIns({ config, db, directory, log, host, onFatal }: Parts): Promise<SignIns> {
  const { hasSecureCookies, signInMs, signInIdleMs, checkOutgoing } = config
  const limits = { signInMs, signInIdleMs }
  const parts = { db, directory, hasSecureCookies, limits }
  const live = new LiveSignIns(
    {
      hasSecureCookies,
      signInMs,
      now: () => Date.now(),
      store: {
        find: (tokenHash) => findSignIn(db, tokenHash, limits),
        noteUse: (signInIds) => noteUse(db, signInIds),
        end: ({ agentId, signInId }) => endOwnSignIns(db, agentId, { signInId }),
      },
      isBusy: (agentId) => (host.state.agents.get(agentId)?.work.kind ?? 'idle') !== 'idle',
      bindOptions: { onBug: onFatal, checkOutgoing },
    },
    (error) => log.warn({ err: error }, 'sign-ins.not-looked-at'),
  )
  const unwatch = await watchEndedSignIns(config.databaseUrl, (signInId) => live.ended(signInId), onFatal)
  const who = identifier(parts)
  return {
    addRoutes: (api, signOut) => {
      addSignInRoutes(api, { ...parts, signOut })
      addAccountRoutes(api, { ...parts, signOut })
    },
    follow: (io) => ['/agent', '/supervisor'].forEach((name) => live.follow(io.of(name))),
    identify: async (cookies) => (await who(cookies))?.person,
    stop: () => {
      live.stop()
      void unwatch()
    },
  }
}
