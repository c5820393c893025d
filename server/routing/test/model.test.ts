import fc from 'fast-check'
import t from 'tap'
import type { RoutingEventBody } from '../event.ts'
import { assertLists, assertSound } from '../invariants.ts'
import { fromSnapshot, toSnapshot, type Snapshot } from '../snapshot.ts'
import { nextDeadline, type Step } from '../step.ts'
import { arrivalOf, Desk, never, policyOf } from './desk.ts'

/**
 * What somebody outside knows from the answers alone: who is in, who said they are ready, which offers stand. It knows
 * nothing of order or choice, and so is no second engine.
 */
class Model {
  /** Open calls: at which kiosk, or away with the ticket. */
  readonly calls = new Map<string, string | 'away'>()
  readonly ready = new Set<string>()
  readonly openOffers = new Map<string, string>()
  /** The offer each agent accepted and has not left. */
  readonly taken = new Map<string, string>()
  /** Every offer ever made, with whom: old ones are answered too. */
  readonly offers: { readonly offerId: string; readonly agentId: string }[] = []
  /** Calls ever told of, also those that are over. */
  readonly told: string[] = []
}

const must = (condition: boolean, what: string) => {
  if (!condition) throw new Error(what)
}

/** Tells the engine, hears what it says, and holds it against what was heard before. */
function tell(model: Model, desk: Desk, body: RoutingEventBody): Step {
  const step = desk.take(body)
  for (const fact of step.facts) {
    if (fact.type === 'agent.set-away') model.ready.delete(fact.agentId)
    if (fact.type === 'offer.made') {
      must(model.ready.has(fact.agentId), `${fact.agentId} did not say they are ready`)
      must(model.calls.has(fact.callId), `${fact.callId} is not open`)
      must(![...model.openOffers.values()].includes(fact.agentId), `${fact.agentId} has two offers`)
      model.openOffers.set(fact.offerId, fact.agentId)
      model.offers.push(fact)
    }
    if (fact.type === 'offer.expired' || fact.type === 'offer.declined' || fact.type === 'offer.withdrawn') {
      must(model.openOffers.delete(fact.offerId), `${fact.offerId} ended and was not open`)
    }
  }
  for (const record of step.records) {
    if (record.type === 'handled') must(model.taken.delete(record.agentId), `${record.agentId} handled nothing`)
    if (record.type === 'ended') must(model.calls.delete(record.callId), `${record.callId} ended and was not open`)
  }
  must([...model.calls.keys()].sort().join() === [...desk.state.calls.keys()].sort().join(), 'other calls are open')
  assertSound(desk.state)
  assertLists(desk.state)
  return step
}

/** Lets time go by and hears what happens by itself. */
function pass(model: Model, desk: Desk, ms: number): void {
  const until = desk.at + ms
  for (let due = nextDeadline(desk.state); due !== undefined && due <= until; due = nextDeadline(desk.state)) {
    desk.at = Math.max(desk.at, due)
    tell(model, desk, { type: 'clock.ticked' })
  }
  desk.at = until
}

class Told implements fc.Command<Model, Desk> {
  readonly #name: string
  readonly #run: (model: Model, desk: Desk) => void
  constructor(name: string, run: (model: Model, desk: Desk) => void) {
    this.#name = name
    this.#run = run
  }
  check = () => true
  run(model: Model, desk: Desk): void {
    pass(model, desk, 0)
    this.#run(model, desk)
  }
  toString(): string {
    return this.#name
  }
}

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]
const kiosk = fc.integer({ min: 0, max: 5 }).map((n) => `kiosk-${n}`)
const someone = fc.constantFrom('amal', 'bo', 'cy')
const index = fc.nat({ max: 30 })

const callStart = fc
  .record({ kiosk, classId: fc.constantFrom('ordinary', 'more-time', 'unsafe'), language: fc.constantFrom('da', 'en') })
  .map(
    ({ kiosk, classId, language }) =>
      new Told(`CallStart(${kiosk}, ${classId}, ${language})`, (model, desk) => {
        const callId = `call-${model.told.length}`
        const isTaken = [...model.calls.values()].includes(kiosk)
        model.told.push(callId)
        if (!isTaken) model.calls.set(callId, kiosk)
        const changes = { kioskId: kiosk, classId, language, queueId: `citizen.${language}` }
        const { refusal } = tell(model, desk, arrivalOf(callId, changes))
        must(refusal === (isTaken ? 'already-in-call' : undefined), `${refusal} for a press at ${kiosk}`)
      }),
  )

const duplicate = index.map(
  (i) =>
    new Told(`Duplicate(${i})`, (model, desk) => {
      const [callId, kioskId] = at([...model.calls], i) ?? []
      if (callId === undefined || kioskId === undefined || kioskId === 'away') return
      const { refusal, records } = tell(model, desk, arrivalOf(callId, { kioskId }))
      must(refusal === undefined && records.length === 0, 'the same press is not the same call')
    }),
)

const hangUp = index.map(
  (i) =>
    new Told(`HangUp(${i})`, (model, desk) => {
      const callId = at(model.told, i) ?? 'none'
      const isOpen = model.calls.has(callId)
      const { refusal, records } = tell(model, desk, { type: 'caller.hung-up', callId })
      must(refusal === (isOpen ? undefined : 'unknown-call'), `${refusal} for hanging up ${callId}`)
      must(!isOpen || records.some(({ type }) => type === 'ended'), `${callId} did not end`)
    }),
)

const ofAgent = fc
  .record({ agentId: someone, what: fc.constantFrom('Ready', 'Away', 'SignInAgain', 'Lost', 'Returned', 'WrapUpDone') })
  .map(({ agentId, what }) => new Told(`${what}(${agentId})`, (model, desk) => tellOfAgent(model, desk, agentId, what)))

function tellOfAgent(model: Model, desk: Desk, agentId: string, what: string): void {
  if (what === 'Ready') {
    // Said before it is heard: the answer may bring an offer with it.
    const wasReady = model.ready.has(agentId)
    model.ready.add(agentId)
    const { refusal } = tell(model, desk, { type: 'agent.became-available', agentId })
    if (refusal !== undefined && !wasReady) model.ready.delete(agentId)
    return
  }
  if (what === 'Away') {
    tell(model, desk, { type: 'agent.became-away', agentId, reason: 'break' })
    model.ready.delete(agentId)
    must(![...model.openOffers.values()].includes(agentId), `${agentId} is away with an offer`)
  }
  if (what === 'SignInAgain') {
    tell(model, desk, { type: 'agent.signed-in', agentId, centreId: 'hng', attributes: { citizen: 2, da: 3, en: 1 } })
  }
  if (what === 'Lost') {
    // Lost since the restart already, with the offer of before: that one has its full deadline.
    const isThere = desk.agentOf(agentId).lostAt === null
    tell(model, desk, { type: 'agent.lost', agentId })
    must(!isThere || ![...model.openOffers.values()].includes(agentId), `${agentId} is lost with an offer`)
  }
  if (what === 'Returned') tell(model, desk, { type: 'agent.returned', agentId })
  if (what === 'WrapUpDone') tell(model, desk, { type: 'agent.finished-wrap-up', agentId })
}

/** [I7] An acceptance is acknowledged if and only if the offer stands, or was accepted by the same agent before. */
const accept = index.map(
  (i) =>
    new Told(`Accept(${i})`, (model, desk) => {
      const { offerId, agentId } = model.offers.at(-1 - (i % Math.max(1, model.offers.length))) ?? noOffer
      const isOpen = model.openOffers.get(offerId) === agentId
      const isSaidAgain = model.taken.get(agentId) === offerId
      if (isOpen) {
        model.openOffers.delete(offerId)
        model.taken.set(agentId, offerId)
      }
      const { refusal } = tell(model, desk, { type: 'offer.accepted', agentId, offerId })
      must(refusal === (isOpen || isSaidAgain ? undefined : 'offer-gone'), `${refusal} for accepting ${offerId}`)
    }),
)

const decline = index.map(
  (i) =>
    new Told(`Decline(${i})`, (model, desk) => {
      const { offerId, agentId } = model.offers.at(-1 - (i % Math.max(1, model.offers.length))) ?? noOffer
      const isOpen = model.openOffers.get(offerId) === agentId
      const { refusal } = tell(model, desk, { type: 'offer.declined', agentId, offerId, reason: null })
      must(refusal === (isOpen ? undefined : 'offer-gone'), `${refusal} for declining ${offerId}`)
    }),
)

const noOffer = { offerId: 'none/1', agentId: 'amal' }

const agentHangUp = someone.map(
  (agentId) =>
    new Told(`AgentHangUp(${agentId})`, (model, desk) => {
      const callId = model.taken.get(agentId)?.split('/')[0] ?? 'none'
      const isIn = callId !== 'none'
      const { refusal } = tell(model, desk, { type: 'agent.hung-up', agentId, callId })
      must(refusal === (isIn ? undefined : 'unknown-call'), `${refusal} for ${agentId} leaving ${callId}`)
      must(!model.taken.has(agentId), `${agentId} left and is in the call`)
    }),
)

const stepAway = index.map(
  (i) =>
    new Told(`StepAway(${i})`, (model, desk) => {
      const callId = at([...model.calls.keys()], i)
      if (callId === undefined) return
      const isTaken = [...model.taken.values()].some((offerId) => offerId.startsWith(`${callId}/`))
      const { refusal } = tell(model, desk, { type: 'caller.stepped-away', callId, isRungAtKiosk: false })
      must(refusal === (isTaken ? 'wrong-state' : undefined), `${refusal} for stepping away`)
      if (refusal === undefined) model.calls.set(callId, 'away')
    }),
)

const takeUp = fc.record({ i: index, kioskId: kiosk }).map(
  ({ i, kioskId }) =>
    new Told(`TakeUp(${i}, ${kioskId})`, (model, desk) => {
      const callId = at([...model.calls.keys()], i)
      if (callId === undefined) return
      const isFree = ![...model.calls].some(([id, place]) => id !== callId && place === kioskId)
      const event = { type: 'ticket.taken-up', ticket: `T-${callId}`, kioskId, siteId: 'airport' } as const
      const { refusal } = tell(model, desk, event)
      must(isFree || refusal === 'already-in-call', `${kioskId} was taken`)
      if (refusal === undefined) model.calls.set(callId, kioskId)
    }),
)

const join = someone.map(
  (agentId) =>
    new Told(`Join(${agentId})`, (model, desk) => {
      const callId = model.taken.get(agentId)?.split('/')[0] ?? 'none'
      const event = {
        type: 'join.asked',
        joinId: `join-of-${callId}-${agentId}`,
        callId,
        agentId,
        needs: [never('da')],
      } as const
      const { refusal } = tell(model, desk, event)
      must(refusal === (callId === 'none' ? 'unknown-call' : undefined), `${refusal} for asking into ${callId}`)
    }),
)

const tick = fc
  .oneof(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom(5_000, 15_000, 20_000, 30_000, 60_000))
  .map((ms) => new Told(`Tick(${ms})`, (model, desk) => pass(model, desk, ms)))

const restart = fc.constant(
  new Told('Restart', (model, desk) => {
    desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))) as Snapshot)
    tell(model, desk, { type: 'server.restarted' })
  }),
)

t.test('[R1] [R5] [R6] [R9] [R11] [R15] [R18] [R29] any sequence of what people do keeps what was said', async () => {
  const policy = policyOf({
    wrapUpMs: 30_000,
    pauseMs: 2_000,
    ticketNearCount: 0,
    ticketCallMs: 20_000,
    ticketKeptMs: 30_000,
  })
  const all = [
    ...[callStart, callStart, duplicate, hangUp, ofAgent, ofAgent, accept, accept, decline],
    ...[agentHangUp, stepAway, takeUp, join, tick, restart],
  ]
  // A failure says its seed, path and replayPath: give them to fc.assert and fc.commands to see it again.
  fc.assert(
    fc.property(fc.commands(all, { size: '+1', maxCommands: 80 }), (commands) => {
      fc.modelRun(() => {
        const model = new Model()
        const desk = new Desk(policy)
        for (const agentId of ['amal', 'bo', 'cy']) {
          tell(model, desk, {
            type: 'agent.signed-in',
            agentId,
            centreId: 'hng',
            attributes: { citizen: 3, da: 3, en: 2 },
          })
          model.ready.add(agentId)
          tell(model, desk, { type: 'agent.became-available', agentId })
        }
        return { model, real: desk }
      }, commands)
    }),
    { numRuns: 600 },
  )
})
