/** Takes what-ifs, one at a time, each in a thread of its own with bounds on its time and memory; keeps the last answer. */
import { Worker } from 'node:worker_threads'
import type { WhatIfBody, WhatIfState } from '#server/contract/what-if.ts'
import type { WhatIfAnswer } from './answer.ts'

/** What the runs may take; reading and replaying the day come before them. */
const BUDGET_MS = 20_000
const TIME_MS_MAX = 120_000
/** A day of a whole city is a tenth of it. */
const MEMORY_MB_MAX = 768

export type WhatIfParts = {
  readonly databaseUrl: string
  /** Hears what went wrong inside. */
  readonly onFault: (error: unknown) => void
  /** For tests: other bounds. */
  readonly timeMsMax?: number
}

export class WhatIfDesk {
  readonly #parts: WhatIfParts
  #state: WhatIfState = { kind: 'none' }
  #worker: Worker | undefined

  constructor(parts: WhatIfParts) {
    this.#parts = parts
  }

  /** What is worked on, or the last answer; kept until the next question or the next start of the server. */
  get state(): WhatIfState {
    return this.#state
  }

  /** Begins to work on a question; false where another is worked on. */
  start(question: WhatIfBody): boolean {
    if (this.#worker !== undefined) return false
    const { databaseUrl, onFault, timeMsMax = TIME_MS_MAX } = this.#parts
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { databaseUrl, question, budgetMs: BUDGET_MS },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
    })
    this.#worker = worker
    this.#state = { kind: 'running', question }
    let end: WhatIfState = { kind: 'failed', question, code: 'failed' }
    const timer = setTimeout(() => {
      end = { kind: 'failed', question, code: 'too-long' }
      void worker.terminate()
    }, timeMsMax)
    worker.once('message', (answer: WhatIfAnswer) => (end = { ...answer, question }))
    worker.once('error', (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      if (isMemory) end = { kind: 'failed', question, code: 'too-long' }
      else onFault(error)
    })
    worker.once('exit', () => {
      clearTimeout(timer)
      this.#worker = undefined
      this.#state = end
    })
    return true
  }

  /** Ends what is worked on. */
  async stop(): Promise<void> {
    await this.#worker?.terminate()
  }
}
