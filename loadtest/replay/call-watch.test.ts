/** What is seen of a day is what was asked for: also by name. */
import t from 'tap'
import type { RoutingEvent } from '#server/routing/event.ts'
import { ORDINARY, PLAIN_POLICY } from '#server/routing/policy.ts'
import { emptyState } from '#server/routing/state.ts'
import { step } from '#server/routing/step.ts'
import { CallWatch } from './call-watch.ts'

const queue = {
  id: 'citizen.da',
  serviceId: 'citizen',
  classId: ORDINARY.id,
  requirements: [],
  callersMax: 10,
  homeCentreIds: [],
  calendarIds: [],
  answerWithinMs: 30_000,
  shortAbandonMs: 5_000,
}
const arrival = {
  callId: 'a',
  kioskId: 'k',
  siteId: 's',
  queueId: queue.id,
  language: 'da',
  ticket: 'T',
  classId: null,
  mode: 'video',
  preferredAgentId: null,
} as const

type Body = RoutingEvent extends infer E ? (E extends RoutingEvent ? Omit<E, 'at'> : never) : never
const asEvent = (body: Body, at: number) => ({ ...body, at }) as RoutingEvent

t.test('a colleague who was asked in by name is asked in by name again', async (t) => {
  const watch = new CallWatch()
  let state = emptyState()
  let at = 1_000
  const take = (event: Parameters<typeof asEvent>[0]) => {
    at += 1_000
    const before = state
    const after = step(before, asEvent(event, at))
    t.equal(after.refusal, undefined, event.type)
    state = after.state
    const { facts, records } = after
    watch.take({ seq: at, event: asEvent(event, at), facts, records }, before, after)
  }
  take({ type: 'policy.loaded', policy: { ...PLAIN_POLICY, queues: { [queue.id]: queue } }, isForWaiting: true })
  for (const agentId of ['amal', 'bo']) {
    take({ type: 'agent.signed-in', agentId, centreId: 'hng', attributes: {} })
    take({ type: 'agent.became-available', agentId })
  }
  take({ type: 'call.arrived', ...arrival })
  take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' })
  const target = { kind: 'agent', agentId: 'bo' } as const
  take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [], target })
  t.match(watch.seen(at).arrivals, [{ thirdPerson: { afterMs: 1_000, needs: [], target } }])
})
