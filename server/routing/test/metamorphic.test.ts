import t from 'tap'
import type { RoutingEvent, RoutingEventBody } from '../event.ts'
import { plainOf } from '../simulation/plain.ts'
import { simulate } from '../simulation/world.ts'
import type { State } from '../state.ts'
import { emptyState } from '../state.ts'
import type { Step, StepOptions } from '../step.ts'
import { nextDeadline, step } from '../step.ts'

/** Histories that are changed in a way that must not matter, or only in one direction. */
const SEEDS = Array.from({ length: 16 }, (_, i) => i + 1)
const runs = SEEDS.map((seed) => ({ seed, events: simulate(seed, 250).events }))

/** Everything that was said and done, one text per event. */
function historyOf(events: readonly RoutingEvent[], options?: StepOptions): { said: string[]; state: State } {
  let state = emptyState()
  const said: string[] = []
  for (const event of events) {
    const { state: next, refusal, effects, facts, records } = step(state, event, options)
    said.push(JSON.stringify({ refusal, effects, facts, records }))
    state = next
  }
  return { said, state }
}

/** Other names for everything that has one. No order survives, neither that of the letters nor that of the hashes. */
function renamed(text: string): string {
  const scrambled = (number: string) => `${(Number(number) * 48_271) % 99_991}x`
  return (
    text
      .replaceAll(
        /\b(call|agent|kiosk|join)-(\d+)/g,
        (_all, kind: string, number: string) => `${scrambled(number)}-${kind}`,
      )
      .replaceAll(/"T(\d+)"/g, (_all, number: string) => `"${scrambled(number)}-ticket"`)
      .replaceAll(/\b(hng|laerkevej|sundby)\b/g, (name) => [...name].reverse().join(''))
      // Why somebody is away is no name.
      .replaceAll(/(?<!with-)\b(citizen|library|ordinary|patient|unsafe)\b/g, (name) => [...name].reverse().join(''))
      .replaceAll(/\b(da|en|so)"/g, (name) => `${[...name.slice(0, 2)].reverse().join('')}-tongue"`)
      .replaceAll(/"(airport|job-centre)"/g, (_all, name: string) => `"site-${[...name].reverse().join('')}"`)
  )
}

t.test('[R21] [R23] other names for everybody and everything: the same history, renamed', async (t) => {
  for (const { seed, events } of runs) {
    const { said } = historyOf(events)
    const other = historyOf(JSON.parse(renamed(JSON.stringify(events))) as RoutingEvent[])
    const differing = said.findIndex((text, i) => renamed(text) !== other.said[i])
    if (differing >= 0) t.equal(other.said[differing], renamed(said[differing] ?? ''), `seed ${seed}, ${differing}`)
  }
  t.notMatch(renamed('["call-12","agent-3","T7","hng","citizen.da"]'), /call-12|agent-3|T7|hng|citizen|da"/)
})

t.test('[R31] with and without explanations the decisions are the same', async (t) => {
  for (const { seed, events } of runs) {
    const plain = historyOf(events)
    const explained = historyOf(events, { isExplained: true })
    t.equal(plainOf(explained.state), plainOf(plain.state), `seed ${seed}`)
    const withoutReasons = (text: string) => {
      const all = JSON.parse(text) as { facts: { type: string; reasons?: unknown }[] }
      const facts = all.facts.filter(({ type }) => type !== 'call.queued').map((fact) => ({ ...fact, reasons: null }))
      return JSON.stringify({ ...all, facts })
    }
    t.same(explained.said.map(withoutReasons), plain.said.map(withoutReasons), `seed ${seed}`)
  }
})

/** Lending follows what waits at each event, told twice or not; at the door a call that is not let in leaves no trace. */
const plainBesideLending = (state: State) => plainOf({ ...state, openLending: [] })

t.test('[R1] [R5] [R11] every event told twice: the second changes nothing, or is refused', async (t) => {
  let toldCount = 0
  for (const { seed, events } of runs) {
    let state = emptyState()
    for (const event of events) {
      const once = step(state, event)
      state = once.state
      const due = nextDeadline(state)
      if (once.refusal !== undefined || (due !== undefined && due <= event.at)) continue
      const twice = step(state, event)
      toldCount += 1
      if (plainBesideLending(twice.state) !== plainBesideLending(state))
        t.fail(`seed ${seed}: ${JSON.stringify(event)}`)
      const isOnceOnly = isSaidOnce(event, once)
      if (isOnceOnly !== (twice.refusal !== undefined)) t.fail(`seed ${seed}: ${event.type} was ${twice.refusal}`)
    }
  }
  t.ok(toldCount > 2_000, `${toldCount} events were told twice`)
})

/** What cannot be said again, because what it spoke of is over; and who has an offer now is not made available. */
function isSaidOnce(event: RoutingEvent, once: Step): boolean {
  if (event.type === 'agent.became-available') return once.state.agents.get(event.agentId)?.work.kind === 'offered'
  return [
    'caller.hung-up',
    'media.lost',
    'agent.hung-up',
    'agent.finished-wrap-up',
    'agent.signed-out',
    'offer.declined',
    'promise.told',
    'callback.withdrawn',
  ].includes(event.type)
}

t.test('[R4] [R23] one more at work who can do nothing: nobody waits longer, for nothing changes', async (t) => {
  const idler: readonly RoutingEventBody[] = [
    { type: 'agent.signed-in', agentId: 'idler', centreId: 'hng', attributes: {} },
    { type: 'agent.became-available', agentId: 'idler' },
  ]
  // Where the server starts again everybody is lost, and whoever was added would have to come back too.
  const steady = runs.filter(({ events }) => events.every(({ type }) => type !== 'server.restarted'))
  t.ok(steady.length > 2)
  for (const { seed, events } of steady) {
    const more = events.flatMap((event) => {
      const own = event.type === 'policy.loaded' && event.policy.version === 'city-0' ? idler : []
      return [event, ...own.map((body) => ({ ...body, at: event.at }) as RoutingEvent)]
    })
    const isIdlers = more.map((event) => 'agentId' in event && event.agentId === 'idler')
    const { said } = historyOf(events)
    const other = historyOf(more)
    const saidBeside = other.said.filter((_text, i) => !isIdlers[i])
    const differing = said.findIndex((text, i) => text !== saidBeside[i])
    if (differing >= 0) t.equal(saidBeside[differing], said[differing], `seed ${seed}, event ${differing}`)
    t.ok(more.length > events.length && other.state.agents.has('idler'), `seed ${seed} had one more at work`)
  }
})
