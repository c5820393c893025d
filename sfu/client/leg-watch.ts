/**
 * Watches over the connections of a leg and repairs them, from the mildest means to the strongest: a key frame after a
 * gap, an ICE restart, a new leg.
 */
import type { MediaLeg } from './media-leg.ts'

/** What is watched of a leg, and done to it. */
export type WatchedLeg = Pick<
  MediaLeg,
  'isBuilt' | 'connectionStates' | 'receiveStats' | 'sendStats' | 'requestKeyFrames' | 'restartIce'
>

/** `now` in ms since some moment; `every` calls until what it returns is called. */
export type Clock = { readonly now: () => number; readonly every: (ms: number, look: () => void) => () => void }

const realClock: Clock = {
  now: () => performance.now(),
  every: (ms, look) => {
    const timer = setInterval(look, ms)
    return () => clearInterval(timer)
  },
}

export type LegWatchHandlers = {
  /** Whether something should be arriving now: connected, and the other side has something switched on. */
  readonly isMediaDue: () => boolean
  /** The leg cannot be saved. */
  readonly onBroken: () => void
  /** The own way was away for a while, and something comes over it again. */
  readonly onReturned: () => void
  readonly onWell: (isWell: boolean) => void
}

/** A browser says `disconnected` after about 5 s of silence; then so long is left for it to find its way back, in ms. */
const DISCONNECTED_MS = 2_000
/** Nothing at all arrived for so long although it should: longer than Opus leaves out silence (400 ms). People are told, in ms. */
const WARN_MS = 2_000
/** After so long a way is looked for, in ms. */
const SILENT_MS = 3_000
const LOOK_MS = 500
/**
 * A new leg that has not connected by then never will, in ms: browsers give up a way after about 15 s. Until then it is left alone. Far more
 * than a good network takes, as bad ones and busy machines need it: what is given up too early is begun again without end.
 */
const CONNECT_MS = 20_000
/** A restart that has not connected by then has failed, in ms. */
const RESTART_MS = 6_000
/** Restarts are rare: at least so far apart, and so many a minute, lest a bad network is made worse. */
const RESTART_APART_MS = 5_000
const RESTARTS_PER_MINUTE = 5

export class LegWatch {
  readonly #leg: WatchedLeg
  readonly #handlers: LegWatchHandlers
  readonly #clock: Clock
  readonly #stopLooking: () => void
  readonly #restartsAt: number[] = []
  /** It is being connected for the first time. */
  #underWayAt: number | undefined
  #troubledAt: number | undefined
  #restartingAt: number | undefined
  #bytes = 0
  #bytesAt: number
  /** The same, and no repair sets it anew. */
  #heardAt: number
  /** What came over either connection, and what the SFU says of what is sent counts too: then the own way is there. */
  #wayBytes = 0
  #wayAt: number
  #isWarned = false
  #isLooking = false
  #isStopped = false

  constructor(leg: WatchedLeg, handlers: LegWatchHandlers, clock = realClock) {
    this.#leg = leg
    this.#handlers = handlers
    this.#clock = clock
    this.#bytesAt = this.#heardAt = this.#wayAt = clock.now()
    this.#stopLooking = clock.every(LOOK_MS, () => void this.#look())
  }

  stop(): void {
    this.#isStopped = true
    this.#stopLooking()
  }

  /** The state of a connection changed. */
  connectionChanged(): void {
    if (this.#isStopped) return
    const states = this.#leg.connectionStates
    if (states.includes('failed') || states.includes('closed')) return this.#giveUp()
    if (states.includes('disconnected')) {
      this.#troubledAt ??= this.#clock.now()
      this.#handlers.onWell(false)
    } else if (!states.includes('connecting')) this.#recovered()
  }

  #recovered(): void {
    const wasTroubled = this.#troubledAt !== undefined || this.#restartingAt !== undefined
    this.#troubledAt = undefined
    this.#restartingAt = undefined
    this.#bytesAt = this.#clock.now()
    this.#handlers.onWell(!this.#isWarned)
    if (wasTroubled) void this.#leg.requestKeyFrames().catch(() => undefined)
  }

  #giveUp(): void {
    this.stop()
    this.#handlers.onBroken()
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isStopped) return
    this.#isLooking = true
    await this.#readArrivals()
    this.#isLooking = false
    if (this.#isStopped) return
    const at = this.#clock.now()
    this.#warn(this.#handlers.isMediaDue() && at - this.#heardAt > WARN_MS)
    if (this.#restartingAt !== undefined) {
      if (at - this.#restartingAt > RESTART_MS) this.#giveUp()
      return
    }
    if (this.#isUnderWay(at)) return
    const isDisconnected = this.#troubledAt !== undefined && at - this.#troubledAt > DISCONNECTED_MS
    const isSilent = this.#handlers.isMediaDue() && at - this.#bytesAt > SILENT_MS
    if (isDisconnected || isSilent) this.#restart(at, isDisconnected)
  }

  /** Whether it is still being made: a restart would only set back what is on its way. */
  #isUnderWay(at: number): boolean {
    const isNew = !this.#leg.isBuilt || this.#leg.connectionStates.includes('connecting')
    if (!isNew || this.#troubledAt !== undefined) {
      this.#underWayAt = undefined
      return false
    }
    this.#underWayAt ??= at
    this.#bytesAt = at
    if (at - this.#underWayAt > CONNECT_MS) this.#giveUp()
    return true
  }

  #warn(isSilent: boolean): void {
    if (isSilent === this.#isWarned) return
    this.#isWarned = isSilent
    this.#handlers.onWell(!isSilent && this.#troubledAt === undefined)
  }

  /** Counts what arrived. The first bytes after a gap are followed by a request for a whole picture. */
  async #readArrivals(): Promise<void> {
    const { bytes, wayBytes } = await this.#arrivedBytes()
    const at = this.#clock.now()
    if (this.#isStopped) return
    if (wayBytes !== this.#wayBytes) {
      // The first that comes over a new way is no return, however long it took to make.
      const wasAway = this.#wayBytes > 0 && at - Math.max(this.#wayAt, this.#heardAt) > SILENT_MS
      this.#wayBytes = wayBytes
      this.#wayAt = at
      // Both ends found out with their senders that nothing gets through, and go on so for seconds: new ways know better.
      if (wasAway && this.#handlers.isMediaDue()) return this.#handlers.onReturned()
    }
    if (bytes === undefined) return
    if (bytes === this.#bytes) {
      if (!this.#handlers.isMediaDue()) this.#bytesAt = this.#heardAt = at
      return
    }
    const gapMs = at - this.#bytesAt
    this.#bytes = bytes
    this.#bytesAt = this.#heardAt = at
    const isBack = gapMs > 2 * LOOK_MS && this.#handlers.isMediaDue()
    if (isBack) void this.#leg.requestKeyFrames().catch(() => undefined)
  }

  async #arrivedBytes(): Promise<{ bytes: number | undefined; wayBytes: number }> {
    const reports = [this.#leg.receiveStats(), this.#leg.sendStats()].map((report) => report.catch(() => undefined))
    let bytes: number | undefined
    let wayBytes = 0
    for (const report of await Promise.all(reports)) {
      report?.forEach((stats: Readonly<Record<string, unknown>>) => {
        const count = Number(stats['bytesReceived'] ?? 0)
        if (stats['type'] === 'inbound-rtp') bytes = (bytes ?? 0) + count
        if (stats['type'] === 'transport') wayBytes += count
      })
    }
    return { bytes, wayBytes }
  }

  #restart(at: number, isDisconnected: boolean): void {
    const lastAt = this.#restartsAt.at(-1)
    if (lastAt !== undefined && at - lastAt < RESTART_APART_MS) return
    while ((this.#restartsAt[0] ?? at) < at - 60_000) this.#restartsAt.shift()
    if (this.#restartsAt.length >= RESTARTS_PER_MINUTE) {
      // Restarting has not helped for a minute: everything is made anew. Silence alone may be the other side's.
      if (isDisconnected) this.#giveUp()
      return
    }
    this.#restartsAt.push(at)
    this.#restartingAt = at
    this.#leg.restartIce().then(
      () => this.#restarted(),
      // Without signalling nothing can be repaired: when it is back, the disconnection is still there to be seen.
      () => (this.#restartingAt = undefined),
    )
  }

  /** A restart while the browser still thought itself connected changes no state: only what arrives tells. */
  #restarted(): void {
    const isTroubled = this.#leg.connectionStates.some((state) => state !== 'connected' && state !== 'new')
    if (isTroubled || this.#isStopped) return
    this.#restartingAt = undefined
    this.#bytesAt = this.#clock.now()
    void this.#leg.requestKeyFrames().catch(() => undefined)
  }
}
