/**
 * The policy the engine decides by: read from what was loaded last, checked against the city, and followed when a new
 * one is loaded. Opening hours are worked out from it for two weeks ahead, anew each day.
 */
import type { RoutingHost } from './host/routing-host.ts'
import { calendarOf, NO_CALENDAR, type CalendarInForce } from './policy/calendar-in-force.ts'
import { readPolicy, type CheckedPolicy } from './policy/document.ts'
import { compileTargets, compileWarnings } from './policy/compile.ts'
import { NOTES_KEPT_DAYS } from './policy/schema.ts'
import { NO_WARNINGS, type WarningRules } from './policy/schema-warnings.ts'
import { hoursOf } from './policy/hours.ts'
import type { Database } from './store/database.ts'
import type { Directory } from './store/directory.ts'
import { keepQueues, newestPolicy, watchPolicies } from './store/policies.ts'

const HOURS_AHEAD_DAYS = 14
const HOURS_AGAIN_MS = 24 * 60 * 60 * 1_000

export type PolicyParts = {
  readonly db: Database
  readonly databaseUrl: string
  readonly directory: Directory
  readonly host: RoutingHost
  /** What an operator should know: a policy was taken, or not and why. */
  readonly onNews: (message: string, facts: Readonly<Record<string, unknown>>) => void
  readonly onFatal: (error: unknown) => void
}

export type Outcome = { readonly code: string; readonly labels: { readonly da: string; readonly en: string } }

/** What does not fit this city, in sentences: a policy may be right in itself and name what is not there. */
export function cityFaults({ document, centres }: CheckedPolicy, directory: Directory): string[] {
  const faults: string[] = []
  for (const id of Object.keys(document.services)) {
    if (!directory.serviceIds.has(id)) faults.push(`the city has no service ${id}`)
  }
  for (const { centreId } of centres) {
    if (!directory.centreIds.has(centreId)) faults.push(`the city has no centre ${centreId}`)
  }
  for (const id of Object.keys(document.sites ?? {})) {
    if (!directory.sites.has(id)) faults.push(`the city has no site ${id}`)
  }
  return faults
}

export class PolicyInForce {
  readonly #parts: PolicyParts
  #document: CheckedPolicy['document'] | undefined
  #warningRules: WarningRules = NO_WARNINGS
  #targets: Readonly<Record<string, number>> = {}
  #calendar: CalendarInForce = NO_CALENDAR
  #loading: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #unwatch: (() => Promise<void>) | undefined

  constructor(parts: PolicyParts) {
    this.#parts = parts
  }

  /** Whether there is one: without, no call can be taken. */
  get isLoaded(): boolean {
    return this.#document !== undefined
  }

  /** What can come of a call of a service, in the order of the text. */
  readonly outcomesOf = (serviceId: string): Outcome[] =>
    Object.entries(this.#document?.services[serviceId]?.outcomes ?? {}).map(([code, labels]) => ({ code, labels }))

  /** After so many days the notes of calls are deleted. */
  get notesKeptDays(): number {
    return this.#document?.wrapUp?.notesKeptDays ?? NOTES_KEPT_DAYS
  }

  /** Of what supervisors are warned. */
  get warningRules(): WarningRules {
    return this.#warningRules
  }

  /** How many of a hundred are to be answered in time, by queue. */
  get targets(): Readonly<Record<string, number>> {
    return this.#targets
  }

  /** Opening hours and holidays, of any date. */
  get calendar(): CalendarInForce {
    return this.#calendar
  }

  /** Follows what is in force, and whatever is loaded from now on. The host must be running. */
  async start(): Promise<void> {
    const { databaseUrl, onFatal } = this.#parts
    this.#unwatch = await watchPolicies(databaseUrl, () => void this.loadAgain(), onFatal)
    await this.#load()
    this.#timer = setInterval(() => void this.loadAgain(), HOURS_AGAIN_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#loading
    await this.#unwatch?.()
  }

  /** Follows what is in force now. One after the other: two that are loaded at once are taken in their order. */
  loadAgain(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#load()).catch((error: unknown) => this.#parts.onFatal(error))
    return this.#loading
  }

  async #load(): Promise<void> {
    const { db, directory, onNews } = this.#parts
    const kept = await newestPolicy(db)
    if (kept === undefined) return onNews('policy.none', {})
    const checked = readPolicy(kept.document)
    const faults = checked.isValid ? cityFaults(checked, directory) : checked.faults.map(({ sentence }) => sentence)
    // It was checked when it was loaded: the city changed since, or an older server reads a newer text.
    if (!checked.isValid || faults.length > 0) return onNews('policy.refused', { version: kept.version, faults })
    await this.#follow(checked, kept.isForWaiting)
  }

  async #follow(checked: CheckedPolicy, isForWaiting: boolean): Promise<void> {
    const { db, directory, host, onNews } = this.#parts
    const { policy, queues, document } = checked
    await keepQueues(
      db,
      directory,
      queues.flatMap(({ queueId, serviceId, language }) => {
        const queue = policy.queues[queueId]
        return queue === undefined ? [] : [{ ...queue, serviceId, language }]
      }),
    )
    if (JSON.stringify(policy) !== JSON.stringify(host.state.policy)) {
      const refusal = await host.submit({ type: 'policy.loaded', policy, isForWaiting })
      if (refusal !== undefined) throw new Error(`the engine does not take policy ${policy.version}: ${refusal}`)
      onNews('policy.loaded', { version: policy.version, isForWaiting })
    }
    const hours = hoursOf(document, Date.now(), HOURS_AHEAD_DAYS)
    if (JSON.stringify(hours) !== JSON.stringify(host.state.hours)) await host.submit({ type: 'hours.loaded', hours })
    this.#document = document
    this.#warningRules = compileWarnings(document)
    this.#targets = compileTargets(document)
    this.#calendar = calendarOf(document)
  }
}
