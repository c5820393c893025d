/**
 * The server is killed at random moments while people press, accept, leave and hang up: what was acknowledged before
 * the kill is true after it, everybody in line stands where they stood, and conversations know nothing of it.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { startVirtualSession, type VirtualSession } from '#sfu/client/virtual-session.ts'
import type { CallId } from '#server/contract/ids.ts'
import { seededRandom } from '../routing/simulation/random.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

/** Twelve find what twenty find; more by `SKRANKE_TEST_KILLS=20`, as before a release. */
const KILLS = Number(process.env['SKRANKE_TEST_KILLS'] ?? 12)
const TALKING = 10
const OFFERED = 10
const WAITING = 20
/** Kiosks beyond those with a call, so that somebody can press while the server dies. */
const SPARE = 4
/** The kill comes at any time within this, while about as much is under way: an answer takes some milliseconds. */
const KILL_WITHIN_MS = 25
const SEED = Number(process.env['SKRANKE_TEST_SEED'] ?? 20_261_124)

const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call ?? undefined
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const isOpen = (kiosk: KioskConnection) => callOf(kiosk) !== undefined && callOf(kiosk)?.status !== 'ended'

/** A wish that was sent, and what must be true once it has been acknowledged. */
type Wish = { readonly what: string; isAcknowledged: boolean; readonly done: Promise<unknown>; holds(): boolean }

class City {
  readonly system: TestSystem
  readonly kiosks: readonly KioskConnection[]
  readonly agents: readonly AgentConnection[]
  /** Every call that was ever asked for, in the order of the presses. */
  readonly pressed: CallId[] = []
  /** Those of them that the server said yes to: a press without an answer may have been kept or not. */
  readonly acknowledged: CallId[] = []
  readonly sessions = new Map<CallId, readonly VirtualSession[]>()
  /** What befell a conversation's media that should have befallen nobody. */
  readonly mediaFaults: string[] = []

  constructor(system: TestSystem, kiosks: readonly KioskConnection[], agents: readonly AgentConnection[]) {
    this.system = system
    this.kiosks = kiosks
    this.agents = agents
  }

  static async open(test: Test): Promise<City> {
    const kioskCount = WAITING + OFFERED + TALKING + SPARE
    const agentCount = OFFERED + TALKING
    const system = await TestSystem.start(test, { crowd: { kioskCount, agentCount }, grace: '3 min' })
    const kiosks = system.access.kiosks.map((_kiosk, i) => system.kiosk(i))
    const agents: AgentConnection[] = []
    for (const { username } of system.access.accounts) agents.push(await system.agent(username))
    const city = new City(system, kiosks, agents)
    test.teardown(() => [...city.sessions.values()].flat().forEach((session) => session.close()))
    await city.allOnline()
    return city
  }

  async allOnline(): Promise<void> {
    const all = [...this.kiosks, ...this.agents]
    await eventually('everybody to be connected', () => all.every(({ state }) => state.kind === 'online'))
  }

  press(kiosk: KioskConnection): Wish {
    const callId = randomUUID() as CallId
    this.pressed.push(callId)
    const asked = kiosk.request('call.start', { callId }, { retry: true })
    asked.then(
      () => this.acknowledged.push(callId),
      () => undefined,
    )
    return wish('press', asked, () => {
      const call = callOf(kiosk)
      return call?.callId === callId && call.status !== 'ended'
    })
  }

  leave(kiosk: KioskConnection, callId: CallId): Wish {
    const isGone = () => callOf(kiosk)?.callId !== callId || !isOpen(kiosk)
    return wish('leave the line', kiosk.request('call.hang-up', { callId }, { retry: true }), isGone)
  }

  accept(agent: AgentConnection, offerId: string, callId: CallId): Wish {
    const body = { offerId } as Parameters<typeof agent.request<'offer.accept'>>[1]
    return wish('accept', agent.request('offer.accept', body, { retry: true }), () => {
      const work = workOf(agent)
      return work?.kind === 'in-call' && work.call.callId === callId
    })
  }

  hangUp(agent: AgentConnection, callId: CallId): Wish {
    const isGone = () => workOf(agent)?.kind === 'wrap-up' || workOf(agent)?.kind === 'idle'
    return wish('hang up', agent.request('call.hang-up', { callId }, { retry: true }), isGone)
  }

  /** Both sides of a conversation get their media; leaving the state `connected` before its end is a fault. */
  converse(agent: AgentConnection, callId: CallId): void {
    const kiosk = this.kiosks.find((each) => callOf(each)?.callId === callId)
    if (kiosk === undefined || this.sessions.has(callId)) return
    const open = (source: { request: typeof kiosk.request | typeof agent.request }, who: string) => {
      const ticketSource = () => (source as KioskConnection).request('media.ticket', { callId }, { retry: true })
      return startVirtualSession({
        ticketSource,
        onState: (state) => {
          if (state === 'reconnecting') this.mediaFaults.push(`${who} of ${callId} lost its media`)
        },
      })
    }
    this.sessions.set(callId, [open(kiosk, 'caller'), open(agent, 'agent')])
  }

  /** Brings the numbers of the city to what the test is about: so many talking, so many with an offer, so many in line. */
  async settle(): Promise<void> {
    await eventually(
      () => `the city to be as busy as it should be, and not ${this.describe()}`,
      async () => {
        const talking = this.agents.filter((agent) => workOf(agent)?.kind === 'in-call')
        for (const agent of this.agents) {
          const work = workOf(agent)
          if (work?.kind === 'wrap-up') await agent.request('wrap-up.finish', {}).catch(() => undefined)
          if (agent.snapshot?.view.availability === 'away') {
            await agent.request('availability.set-available', {}).catch(() => undefined)
          }
          if (work?.kind === 'offered' && talking.length < TALKING) {
            talking.push(agent)
            await this.accept(agent, work.offerId, work.call.callId).done
          }
          if (work?.kind === 'in-call') this.converse(agent, work.call.callId)
        }
        // Where somebody's hanging up had no answer for too long to be asked again, one conversation is too many.
        for (const agent of talking.slice(TALKING)) {
          const work = workOf(agent)
          if (work?.kind === 'in-call') await this.hangUp(agent, work.call.callId).done
        }
        const open = this.kiosks.filter(isOpen)
        for (const kiosk of this.kiosks
          .filter((each) => !isOpen(each))
          .slice(0, this.kiosks.length - SPARE - open.length)) {
          await this.press(kiosk).done
        }
        return this.isBusy() && (await this.areAnswered())
      },
    )
  }

  describe(): string {
    const agents = this.agents.map((agent) => `${workOf(agent)?.kind} ${agent.snapshot?.view.awayReason ?? ''}`)
    const media = [...this.sessions.values()].flat().map(({ state }) => state)
    return JSON.stringify([this.kiosks.map((kiosk) => callOf(kiosk)?.status), agents, media].map(countsOf))
  }

  isBusy(): boolean {
    const count = (status: string) => this.kiosks.filter((kiosk) => callOf(kiosk)?.status === status).length
    const isTalking = this.agents.every((agent) => {
      const work = workOf(agent)
      const sessions = work?.kind === 'in-call' ? this.sessions.get(work.call.callId) : []
      return sessions?.every(({ state }) => state === 'connected') ?? false
    })
    return count('connected') === TALKING && count('offered') === OFFERED && count('waiting') === WAITING && isTalking
  }

  /** Whether every conversation is kept as answered: one that is ended in the moment before is rightly none. */
  async areAnswered(): Promise<boolean> {
    const callIds = this.agents.flatMap((agent) => {
      const work = workOf(agent)
      return work?.kind === 'in-call' ? [work.call.callId] : []
    })
    const rows = await this.system.db
      .selectFrom('calls')
      .select('call_id')
      .where('call_id', 'in', callIds)
      .where('answered_at', 'is not', null)
      .execute()
    return rows.length === callIds.length
  }

  /** Calls of agents in conversation whose media was there and is not any more. */
  conversationsCutOff(): CallId[] {
    return this.agents.flatMap((agent) => {
      const work = workOf(agent)
      if (work?.kind !== 'in-call') return []
      const isOn = this.sessions.get(work.call.callId)?.every(({ state }) => state === 'connected') ?? true
      return isOn ? [] : [work.call.callId]
    })
  }

  /** The calls in line, by the places their kiosks show. */
  line(): CallId[] {
    const waiting = this.kiosks.flatMap((kiosk) => {
      const call = callOf(kiosk)
      return call?.status === 'waiting' ? [{ callId: call.callId, position: call.positionMin }] : []
    })
    return waiting.sort((a, b) => a.position - b.position).map(({ callId }) => callId)
  }
}

/** How often each of the values is there. */
function countsOf(values: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value ?? 'none'] = (counts[value ?? 'none'] ?? 0) + 1
  return counts
}

function wish(what: string, asked: Promise<unknown>, holds: () => boolean): Wish {
  const made: Wish = { what, isAcknowledged: false, done: asked.catch(() => undefined), holds }
  asked.then(
    () => (made.isAcknowledged = true),
    () => undefined,
  )
  return made
}

t.test(`killed ${KILLS} times in the middle of everything`, { timeout: 600_000 }, async (t) => {
  const city = await City.open(t)
  const random = seededRandom(SEED)
  const readyAfterMs: number[] = []
  let acknowledgedCount = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await city.settle()
    const inLine = city.line()
    const wishes = someWishes(city, random)
    await pause(random.next() * KILL_WITHIN_MS)
    await city.system.killServer()
    const acknowledged = wishes.filter(({ isAcknowledged }) => isAcknowledged)
    acknowledgedCount += acknowledged.length
    const killedAt = performance.now()
    await city.system.startServer()
    readyAfterMs.push(Math.round(performance.now() - killedAt))
    await city.allOnline()
    t.same(
      acknowledged.filter((each) => !each.holds()).map(({ what }) => what),
      [],
      `kill ${kill} (seed ${SEED}): what was acknowledged holds`,
    )
    await Promise.all(wishes.map(({ done }) => done))
    t.same(city.conversationsCutOff(), [], `kill ${kill}: every conversation goes on`)
    const inOrder = () => city.pressed.filter((callId) => city.line().includes(callId))
    await eventually('the places to be told', () => city.line().join() === inOrder().join())
    t.same(city.line(), inOrder(), `kill ${kill}: everybody in line stands in the order of arrival`)
    const open = new Set(city.kiosks.filter(isOpen).map((kiosk) => callOf(kiosk)?.callId))
    const leftCount = wishes.filter(({ what }) => what === 'leave the line').length
    const missing = inLine.filter((callId) => !open.has(callId))
    t.ok(missing.length <= leftCount, `kill ${kill}: nobody left the line but by their own wish`)
  }
  t.same(city.mediaFaults, [], 'no conversation noticed')
  t.ok(acknowledgedCount > 0, 'some wishes were acknowledged just before a kill')
  t.comment(JSON.stringify({ kills: KILLS, acknowledgedCount, readyAfterMs: readyAfterMs.sort((a, b) => a - b) }))
  await endsOnce(t, city)
})

/** What four people wish for at the same moment, each of another call. */
function someWishes(city: City, random: ReturnType<typeof seededRandom>): Wish[] {
  const wishes: Wish[] = []
  const spare = random.pick(city.kiosks.filter((kiosk) => !isOpen(kiosk)))
  if (spare !== undefined) wishes.push(city.press(spare))
  const waiting = random.pick(city.kiosks.filter((kiosk) => callOf(kiosk)?.status === 'waiting'))
  const waitingCallId = waiting === undefined ? undefined : callOf(waiting)?.callId
  if (waiting !== undefined && waitingCallId !== undefined) wishes.push(city.leave(waiting, waitingCallId))
  const ringing = random.pick(city.agents.filter((agent) => workOf(agent)?.kind === 'offered'))
  const offered = ringing === undefined ? undefined : workOf(ringing)
  if (ringing !== undefined && offered?.kind === 'offered') {
    wishes.push(city.accept(ringing, offered.offerId, offered.call.callId))
  }
  const talking = random.pick(city.agents.filter((agent) => workOf(agent)?.kind === 'in-call'))
  const work = talking === undefined ? undefined : workOf(talking)
  if (talking !== undefined && work?.kind === 'in-call') wishes.push(city.hangUp(talking, work.call.callId))
  return wishes
}

/** Everybody hangs up: each call that was ever pressed has one record with one outcome. */
async function endsOnce(t: Test, city: City): Promise<void> {
  for (const kiosk of city.kiosks) {
    const call = callOf(kiosk)
    if (call !== undefined && isOpen(kiosk)) await city.leave(kiosk, call.callId).done
  }
  const rows = await city.system.db.selectFrom('calls').select(['call_id', 'outcome', 'answered_at']).execute()
  const recorded = new Set<string>(rows.map(({ call_id }) => call_id))
  t.same(
    [...city.acknowledged].filter((callId) => !recorded.has(callId)),
    [],
    'a record for each press that was acknowledged',
  )
  t.same(
    [...recorded].filter((callId) => !city.pressed.includes(callId as CallId)),
    [],
    'and for no other',
  )
  t.same(
    rows.filter(({ outcome }) => outcome === null),
    [],
    'each with an outcome',
  )
  const talked = [...city.sessions.keys()]
  const answered = new Set(rows.filter(({ outcome }) => outcome === 'answered').map(({ call_id }) => call_id))
  t.same(
    talked.filter((callId) => !answered.has(callId)),
    [],
    'every conversation counts as answered',
  )
}
