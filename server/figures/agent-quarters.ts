/** What agents did, by the quarter-hour: spans cut where quarters meet. */
import { QUARTER_MS, quarterOf } from './calendar.ts'
import { AGENT_SUMS, type AgentSumName, type AgentSums } from './sums.ts'

/** A span as it is kept; in a call, with what became of it. */
export type KeptSpan = {
  readonly agentId: string
  readonly kind: 'available' | 'away' | 'offered' | 'in-call' | 'hold' | 'wrap-up'
  readonly from: number
  readonly until: number | null
  readonly centreId: string
  /** How an offer ended. */
  readonly how: string | null
  readonly isHandedOver: boolean
  readonly isJoined: boolean
  readonly lentMs: number | null
}

export type AgentQuarter = {
  readonly quarter: number
  readonly agentId: string
  readonly centreId: string
  readonly sums: AgentSums
}

type Row = { [Name in AgentSumName]: number }

const TIME_OF_KIND = {
  available: 'idleMs',
  away: 'awayMs',
  offered: 'offeredMs',
  'in-call': 'inCallMs',
  hold: 'holdMs',
  'wrap-up': 'wrapUpMs',
} as const

const COUNT_OF_END: Readonly<Record<string, AgentSumName>> = {
  accepted: 'offersAccepted',
  declined: 'offersDeclined',
  expired: 'offersExpired',
  'caller-left': 'offersCallerLeft',
  'taken-back': 'offersTakenBack',
}

/**
 * The quarter-hours from `from`, where one begins, up to, not including, `to`, in which an agent did something. `spans`: all that touch
 * that time; one that lasts is cut at `to`.
 */
export function agentQuarters(spans: readonly KeptSpan[], from: number, to: number): AgentQuarter[] {
  return [...Map.groupBy(spans, ({ agentId }) => agentId)].flatMap(([agentId, own]) => {
    const rows = new Map<string, AgentQuarter & { sums: Row }>()
    const rowOf = (quarter: number, centreId: string): Row => {
      const key = `${quarter}|${centreId}`
      const known = rows.get(key) ?? { quarter, agentId, centreId, sums: noSums() }
      rows.set(key, known)
      return known.sums
    }
    const addTime = (low: number, high: number, add: (quarter: number, ms: number) => void) => {
      const [start, end] = [Math.max(low, from), Math.min(high, to)]
      for (let quarter = quarterOf(start); start < end && quarter < end; quarter += QUARTER_MS) {
        add(quarter, Math.min(end, quarter + QUARTER_MS) - Math.max(start, quarter))
      }
    }
    const isPresence = ({ kind }: KeptSpan) => kind === 'available' || kind === 'away'
    const work = own.filter((span) => !isPresence(span) && span.kind !== 'hold')
    for (const span of own) {
      const until = span.until ?? to
      const name = TIME_OF_KIND[span.kind]
      addTime(span.from, until, (quarter, ms) => (rowOf(quarter, span.centreId)[name] += ms))
      // Idle and away are what is left of a presence beside work.
      for (const other of isPresence(span) ? work : []) {
        addTime(Math.max(span.from, other.from), Math.min(until, other.until ?? to), (quarter, ms) => {
          rowOf(quarter, span.centreId)[name] -= ms
        })
      }
      if (span.from >= from && span.from < to) count(rowOf(quarterOf(span.from), span.centreId), span)
    }
    return [...rows.values()].filter(({ sums }) => AGENT_SUMS.some((name) => sums[name] !== 0))
  })
}

function count(sums: Row, { kind, how, from, until, isHandedOver, isJoined, lentMs }: KeptSpan): void {
  if (kind === 'offered') {
    sums.offersMade += 1
    const end = COUNT_OF_END[how ?? '']
    if (end !== undefined) sums[end] += 1
    if (how === 'accepted') sums.offerAnswerMs += (until ?? from) - from
  }
  if (kind !== 'in-call') return
  sums.handlings += 1
  if (isHandedOver) sums.handedOver += 1
  if (isJoined) sums.joined += 1
  if (lentMs === null) return
  sums.lentHandlings += 1
  sums.lentMs += lentMs
}

function noSums(): Row {
  return Object.fromEntries(AGENT_SUMS.map((name) => [name, 0])) as Row
}
