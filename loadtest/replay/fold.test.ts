/** A day replays decision by decision, and what is not as it was kept is found and named. */
import t from 'tap'
import { toSnapshot, type Snapshot } from '#server/routing/snapshot.ts'
import { firstDifference } from './difference.ts'
import { replayExactly, type KeptEntry } from './fold.ts'
import { DayWatch } from './observed.ts'
import { asJsonb, busyHours, DAY, seenOf } from './busy-hours.ts'

const entries = busyHours(1)

function indexWhere(what: (entry: KeptEntry) => boolean): number {
  const index = entries.findIndex((entry, i) => i > 500 && what(entry))
  if (index < 0) throw new Error('the hours hold nothing of that kind')
  return index
}

/** The entries with one of them changed. */
function tampered(index: number, change: (entry: KeptEntry) => unknown): KeptEntry[] {
  return entries.with(index, change(structuredClone(entries[index] as KeptEntry)) as KeptEntry)
}

t.test('two busy hours, with a restart in their middle, replay exactly', async (t) => {
  const kinds = new Set(entries.flatMap(({ event, facts }) => [event.type, ...facts.map(({ type }) => type)]))
  for (const kind of ['server.restarted', 'offer.declined', 'offer.expired', 'step.opened', 'call.refined'] as const) {
    t.ok(kinds.has(kind), `the hours have ${kind}`)
  }
  const { eventsCount, decisionsCount, firstDifference: found } = replayExactly(undefined, entries)
  t.equal(found, null)
  t.equal(eventsCount, entries.length)
  t.ok(decisionsCount > 1_000, `${decisionsCount} decisions`)
})

t.test('from any snapshot on, the same follows', async (t) => {
  const snapshots: { at: number; snapshot: Snapshot }[] = []
  replayExactly(undefined, entries, ({ seq }, _before, after) => {
    if (seq % 397 === 0) snapshots.push({ at: seq, snapshot: asJsonb(toSnapshot(after.state)) as Snapshot })
  })
  t.ok(snapshots.length >= 5)
  for (const { at, snapshot } of snapshots) {
    const { firstDifference: found } = replayExactly(snapshot, entries.slice(at))
    t.equal(found, null, `from entry ${at} on`)
  }
})

t.test('without reasons the same is decided', async (t) => {
  const plain = busyHours(1, { isExplained: false })
  t.equal(replayExactly(undefined, plain).firstDifference, null)
  const offers = (of: readonly KeptEntry[]) =>
    of.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.type === 'offer.made' ? [[fact.offerId, fact.agentId]] : [])),
    )
  t.same(offers(plain), offers(entries))
})

t.test('an offer that was made to somebody else is found, with its place', async (t) => {
  const index = indexWhere(({ facts }) => facts[0]?.type === 'offer.made')
  const changed = tampered(index, (entry) => ({
    ...entry,
    facts: entry.facts.map((fact) => ({ ...fact, agentId: 'agent-of-nobody' })),
  }))
  const { firstDifference: found, eventsCount } = replayExactly(undefined, changed)
  t.match(found, { seq: index + 1, path: 'facts[0].agentId', kept: 'agent-of-nobody', replayed: /^agent-\d+$/ })
  t.equal(eventsCount, index + 1, 'and nothing after it is replayed')
})

t.test('an event that is missing, or was another, is found where it first shows', async (t) => {
  const index = indexWhere(({ event }) => event.type === 'offer.accepted')
  const withoutIt = entries.toSpliced(index, 1)
  t.match(replayExactly(undefined, withoutIt).firstDifference, { seq: index + 2 })
  const late = tampered(index, (entry) => ({ ...entry, event: { ...entry.event, at: entry.event.at + 60_000 } }))
  t.match(replayExactly(undefined, late).firstDifference, {
    seq: index + 1,
    path: 'error',
    replayed: /before the tick/,
  })
  const stale = tampered(index, (entry) => ({ ...entry, event: { ...entry.event, offerId: 'none/1' } }))
  t.match(replayExactly(undefined, stale).firstDifference, { path: 'refusal', replayed: 'offer-gone' })
})

t.test('an outcome that was written otherwise is found', async (t) => {
  const index = indexWhere(({ records }) => records?.some(({ type }) => type === 'ended') === true)
  const changed = tampered(index, (entry) => ({
    ...entry,
    records: entry.records?.map((record) => (record.type === 'ended' ? { ...record, outcome: 'full' } : record)),
  }))
  t.match(replayExactly(undefined, changed).firstDifference, {
    seq: index + 1,
    path: /^records\[\d\]\.outcome$/,
    kept: 'full',
  })
})

t.test('keys in another order are no difference, nor is an absent one; elements and kinds are', async (t) => {
  t.equal(firstDifference({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1, d: undefined }), null)
  t.same(firstDifference({ a: [1, 2] }, { a: [1] }), { path: 'a[1]', kept: 2, replayed: undefined })
  t.same(firstDifference({ a: [] }, { a: {} }), { path: 'a', kept: [], replayed: {} })
  t.same(firstDifference({ a: null }, { a: 0 }), { path: 'a', kept: null, replayed: 0 })
})

t.test('what was seen of the hours is what happened in them', async (t) => {
  const seen = seenOf(entries)
  const count = (type: string) => entries.filter(({ event }) => event.type === type).length
  t.equal(seen.arrivals.length, count('call.arrived'))
  t.equal(seen.outcomes.length, seen.arrivals.length)
  const abandoned = seen.outcomes.filter(({ outcome }) => outcome === 'abandoned').length
  t.equal(seen.samples.waits.filter(({ end }) => end === 'left').length, abandoned)
  t.equal(seen.samples.waits.filter(({ end }) => end === 'stepped-away').length, count('caller.stepped-away'))
  t.equal(seen.samples.answers.filter(({ kind }) => kind === 'accepted').length, count('offer.accepted'))
  t.ok(seen.samples.waits.every(({ waitMs }) => waitMs >= 0))
  const talks = seen.samples.talks.length
  t.ok(talks > 0.9 * count('offer.accepted') && talks <= count('offer.accepted'), `${talks} whole conversations`)
  t.equal(new DayWatch(DAY.startsAt, DAY.endsAt).seen(), undefined, 'nothing of a day without events')
})
