/**
 * What the staff has to say to the screens now. Kept in the database before it is shown; in memory for all the views. It
 * decides nothing about calls, so it is no part of the engine.
 */
import { Value } from 'typebox/value'
import type { ErrorCode } from '#server/contract/errors.ts'
import {
  KIOSK_MESSAGES_MAX,
  NOTICES_MAX,
  NOTICES_SHOWN_MAX,
  StandingAudience,
  type NoticePost,
} from '#server/contract/notices.ts'
import type { NoticeForSupervisor, NoticeView } from '#server/contract/views.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { KeptNotice } from '#server/store/notices.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { branded } from './branded.ts'

type Notice = KeptNotice & { readonly audience: StandingAudience }

type StandingNotice = Omit<NoticePost, 'minutes' | 'audience'> & Pick<Notice, 'audience' | 'expiresAt'>

/** Where it hangs, and whose line is its own. */
export type Screen = { readonly kioskId: string; readonly siteId: string; readonly queueId: string | undefined }

export type NoticeBoardParts = {
  readonly directory: Directory
  readonly now: () => number
  readonly store: {
    standing(at: number): Promise<readonly KeptNotice[]>
    keep(notice: KeptNotice): Promise<void>
    takeBack(noticeId: string, at: number): Promise<void>
  }
  /** Another notice stands, or one less. */
  readonly onChange: () => void
}

/** No timer of the platform holds longer; nothing here stands for so long. In ms. */
const TIMER_MS_MAX = 2 ** 31 - 1

export class NoticeBoard {
  readonly #parts: NoticeBoardParts
  #notices: readonly Notice[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(parts: NoticeBoardParts) {
    this.#parts = parts
  }

  /** Reads what stands: a restart takes nothing back. */
  async start(): Promise<void> {
    const kept = await this.#parts.store.standing(this.#parts.now())
    this.#notices = kept.filter((notice): notice is Notice => Value.Check(StandingAudience, notice.audience))
    this.#sleep()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Throws `unknown-place` where there is no such site or queue, `too-many-notices` where enough stand already. */
  async post({ minutes, ...notice }: NoticePost, by: Person): Promise<void> {
    await this.stand({ ...notice, expiresAt: this.#parts.now() + minutes * 60_000 }, by)
  }

  /** The same with its end given: a place that is closed tells why for as long as it is. */
  async stand({ noticeId, audience, labels, expiresAt }: StandingNotice, by: Person): Promise<void> {
    const { now, store } = this.#parts
    if (this.#notices.some((notice) => notice.noticeId === noticeId)) return
    if (!this.#isKnown(audience)) throw new Refusal<ErrorCode>('unknown-place', 'there is no such place or queue')
    this.#mustBeRoom(audience)
    const postedAt = now()
    const notice: Notice = { noticeId, audience, labels, postedBy: by.agentId, postedAt, expiresAt }
    await store.keep(notice)
    this.#change([...this.#notices, notice])
  }

  #isKnown(audience: StandingAudience): boolean {
    const { sites, queues, kiosks } = this.#parts.directory
    switch (audience.kind) {
      case 'city':
        return true
      case 'site':
        return sites.has(audience.siteId)
      case 'queue':
        return queues.has(audience.queueId)
      case 'kiosk':
        return kiosks.has(audience.kioskId)
    }
  }

  /** Those of single screens are counted apart: many of them leave room for what concerns everybody. */
  #mustBeRoom(audience: StandingAudience): void {
    const isOfOne = ({ kind }: StandingAudience) => kind === 'kiosk'
    const max = isOfOne(audience) ? KIOSK_MESSAGES_MAX : NOTICES_MAX
    const alike = this.standing().filter((notice) => isOfOne(notice.audience) === isOfOne(audience))
    if (alike.length >= max) throw new Refusal<ErrorCode>('too-many-notices', `${max} notices stand already`)
  }

  /** Says to every screen and supervisor until `until` what is of this moment: it is not kept, and a new server says it no more. */
  announce(noticeId: string, labels: Notice['labels'], until: number): void {
    const city: Notice['audience'] = { kind: 'city' }
    const notice = { noticeId, audience: city, labels, postedBy: '', postedAt: this.#parts.now(), expiresAt: until }
    this.#change([...this.#notices, notice])
  }

  /** Taking back what does not stand changes nothing. */
  async takeBack(noticeId: string): Promise<void> {
    if (!this.#notices.some((notice) => notice.noticeId === noticeId)) return
    await this.#parts.store.takeBack(noticeId, this.#parts.now())
    this.#change(this.#notices.filter((notice) => notice.noticeId !== noticeId))
  }

  /** All that stands now, the oldest first. */
  standing(): readonly Notice[] {
    const at = this.#parts.now()
    return this.#notices.filter(({ expiresAt }) => expiresAt > at)
  }

  /** What one screen alone says. */
  ofKiosk(kioskId: string): Notice[] {
    return this.standing().filter(({ audience }) => audience.kind === 'kiosk' && audience.kioskId === kioskId)
  }

  /**
   * The newest of those that concern a screen, the newest first; before them `firstId`, why its place is closed, and then what is for it
   * alone.
   */
  shownAt({ kioskId, siteId, queueId }: Screen, firstId?: string): NoticeView[] {
    const concerned = this.standing().filter(({ audience }) => {
      if (audience.kind === 'city') return true
      if (audience.kind === 'site') return audience.siteId === siteId
      return audience.kind === 'queue' && audience.queueId === queueId
    })
    const own = this.ofKiosk(kioskId).reverse()
    const first = concerned.filter(({ noticeId }) => noticeId === firstId)
    const others = concerned.filter(({ noticeId }) => noticeId !== firstId).reverse()
    const shown = [...first, ...own, ...others].slice(0, NOTICES_SHOWN_MAX)
    return branded(shown.map(({ noticeId, labels }) => ({ noticeId, labels })))
  }

  forSupervisor(): NoticeForSupervisor[] {
    const { people } = this.#parts.directory
    return branded(
      this.standing().map(({ noticeId, audience, labels, postedAt, expiresAt, postedBy }) => {
        const postedByName = people.get(postedBy)?.name ?? '–'
        return { noticeId, audience, labels, postedAt, expiresAt, postedByName }
      }),
    )
  }

  #change(notices: readonly Notice[]): void {
    this.#notices = notices
    this.#sleep()
    this.#parts.onChange()
  }

  /** Until the next one is over: the screens are told of that, too. */
  #sleep(): void {
    clearTimeout(this.#timer)
    const at = this.#parts.now()
    this.#notices = this.#notices.filter(({ expiresAt }) => expiresAt > at)
    if (this.#notices.length === 0) return
    const next = Math.min(...this.#notices.map(({ expiresAt }) => expiresAt))
    this.#timer = setTimeout(() => this.#change(this.#notices), Math.min(TIMER_MS_MAX, Math.max(1, next - at)))
    this.#timer.unref()
  }
}
