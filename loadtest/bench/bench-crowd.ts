/** The people of a bench: agents and kiosks, what they do, and what they saw of it. Instants are of `performance.now()`. */
import type { CallId } from '#server/contract/ids.ts'
import type { Access } from '../access.ts'
import { chance } from '../personas/pace.ts'
import { signIn } from '../personas/sign-in.ts'
import { BenchAgent, type OfferSeen } from './bench-agent.ts'
import { BenchKiosk } from './bench-kiosk.ts'

/** The server takes 200 connections at once from one address and 50 more each second; a little fewer are made. */
const CONNECTIONS_AT_ONCE = 150
const CONNECTIONS_PER_S = 45
const SIGN_INS_AT_ONCE = 4
const ONLINE_MS_MAX = 60_000
const DRAIN_MS_MAX = 20_000
const LOOK_AGAIN_MS = 50
/** A part of each call's handling is wrap-up; handling varies by half of its mean either way. */
const WRAP_UP_SHARE = 0.2
const TICK_MS = 4

/** What was seen while it was measured. Times are in ms. */
export class Measured {
  readonly readyToOfferMs: number[] = []
  readonly startToOfferMs: number[] = []
  readonly acknowledgementToOfferMs: number[] = []
  /** How much later than planned an arrival was sent: the bench's own delay. */
  readonly arrivalLagMs: number[] = []
  callsCount = 0
  offersCount = 0
  hangUpsCount = 0
  /** Calls that were not made, because every kiosk had one. */
  kiosksMissingCount = 0
  /** The fewest who waited for an offer at one moment. */
  waitingCountMin = Number.POSITIVE_INFINITY
  readonly errors: Record<string, number> = {}
}

type OpenCall = { readonly sentAt: number; readonly measured: Measured; acknowledgedAt?: number; offeredAt?: number }

export type Arrivals = {
  readonly perSecond: number
  readonly seconds: number
  /** Further calls are made whenever fewer than so many wait for an offer. */
  readonly waitingMin: number
}

export class BenchCrowd {
  readonly #access: Access
  readonly #random: () => number
  readonly #agents: BenchAgent[] = []
  readonly #kiosks: BenchKiosk[] = []
  readonly #freeKiosks: BenchKiosk[] = []
  /** Calls that were not offered yet, or not acknowledged. */
  readonly #calls = new Map<string, OpenCall>()
  readonly #openedAt = performance.now()
  #handlingMsMean = 1_000
  #connectionsCount = 0
  #waitingCount = 0
  #measured = new Measured()

  constructor(access: Access, seed: number) {
    this.#access = access
    this.#random = chance(seed)
  }

  /** What is seen from now on; the last measurement is over. */
  measure(): Measured {
    this.#measured = new Measured()
    return this.#measured
  }

  /** Signs everybody in and waits until all are connected, as fast as one address may. */
  async open(): Promise<void> {
    const { url, kiosks, accounts } = this.#access
    const waiting = [...accounts]
    const signInAgents = async () => {
      for (let account = waiting.shift(); account !== undefined; account = waiting.shift()) {
        const cookie = await signIn(this.#access, account.username, account.password)
        await this.#turn()
        this.#agents.push(this.#newAgent(url, cookie))
      }
    }
    const openKiosks = async () => {
      for (const kiosk of kiosks) {
        await this.#turn()
        const onFree = (free: BenchKiosk) => void this.#freeKiosks.push(free)
        const opened = new BenchKiosk({ url, kiosk, onFree, onError: (what) => this.#count(what) })
        this.#kiosks.push(opened)
        this.#freeKiosks.push(opened)
      }
    }
    await Promise.all([openKiosks(), ...Array.from({ length: SIGN_INS_AT_ONCE }, signInAgents)])
    const isOpen = () => [...this.#agents, ...this.#kiosks].every(({ isOnline }) => isOnline)
    if (!(await becomes(isOpen, ONLINE_MS_MAX))) throw new Error('not everybody could connect')
  }

  /** How long the calls that come to an end from now on take, talk and wrap-up together, on average. */
  set handlingMs(mean: number) {
    this.#handlingMsMean = mean
  }

  /** The agents ask for work, one after another within `ms`. */
  async startAgents(ms: number): Promise<void> {
    const startedAt = performance.now()
    for (const [i, agent] of this.#agents.entries()) {
      await sleep(startedAt + (i * ms) / this.#agents.length - performance.now())
      agent.start()
    }
  }

  /** Calls arrive by chance, independently of each other. Ends by time and by count. */
  async arrive({ perSecond, seconds, waitingMin }: Arrivals): Promise<void> {
    const startedAt = performance.now()
    const endsAt = startedAt + seconds * 1_000
    const callsMax = Math.ceil(perSecond * seconds * 1.5 + 4 * Math.sqrt(perSecond * seconds))
    const gap = () => (-Math.log(1 - this.#random()) * 1_000) / perSecond
    let nextAt = startedAt + gap()
    for (let calls = 0; performance.now() < endsAt; await sleep(Math.min(TICK_MS, nextAt - performance.now()))) {
      const at = performance.now()
      for (; nextAt <= at && calls < callsMax; nextAt += gap(), calls += 1) {
        this.#measured.arrivalLagMs.push(at - nextAt)
        this.#press()
      }
      this.#measured.waitingCountMin = Math.min(this.#measured.waitingCountMin, this.#waitingCount)
      if (this.#waitingCount < waitingMin) this.#press()
    }
  }

  /** Makes calls evenly until so many wait for an offer. */
  async fill(waitingCount: number, perSecond: number): Promise<void> {
    const pressesMax = 2 * waitingCount + 10
    for (let presses = 0; presses < pressesMax && this.#waitingCount < waitingCount; presses += 1) {
      this.#press()
      await sleep(1_000 / perSecond)
    }
  }

  /** Whoever waits hangs up, whoever talks ends it, and nobody takes more work. */
  async drain(): Promise<void> {
    for (const kiosk of this.#kiosks) if (kiosk.isWaiting) kiosk.hangUp()
    for (const agent of this.#agents) agent.finish()
    const isDrained = () =>
      this.#freeKiosks.length === this.#kiosks.length && this.#agents.every(({ isIdle }) => isIdle)
    if (!(await becomes(isDrained, DRAIN_MS_MAX))) throw new Error('not everybody came to an end')
    this.#calls.clear()
    this.#waitingCount = 0
  }

  /** Calls that were made in this measurement and still wait for an offer count with the time they have waited. */
  countWaitingCalls(measured: Measured): void {
    const now = performance.now()
    for (const call of this.#calls.values()) {
      if (call.measured === measured && call.offeredAt === undefined) measured.startToOfferMs.push(now - call.sentAt)
    }
  }

  /** Agents who have asked for work and were offered nothing yet count with the time they have waited. */
  countReadyAgents(measured: Measured): void {
    const now = performance.now()
    for (const { readyAt } of this.#agents) if (readyAt !== undefined) measured.readyToOfferMs.push(now - readyAt)
  }

  close(): void {
    for (const each of [...this.#agents, ...this.#kiosks]) each.close()
  }

  async #turn(): Promise<void> {
    const dueAt = this.#openedAt + ((this.#connectionsCount - CONNECTIONS_AT_ONCE) / CONNECTIONS_PER_S) * 1_000
    this.#connectionsCount += 1
    await sleep(dueAt - performance.now())
  }

  #newAgent(url: string, cookie: string): BenchAgent {
    return new BenchAgent({
      url,
      cookie,
      onOffer: (offer) => this.#onOffer(offer),
      onHangUp: () => void (this.#measured.hangUpsCount += 1),
      onError: (what) => this.#count(what),
      handling: (isFirst) => {
        // The first call of all began before we looked: only what is left of it is to be talked.
        const ms = this.#handlingMsMean * (isFirst ? this.#random() : 0.5 + this.#random())
        return { talkMs: ms * (1 - WRAP_UP_SHARE), wrapUpMs: ms * WRAP_UP_SHARE }
      },
    })
  }

  #press(): void {
    const kiosk = this.#freeKiosks.shift()
    const measured = this.#measured
    if (kiosk === undefined) {
      measured.kiosksMissingCount += 1
      return
    }
    const callId = crypto.randomUUID() as CallId
    const call: OpenCall = { sentAt: performance.now(), measured }
    this.#calls.set(callId, call)
    this.#waitingCount += 1
    measured.callsCount += 1
    void kiosk.call(callId).then((acknowledgedAt) => {
      if (acknowledgedAt === undefined) return this.#forget(callId, call)
      call.acknowledgedAt = acknowledgedAt
      this.#settle(callId, call)
    })
  }

  #forget(callId: string, call: OpenCall): void {
    if (this.#calls.delete(callId) && call.offeredAt === undefined) this.#waitingCount -= 1
  }

  #onOffer({ callId, receivedAt, readyAt }: OfferSeen): void {
    this.#measured.offersCount += 1
    if (readyAt !== undefined) this.#measured.readyToOfferMs.push(receivedAt - readyAt)
    const call = this.#calls.get(callId)
    if (call === undefined || call.offeredAt !== undefined) return
    this.#waitingCount -= 1
    call.offeredAt = receivedAt
    call.measured.startToOfferMs.push(receivedAt - call.sentAt)
    this.#settle(callId, call)
  }

  /** The offer may be here before the acknowledgement: then nothing passed between them. */
  #settle(callId: string, { acknowledgedAt, offeredAt, measured }: OpenCall): void {
    if (acknowledgedAt === undefined || offeredAt === undefined) return
    measured.acknowledgementToOfferMs.push(Math.max(0, offeredAt - acknowledgedAt))
    this.#calls.delete(callId)
  }

  #count(what: string): void {
    const { errors } = this.#measured
    errors[what] = (errors[what] ?? 0) + 1
  }
}

/** Resolves after `ms`, or at once when that is over. */
export function sleep(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, Math.max(0, ms)))
}

async function becomes(look: () => boolean, msMax: number): Promise<boolean> {
  const until = performance.now() + msMax
  while (!look()) {
    if (performance.now() > until) return false
    await sleep(LOOK_AGAIN_MS)
  }
  return true
}
