/** A supervisor says something on one screen, and takes it down. */
import { CLOSED_MINUTES_MAX } from '#server/contract/floor-sites.ts'
import type { MessageLasts } from '#server/contract/kiosk-messages.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { Person } from '#server/store/directory.ts'
import { endOfCityDay } from '#server/store/own-day.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import type { KioskOrders } from './kiosk-orders.ts'
import type { NoticeBoard } from './notice-board.ts'
import type { Wall } from './wall.ts'

export type KioskMessageParts = {
  readonly notices: Pick<NoticeBoard, 'stand' | 'takeBack' | 'ofKiosk' | 'standing'>
  /** Where what was done about a kiosk is written down. */
  readonly orders: Pick<KioskOrders, 'note'>
  readonly wall: Pick<Wall, 'snapshot'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type Actions = 'kiosk.show-message' | 'notice.take-back'

const HOUR_MS = 3_600_000

/**
 * The handlers of messages on one screen, and of taking any notice down. They throw `unknown-place` for a kiosk that is not there, and
 * `too-many-notices` where many screens have one.
 */
export function kioskMessageHandlers(
  parts: KioskMessageParts,
): Pick<Handlers<typeof supervisorRequests, Person>, Actions> {
  const { notices, orders, wall, now } = parts
  return {
    'kiosk.show-message': async (person, { kioskId, noticeId, words, lasts }) => {
      const before = notices.ofKiosk(kioskId)
      if (before.some((notice) => notice.noticeId === noticeId)) return wall.snapshot()
      const labels = { da: words.da, en: words.en ?? words.da }
      const audience = { kind: 'kiosk' as const, kioskId }
      // The new one first, so that the screen is never without a word between them.
      await notices.stand({ noticeId, audience, labels, expiresAt: endOf(lasts, now()) }, person)
      await orders.note('message-shown', kioskId, person)
      for (const each of before) await notices.takeBack(each.noticeId)
      return wall.snapshot()
    },
    'notice.take-back': async (person, { noticeId }) => {
      const audience = notices.standing().find((notice) => notice.noticeId === noticeId)?.audience
      await notices.takeBack(noticeId)
      if (audience?.kind === 'kiosk') await orders.note('message-taken-down', audience.kioskId, person)
      return wall.snapshot()
    },
  }
}

function endOf(lasts: MessageLasts, at: number): number {
  switch (lasts) {
    case 'hour':
      return at + HOUR_MS
    case 'day':
      return endOfCityDay(at)
    case 'until-taken-down':
      return at + CLOSED_MINUTES_MAX * 60_000
  }
}
