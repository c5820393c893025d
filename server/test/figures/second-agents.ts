/** Agents' time counted a second time: one pass over everything that happened, in order, with a clock for each agent. */
import { sql } from 'kysely'
import type { Fact } from '../../routing/effect.ts'
import type { RoutingEvent } from '../../routing/event.ts'
import type { Database } from '../../store/database.ts'

const QUARTER_MS = 900_000

type Clock = {
  presence: 'off' | 'away' | 'idle'
  work: 'none' | 'offered' | 'inCall' | 'wrapUp'
  since: number
  centreId: string
}
type Change = {
  readonly at: number
  readonly order: number
  readonly apply: (clock: Clock) => void
  readonly agentId: string
}

/** By `agent|quarter|name`: milliseconds and counts, up to `asOf`. */
export async function countAgentsAgain(db: Database, asOf: number): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  const add = (agentId: string, at: number, name: string, amount: number) => {
    if (amount === 0) return
    const key = `${agentId}|${Math.floor(at / QUARTER_MS) * QUARTER_MS}|${name}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  const addTime = (agentId: string, from: number, until: number, name: string) => {
    for (let at = from; at < until;) {
      const next = Math.min(until, Math.floor(at / QUARTER_MS) * QUARTER_MS + QUARTER_MS)
      add(agentId, at, name, next - at)
      at = next
    }
  }
  const changes = await changesOf(db, add, addTime)
  changes.sort((a, b) => a.at - b.at || a.order - b.order)
  const clocks = new Map<string, Clock>()
  const pass = (agentId: string, clock: Clock, at: number) => {
    const { presence, work, since } = clock
    const name = work !== 'none' ? `${work}Ms` : presence === 'off' ? undefined : `${presence}Ms`
    if (name !== undefined) addTime(agentId, since, at, name)
    clock.since = at
  }
  for (const { agentId, at, apply } of changes) {
    const clock = clocks.get(agentId) ?? { presence: 'off', work: 'none', since: at, centreId: '' }
    clocks.set(agentId, clock)
    pass(agentId, clock, at)
    apply(clock)
  }
  for (const [agentId, clock] of clocks) pass(agentId, clock, asOf)
  return sums
}

type Add = (agentId: string, at: number, name: string, amount: number) => void
type AddTime = (agentId: string, from: number, until: number, name: string) => void

async function changesOf(db: Database, add: Add, addTime: AddTime): Promise<Change[]> {
  const changes: Change[] = []
  const change = (agentId: string, at: number, order: number, apply: Change['apply']) =>
    changes.push({ agentId, at, order, apply })
  const offeredAt = new Map<string, number>()
  const { rows } = await sql<{ seq: string; event: RoutingEvent; facts: Fact[] }>`
    select seq, event, facts from journal order by seq`.execute(db)
  for (const { seq, event, facts } of rows) {
    const order = Number(seq) * 100
    const { at } = event
    if (event.type === 'agent.signed-in') {
      change(
        event.agentId,
        at,
        order,
        (clock) => void (clock.presence = clock.presence === 'off' ? 'away' : clock.presence),
      )
    }
    if (event.type === 'agent.signed-out') change(event.agentId, at, order, (clock) => void (clock.presence = 'off'))
    if (event.type === 'agent.became-available')
      change(event.agentId, at, order, (clock) => void (clock.presence = 'idle'))
    if (event.type === 'agent.became-away') change(event.agentId, at, order, (clock) => void (clock.presence = 'away'))
    if (event.type === 'offer.accepted' && offeredAt.has(event.offerId)) {
      const madeAt = offeredAt.get(event.offerId) ?? 0
      offeredAt.delete(event.offerId)
      add(event.agentId, madeAt, 'offersAccepted', 1)
      add(event.agentId, madeAt, 'offerAnswerMs', at - madeAt)
      add(event.agentId, at, 'handlings', 1)
      change(event.agentId, at, order, (clock) => void (clock.work = 'inCall'))
    }
    for (const [i, fact] of facts.entries()) {
      if (fact.type === 'offer.made') {
        offeredAt.set(fact.offerId, at)
        add(fact.agentId, at, 'offersMade', 1)
        change(fact.agentId, at, order + i + 1, (clock) => void (clock.work = 'offered'))
      } else if (fact.type === 'offer.declined' || fact.type === 'offer.expired' || fact.type === 'offer.withdrawn') {
        const isLeft = fact.type === 'offer.withdrawn' && fact.why.startsWith('caller-')
        const name = {
          'offer.declined': 'offersDeclined',
          'offer.expired': 'offersExpired',
          'offer.withdrawn': isLeft ? 'offersCallerLeft' : 'offersTakenBack',
        }
        add(fact.agentId, offeredAt.get(fact.offerId) ?? 0, name[fact.type], 1)
        offeredAt.delete(fact.offerId)
        change(fact.agentId, at, order + i + 1, (clock) => void (clock.work = 'none'))
      } else if (fact.type === 'hold.ended') addTime(fact.agentId, at - fact.heldMs, at, 'holdMs')
      else if (fact.type === 'agent.set-away')
        change(fact.agentId, at, order + i + 1, (clock) => void (clock.presence = 'away'))
      else if (fact.type === 'wrap-up.ended')
        change(fact.agentId, at, order + i + 1, (clock) => void (clock.work = 'none'))
    }
  }
  for (const row of await db.selectFrom('handlings').selectAll().execute()) {
    const [from, until] = [row.accepted_at.getTime(), row.hung_up_at.getTime()]
    // Before anything else of that moment: whoever left a call is in the next state only by what comes then.
    change(row.agent_id, until, -1, (clock) => void (clock.work = 'wrapUp'))
    if (row.is_handed_over) add(row.agent_id, from, 'handedOver', 1)
    if (row.asked_in_as === 'join') add(row.agent_id, from, 'joined', 1)
    if (row.lent_by_centre_id === null) continue
    add(row.agent_id, from, 'lentHandlings', 1)
    add(row.agent_id, from, 'lentMs', (row.wrapped_up_at ?? row.hung_up_at).getTime() - from)
  }
  return changes
}
