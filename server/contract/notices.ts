/** One-way messages of the staff to the screens: to those in line, and to whoever comes by. */
import { Type, type Static } from 'typebox'
import { Instant, KioskId, Labels, QueueId, SiteId, type Id } from './ids.ts'
import { Name, strict } from './shapes.ts'

/** Chosen by whoever posts it, so that asking again after a lost answer posts it once. A UUID. */
export const NoticeId = Type.Unsafe<Id<'NoticeId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type NoticeId = Static<typeof NoticeId>

/** Whose screens show it: all of the city, those of a site, or those whose line is this one. */
export const NoticeAudience = Type.Union([
  Type.Object({ kind: Type.Literal('city') }, strict),
  Type.Object({ kind: Type.Literal('site'), siteId: SiteId }, strict),
  Type.Object({ kind: Type.Literal('queue'), queueId: QueueId }, strict),
])
export type NoticeAudience = Static<typeof NoticeAudience>

/** One screen alone: posted as `kiosk.show-message`, and one at a time. */
export const KioskAudience = Type.Object({ kind: Type.Literal('kiosk'), kioskId: KioskId }, strict)

/** Whoever a notice may stand for. */
export const StandingAudience = Type.Union([...NoticeAudience.anyOf, KioskAudience])
export type StandingAudience = Static<typeof StandingAudience>

/** Longer, and a message of yesterday still stands there. In minutes. */
export const NOTICE_MINUTES_MAX = 1_440
/** At once in the whole city. More, and nobody reads any. */
export const NOTICES_MAX = 20
/** Screens with a message of their own, at once: each has one, and they take nothing from the others. */
export const KIOSK_MESSAGES_MAX = 100
/** On one screen; the newest. */
export const NOTICES_SHOWN_MAX = 3

export const NoticePost = Type.Object(
  {
    noticeId: NoticeId,
    audience: NoticeAudience,
    labels: Labels,
    /** How long it is shown. */
    minutes: Type.Integer({ minimum: 1, maximum: NOTICE_MINUTES_MAX }),
  },
  strict,
)
export type NoticePost = Static<typeof NoticePost>

/** As a screen shows it. */
export const NoticeView = Type.Object({ noticeId: NoticeId, labels: Labels }, strict)
export type NoticeView = Static<typeof NoticeView>

/** As supervisors see it. */
export const NoticeForSupervisor = Type.Object(
  {
    noticeId: NoticeId,
    audience: StandingAudience,
    labels: Labels,
    postedAt: Instant,
    expiresAt: Instant,
    postedByName: Name,
  },
  strict,
)
export type NoticeForSupervisor = Static<typeof NoticeForSupervisor>
