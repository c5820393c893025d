/** [R46] Closing a site with a message on its screens, and opening it again. */
import { Type, type Static } from 'typebox'
import { Labels, SiteId } from './ids.ts'
import { NoticeId } from './notices.ts'
import { strict } from './shapes.ts'

/** Longer, and it is no longer something that is closed for now: a month. In minutes. */
export const CLOSED_MINUTES_MAX = 43_200

/** Asking again with the same `noticeId` changes nothing. */
export const SiteClosing = Type.Object(
  {
    siteId: SiteId,
    noticeId: NoticeId,
    /** What its screens say, in the citizen's language or the nearest there is. */
    labels: Labels,
    /** Null: until it is opened. */
    minutes: Type.Union([Type.Integer({ minimum: 1, maximum: CLOSED_MINUTES_MAX }), Type.Null()]),
  },
  strict,
)
export type SiteClosing = Static<typeof SiteClosing>

export const SiteOpening = Type.Object({ siteId: SiteId }, strict)
