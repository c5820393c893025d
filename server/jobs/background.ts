/**
 * Work that is due again and again and that no call waits for. Bull on Redis does it where there is a Redis, so that of
 * several servers one does it at a time; a plain timer where there is none. Redis may be away for a while or lose
 * everything: what is due follows from Postgres, so the next turn does what the last one did not.
 */
import Queue from 'bull'

export type Job = {
  readonly name: string
  readonly everyMs: number
  /** Does all that is due and resolves with how much it was. May be done twice. */
  readonly run: () => Promise<number>
}

export type BackgroundParts = {
  /** Undefined: no Redis. */
  readonly redisUrl: string | undefined
  readonly jobs: readonly Job[]
  /** What an operator should know. No facts about people. */
  readonly onNews: (message: string, facts: Readonly<Record<string, unknown>>) => void
  readonly onFault: (message: string, error: unknown) => void
  /** A run took so many seconds, and was done or failed. */
  readonly onRun?: (job: string, seconds: number, isDone: boolean) => void
}

const PREFIX = 'skranke'
/** A stop does not wait longer for a Redis that is away. */
const CLOSE_MS_MAX = 1_000
/** How long a run that did not end in time is left to another: until then nobody knows whether it is dead or slow. */
const LOCK_MS = 30_000

/** The jobs: each is done at the start, and then as often as it says. Nothing here waits for Redis. */
export class Background {
  readonly #parts: BackgroundParts
  readonly #queues: Queue.Queue[] = []
  readonly #timers: NodeJS.Timeout[] = []
  /** What is under way, by its job. */
  readonly #runs = new Map<string, Promise<unknown>>()

  constructor(parts: BackgroundParts) {
    this.#parts = parts
  }

  start(): void {
    const { redisUrl, jobs } = this.#parts
    for (const job of jobs) {
      if (redisUrl === undefined) this.#startTimer(job)
      else this.#startQueue(job, redisUrl)
    }
  }

  /** Whether Redis answers every job; true where there is none. */
  get isConnected(): boolean {
    return this.#queues.every((queue) => queue.client.status === 'ready')
  }

  /**
   * Begins nothing more, waits up to `waitMs` for what is under way, and lets go of Redis. Resolves with the names of what was not done by
   * then: Bull gives each of them to another once its lock is over, and what is due follows from Postgres, so that it may be done again.
   */
  async stop(waitMs = 0): Promise<string[]> {
    for (const timer of this.#timers) clearInterval(timer)
    const isWaiting = waitMs > 0
    const closing = this.#queues.map((queue) => queue.close(!isWaiting).catch(() => undefined))
    const ended = isWaiting ? [...closing, ...this.#runs.values()] : closing
    let timer: NodeJS.Timeout | undefined
    const isTime = new Promise((wake) => (timer = setTimeout(wake, isWaiting ? waitMs : CLOSE_MS_MAX)))
    await Promise.race([Promise.allSettled(ended), isTime])
    clearTimeout(timer)
    return [...this.#runs.keys()]
  }

  #startTimer(job: Job): void {
    const run = () => this.#run(job).catch((error: unknown) => this.#parts.onFault(`${job.name}.failed`, error))
    void run()
    this.#timers.push(setInterval(() => void run(), job.everyMs))
  }

  #startQueue(job: Job, redisUrl: string): void {
    const { onFault } = this.#parts
    const { name, everyMs } = job
    // Told once for each outage: the client tries on by itself, and each try would be another line in the log.
    let isFaultTold = false
    const queue = new Queue(name, redisUrl, {
      prefix: PREFIX,
      redis: { maxRetriesPerRequest: null },
      settings: { lockDuration: LOCK_MS },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    })
    this.#queues.push(queue)
    queue.on('error', (error: Error) => {
      if (!isFaultTold) onFault(`${name}.no-redis`, error)
      isFaultTold = true
    })
    queue.on('failed', (_run: unknown, error: Error) => onFault(`${name}.failed`, error))
    const plan = async () => {
      isFaultTold = false
      await queue.add({}, { repeat: { every: everyMs } })
      // Whoever was away overnight does not wait for the next full hour. Once, however many servers start together.
      await queue.add({}, { jobId: `${name}-now` })
    }
    // Also when Redis comes back: it may have lost what was planned.
    queue.client.on('ready', () => void plan().catch((error: unknown) => onFault(`${name}.not-planned`, error)))
    queue.process(() => this.#run(job)).catch((error: unknown) => onFault(`${name}.no-redis`, error))
  }

  async #run(job: Job): Promise<number> {
    const run = this.#measured(job)
    this.#runs.set(job.name, run)
    try {
      return await run
    } finally {
      // A timer may have begun another meanwhile.
      if (this.#runs.get(job.name) === run) this.#runs.delete(job.name)
    }
  }

  async #measured({ name, run }: Job): Promise<number> {
    const startedAt = performance.now()
    let isDone = false
    let doneCount = 0
    try {
      doneCount = await run()
      isDone = true
    } finally {
      this.#parts.onRun?.(name, (performance.now() - startedAt) / 1_000, isDone)
    }
    if (doneCount > 0) this.#parts.onNews(`${name}.done`, { doneCount })
    return doneCount
  }
}
