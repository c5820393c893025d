/**
 * Watches over the connections of a leg and repairs them, from the mildest means to the strongest: a key frame after a
 * gap, an ICE restart, a new leg.
 */
import type { MediaLeg } from './media-leg.ts'

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
/** A restart that has not connected by then has failed, in ms. */
const RESTART_MS = 6_000
/** Restarts are rare: at least so far apart, and so many a minute, lest a bad network is made worse. */
const RESTART_APART_MS = 5_000
const RESTARTS_PER_MINUTE = 5

export class LegWatch {
  readonly #leg: MediaLeg
  readonly #handlers: LegWatchHandlers
  readonly #timer: number
  readonly #restartsAt: number[] = []
  #troubledAt: number | undefined
  #restartingAt: number | undefined
  #bytes = 0
  #bytesAt = performance.now()
  /** The same, and no repair sets it anew. */
  #heardAt = performance.now()
  /** What came over either connection, and what the SFU says of what is sent counts too: then the own way is there. */
  #wayBytes = 0
  #wayAt = performance.now()
  #isWarned = false
  #isLooking = false
  #isStopped = false

  constructor(leg: MediaLeg, handlers: LegWatchHandlers) {
    this.#leg = leg
    this.#handlers = handlers
    this.#timer = setInterval(() => void this.#look(), LOOK_MS)
  }

  stop(): void {
    this.#isStopped = true
    clearInterval(this.#timer)
  }

  /** The state of a connection changed. */
  connectionChanged(): void {
    if (this.#isStopped) return
    const states = this.#leg.connectionStates
    if (states.includes('failed') || states.includes('closed')) return this.#giveUp()
    if (states.includes('disconnected')) {
      this.#troubledAt ??= performance.now()
      this.#handlers.onWell(false)
    } else if (!states.includes('connecting')) this.#recovered()
  }

  #recovered(): void {
    const wasTroubled = this.#troubledAt !== undefined || this.#restartingAt !== undefined
    this.#troubledAt = undefined
    this.#restartingAt = undefined
    this.#bytesAt = performance.now()
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
    const at = performance.now()
    this.#warn(this.#handlers.isMediaDue() && at - this.#heardAt > WARN_MS)
    if (this.#restartingAt !== undefined) {
      if (at - this.#restartingAt > RESTART_MS) this.#giveUp()
      return
    }
    const isDisconnected = this.#troubledAt !== undefined && at - this.#troubledAt > DISCONNECTED_MS
    const isSilent = this.#handlers.isMediaDue() && at - this.#bytesAt > SILENT_MS
    if (isDisconnected || isSilent) this.#restart(at, isDisconnected)
  }

  #warn(isSilent: boolean): void {
    if (isSilent === this.#isWarned) return
    this.#isWarned = isSilent
    this.#handlers.onWell(!isSilent && this.#troubledAt === undefined)
  }

  /** Counts what arrived. The first bytes after a gap are followed by a request for a whole picture. */
  async #readArrivals(): Promise<void> {
    const { bytes, wayBytes } = await this.#arrivedBytes()
    const at = performance.now()
    if (this.#isStopped) return
    if (wayBytes !== this.#wayBytes) {
      const wasAway = at - Math.max(this.#wayAt, this.#heardAt) > SILENT_MS
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
    this.#bytesAt = performance.now()
    void this.#leg.requestKeyFrames().catch(() => undefined)
  }
}
