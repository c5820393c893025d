/**
 * mediasoup workers: one process for each core, each with one port for all its calls. A dead one is replaced on the
 * same port, by a spare that has been started beforehand: on a busy machine starting a process takes longer than
 * everything else. Whose calls were on it is the business of the rooms.
 */
import { setPriority } from 'node:os'
import { createWorker, type types } from 'mediasoup'
import { Refusal } from '#sfu/contract/wire.ts'
import type { MediaLog } from './media-log.ts'
import { ROUTER_CODECS, SOCKET_BUFFER_BYTES } from './media-settings.ts'

export type WorkerPoolOptions = {
  readonly workerCount: number
  /** The address mediasoup listens on, and, where that is not the one pages reach, the one they are told. */
  readonly listenIp: string
  readonly announcedAddress?: string
  /** Worker number i listens on this port plus i, UDP and TCP. 0: the system chooses. */
  readonly portBase: number
  readonly workerBin?: string
  readonly log: MediaLog
  /** A worker died; its routers are closed by now, its replacement is on the way. */
  readonly onDied: (workerIndex: number) => void
}

/** A place for one call: a router, and the port that belongs to its worker. */
export type Placement = {
  readonly workerIndex: number
  readonly router: types.Router
  readonly webRtcServer: types.WebRtcServer
}

type LiveWorker = {
  readonly worker: types.Worker
  readonly webRtcServer: types.WebRtcServer
  roomCount: number
  /** Share of a core used since the last look, 0 to 1. */
  cpuShare: number
  cpuMs: number
}

/** What one more call is taken to cost until it shows in the CPU figures: about 50 calls fill 60 % of a core. */
const CPU_SHARE_PER_ROOM = 0.012
const CPU_LOOK_EVERY_MS = 5_000
/** How long a call waits for a worker to come back when none is live. */
const PLACE_WAIT_MS = 5_000
const REPLACE_RETRY_MS_MAX = 2_000
/** A spare that was used is replaced after so long, in ms. Lowered, it takes the processor from the calls that come back. */
const SPARE_AFTER_MS = 1_000
/** Above the rest of the machine, where the system lets us: a late packet is a lost one. */
const WORKER_NICENESS = -5

export class WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly #live = new Map<number, LiveWorker>()
  readonly #waiting = new Set<() => void>()
  readonly #cpuTimer: NodeJS.Timeout
  #spare: Promise<types.Worker> | undefined
  #isStopping = false
  #lookedAt = performance.now()

  private constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#cpuTimer = setInterval(() => void this.#lookAtCpu(), CPU_LOOK_EVERY_MS)
    this.#cpuTimer.unref()
  }

  /** Starts every worker. Throws an Error that says which setting to look at when one does not start. */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options)
    try {
      const indexes = Array.from({ length: options.workerCount }, (_, index) => index)
      await Promise.all(indexes.map((index) => pool.#startWorker(index)))
      pool.#keepSpare()
    } catch (cause) {
      await pool.stop()
      throw new Error(startFault(options), { cause })
    }
    return pool
  }

  get liveCount(): number {
    return this.#live.size
  }

  /** Process ids of the live workers, in order of their index. */
  get pids(): number[] {
    return [...this.#live].sort(([a], [b]) => a - b).map(([, { worker }]) => worker.pid)
  }

  /**
   * Makes a router on the least loaded worker. Waits up to {@link PLACE_WAIT_MS} for one to be live.
   * Throws the Refusal `no-media-worker` when none is.
   */
  async place(): Promise<Placement> {
    const deadlineAt = performance.now() + PLACE_WAIT_MS
    for (;;) {
      const chosen = this.#leastLoaded()
      if (chosen === undefined) {
        if (this.#isStopping || performance.now() >= deadlineAt) break
        await this.#nextLive(deadlineAt - performance.now())
        continue
      }
      const [workerIndex, live] = chosen
      live.roomCount += 1
      try {
        const router = await live.worker.createRouter({ mediaCodecs: ROUTER_CODECS })
        router.observer.once('close', () => (live.roomCount -= 1))
        return { workerIndex, router, webRtcServer: live.webRtcServer }
      } catch (error) {
        live.roomCount -= 1
        // A worker that died under the request is not live any more: the next one is tried.
        if (!live.worker.closed) throw error
      }
    }
    throw new Refusal('no-media-worker', 'no mediasoup worker is running')
  }

  /** Ends every worker and waits until their processes are gone. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#cpuTimer)
    const workers = [...this.#live.values()].map(({ worker }) => worker)
    this.#live.clear()
    this.#wakeWaiting()
    // A spare that did not start is none that has to end.
    const spare = await this.#spare?.catch(() => undefined)
    if (spare !== undefined) workers.push(spare)
    await Promise.all(workers.map(endWorker))
  }

  #leastLoaded(): [number, LiveWorker] | undefined {
    const load = ({ roomCount, cpuShare }: LiveWorker): number => cpuShare + roomCount * CPU_SHARE_PER_ROOM
    let least: [number, LiveWorker] | undefined
    for (const entry of this.#live) if (least === undefined || load(entry[1]) < load(least[1])) least = entry
    return least
  }

  async #nextLive(waitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, waitMs)
      const waiting = this.#waiting
      function done(): void {
        clearTimeout(timer)
        waiting.delete(done)
        resolve()
      }
      waiting.add(done)
    })
  }

  #wakeWaiting(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  async #startWorker(index: number): Promise<void> {
    const { listenIp, announcedAddress, portBase, log } = this.#options
    const worker = await this.#takeSpare()
    try {
      const listen = {
        ip: listenIp,
        ...(announcedAddress === undefined ? {} : { announcedAddress }),
        ...(portBase === 0 ? { portRange: { min: 20_000, max: 59_999 } } : { port: portBase + index }),
        recvBufferSize: SOCKET_BUFFER_BYTES,
        sendBufferSize: SOCKET_BUFFER_BYTES,
      }
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen },
          { protocol: 'tcp', ...listen },
        ],
      })
      // It may have died meanwhile, before anybody listened.
      if (worker.closed) throw new Error('the worker died at once')
      worker.once('died', (error) => this.#replace(index, error))
      this.#live.set(index, { worker, webRtcServer, roomCount: 0, cpuShare: 0, cpuMs: 0 })
    } catch (error) {
      worker.close()
      throw error
    }
    if (this.#isStopping) {
      worker.close()
      this.#live.delete(index)
      return
    }
    log.info({ workerIndex: index, pid: worker.pid }, 'worker.started')
    this.#wakeWaiting()
  }

  /** The spare, if it is there and lives; else a new worker. */
  async #takeSpare(): Promise<types.Worker> {
    const promised = this.#spare
    // Gone from here before anything is awaited: when two die at once, only one may have it.
    this.#spare = undefined
    const spare = await promised?.catch(() => undefined)
    if (spare !== undefined && !spare.closed) return spare
    return await this.#newWorker()
  }

  #keepSpare(): void {
    if (this.#isStopping || this.#spare !== undefined) return
    this.#spare = this.#newWorker()
    // Whoever takes it sees that it did not start, and starts another.
    this.#spare.catch(() => undefined)
  }

  async #newWorker(): Promise<types.Worker> {
    const { workerBin } = this.#options
    const worker = await createWorker({ logLevel: 'warn', ...(workerBin === undefined ? {} : { workerBin }) })
    preferWorker(worker.pid)
    return worker
  }

  #replace(index: number, error: Error): void {
    this.#live.delete(index)
    if (this.#isStopping) return
    this.#options.log.error({ workerIndex: index, error: error.message }, 'worker.died')
    void this.#startAgain(index)
    this.#options.onDied(index)
  }

  async #startAgain(index: number): Promise<void> {
    for (let retryMs = 50; !this.#isStopping; retryMs = Math.min(retryMs * 2, REPLACE_RETRY_MS_MAX)) {
      try {
        await this.#startWorker(index)
        // Not at once: the calls are being made anew now, and starting a process takes the time of both.
        setTimeout(() => this.#keepSpare(), SPARE_AFTER_MS).unref()
        return
      } catch (error) {
        this.#options.log.error({ workerIndex: index, error: String(error), retryMs }, 'worker.not-replaced')
        await new Promise<void>((resolve) => setTimeout(resolve, retryMs).unref())
      }
    }
  }

  async #lookAtCpu(): Promise<void> {
    const at = performance.now()
    const elapsedMs = at - this.#lookedAt
    this.#lookedAt = at
    for (const live of this.#live.values()) {
      try {
        const usage = await live.worker.getResourceUsage()
        const cpuMs = usage.ru_utime + usage.ru_stime
        live.cpuShare = Math.max(0, (cpuMs - live.cpuMs) / elapsedMs)
        live.cpuMs = cpuMs
      } catch {
        // It died meanwhile and is no longer chosen.
      }
    }
  }
}

async function endWorker(worker: types.Worker): Promise<void> {
  const isGone = new Promise<void>((resolve) => worker.once('subprocessclose', resolve))
  worker.close()
  if (!worker.subprocessClosed) await isGone
}

function preferWorker(pid: number): void {
  try {
    setPriority(pid, WORKER_NICENESS)
  } catch {
    // Only a privileged process may raise priorities; without it everything works, a little less smoothly under load.
  }
}

function startFault({ listenIp, portBase, workerBin }: WorkerPoolOptions): string {
  const binary = workerBin === undefined ? 'its own place' : `MEDIASOUP_WORKER_BIN (${workerBin})`
  const port = portBase === 0 ? 'a free port' : `port ${portBase} and following`
  return (
    `A mediasoup worker did not start. Its program is taken from ${binary}; it listens on ${listenIp}, ` +
    `${port} (SKRANKE_SFU_LISTEN_IP, SKRANKE_SFU_MEDIA_PORT_BASE): is the program there, and is the port free?`
  )
}
