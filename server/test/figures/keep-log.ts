/** A long log in a database, as the host and the desks keep it, with figures made of it on the way. */
import { streamOf } from '#loadtest/city/draws.ts'
import { languageOfQueue } from '#loadtest/city/demand.ts'
import type { JournalEntry } from '../../host/ports.ts'
import type { Database } from '../../store/database.ts'
import { postgresJournal } from '../../store/journal.ts'
import { LOG_POLICY, longLog, placesOfLog, type LogPlan } from './long-log.ts'

const ENTRIES_AT_ONCE = 250

/** Keeps the whole log. `between` is called after each portion, as a job would run. Returns how much it was and when it ended. */
export async function keepLog(db: Database, plan: LogPlan, between: (portion: number) => Promise<void>) {
  await keepCity(db, plan)
  const journal = postgresJournal(db)
  let [callsCount, eventsCount, asOf, portion] = [0, 0, 0, 0]
  for (const entries of longLog(plan)) {
    for (let i = 0; i < entries.length; i += ENTRIES_AT_ONCE)
      await journal.append(entries.slice(i, i + ENTRIES_AT_ONCE))
    for (const { records } of entries) for (const { type } of records) if (type === 'arrived') callsCount += 1
    eventsCount += entries.length
    asOf = entries.at(-1)?.event.at ?? asOf
    await sayLater(db, entries, plan.seed)
    await between((portion += 1))
  }
  return { callsCount, eventsCount, asOf }
}

async function keepCity(db: Database, plan: LogPlan): Promise<void> {
  const labels = (id: string) => JSON.stringify({ da: id, en: id })
  const queues = Object.values(LOG_POLICY.queues)
  for (const service_id of new Set(queues.map(({ serviceId }) => serviceId))) {
    await db
      .insertInto('services')
      .values({ service_id, labels: labels(service_id) })
      .execute()
  }
  for (const { id, serviceId, callersMax, answerWithinMs, shortAbandonMs } of queues) {
    const line = { queue_id: id, service_id: serviceId, language: languageOfQueue(id), is_retired: false }
    const rules = { callers_max: callersMax, answer_within_ms: answerWithinMs, short_abandon_ms: shortAbandonMs }
    await db
      .insertInto('queues')
      .values({ ...line, ...rules })
      .execute()
  }
  for (const district_id of ['north', 'south'])
    await db.insertInto('districts').values({ district_id, name: district_id }).execute()
  for (const [i, { value }] of placesOfLog(plan).entries()) {
    const site = { site_id: value.siteId, name: value.siteId, site_type: 'library', address: '' }
    await db
      .insertInto('sites')
      .values({ ...site, district_id: i % 3 === 0 ? 'north' : 'south' })
      .execute()
  }
}

/** What agents write after calls, mostly at once and sometimes late, and the faces of citizens. */
async function sayLater(db: Database, entries: readonly JournalEntry[], seed: number): Promise<void> {
  for (const { records } of entries) {
    for (const record of records) {
      const draw = streamOf(seed, `said/${record.callId}/${record.type}`)
      if (record.type === 'wrapped-up' && draw() < 0.4) {
        const { callId: call_id, agentId: agent_id, at } = record
        const said = { outcome_codes: [], is_solved_first: draw() < 0.8, note: null, written_at: new Date(at + 1) }
        await db
          .insertInto('wrap_ups')
          .values({ call_id, agent_id, ...said })
          .onConflict((known) => known.doNothing())
          .execute()
      }
      if (record.type === 'ended' && record.outcome === 'answered' && draw() < 0.2) {
        const face = draw() < 0.7 ? 'good' : draw() < 0.5 ? 'so-so' : 'bad'
        const { callId: call_id, queueId: queue_id } = record
        await db
          .insertInto('ratings')
          .values({ call_id, queue_id, site_id: 'any', face, at: new Date(record.at + 1) })
          .execute()
      }
    }
  }
}
