/** [R46] A supervisor closes a site with a message on its screens, and opens it again. */
import { CLOSED_MINUTES_MAX } from '#server/contract/floor-sites.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import { closedSiteAt } from '#server/routing/sites.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { Audiences } from './audiences.ts'
import type { NoticeBoard } from './notice-board.ts'
import { must } from './outcome.ts'
import type { Wall } from './wall.ts'

export type SiteParts = {
  readonly host: Pick<RoutingHost, 'state' | 'submit'>
  readonly directory: Pick<Directory, 'sites'>
  readonly notices: Pick<NoticeBoard, 'stand' | 'takeBack'>
  readonly audiences: Pick<Audiences, 'refreshNotices'>
  readonly wall: Pick<Wall, 'snapshot'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type Actions = 'site.close' | 'site.open'

const MINUTE_MS = 60_000

/** The handlers of sites. They throw `unknown-place` for one that is not there, and `too-many-notices` as any message to screens does. */
export function siteHandlers(parts: SiteParts): Pick<Handlers<typeof supervisorRequests, Person>, Actions> {
  const { host, directory, notices, audiences, wall, now } = parts
  const closedAt = (siteId: string) => closedSiteAt(host.state.closedSites, siteId, now())
  const mustKnow = (siteId: string) => {
    if (!directory.sites.has(siteId)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such site')
  }
  return {
    'site.close': async (person, { siteId, noticeId, labels, minutes }) => {
      mustKnow(siteId)
      const known = closedAt(siteId)
      if (known?.noticeId === noticeId) return wall.snapshot()
      const until = minutes === null ? null : now() + minutes * MINUTE_MS
      const expiresAt = until ?? now() + CLOSED_MINUTES_MAX * MINUTE_MS
      // The message first, so that no screen is closed without a word.
      await notices.stand({ noticeId, audience: { kind: 'site', siteId }, labels, expiresAt }, person)
      const refusal = await host.submit({ type: 'site.closed', siteId, until, noticeId, byId: person.agentId })
      if (refusal !== undefined) await notices.takeBack(noticeId)
      must(refusal)
      if (known !== undefined) await notices.takeBack(known.noticeId)
      audiences.refreshNotices()
      return wall.snapshot()
    },
    'site.open': async (person, { siteId }) => {
      mustKnow(siteId)
      const known = closedAt(siteId)
      if (known === undefined) return wall.snapshot()
      must(await host.submit({ type: 'site.opened', siteId, byId: person.agentId }))
      await notices.takeBack(known.noticeId)
      audiences.refreshNotices()
      return wall.snapshot()
    },
  }
}
