import t from 'tap'
import { arrivalOf, classOf, Desk, never, policyOf, queueOf } from './desk.ts'

/** The order in which calls are offered that all came while nobody was there. */
function served(desk: Desk): string[] {
  const order: string[] = []
  desk.agent('only', { citizen: 1, library: 1, da: 1, en: 1 })
  while (desk.state.calls.size > 0) {
    const { work } = desk.agentOf('only')
    if (work.kind !== 'offered') throw new Error('nobody is offered')
    order.push(work.callId)
    desk.take({ type: 'caller.hung-up', callId: work.callId })
  }
  return order
}

t.test('[R21] within a class it is first come, first served, exactly, also at the same moment', async (t) => {
  const desk = new Desk()
  const ids = ['k', 'c', 'x', 'a', 'm', 'b']
  // Two queues: lines of their own, and one order.
  ids.forEach((id, i) => desk.call(id, { queueId: i % 2 === 0 ? 'citizen.da' : 'citizen.en' }))
  t.same(served(desk), ids)
})

t.test('[R21] a head start is worth its time, to the millisecond, and a tie goes to the older place', async (t) => {
  for (const [laterMs, first] of [
    [59_999, 'b'],
    [60_000, 'a'],
    [60_001, 'a'],
  ] as const) {
    const desk = new Desk(
      policyOf({ classes: { ordinary: classOf('ordinary', 0, 1), ahead: classOf('ahead', 60_000, 1) } }),
    )
    desk.call('a')
    desk.at += laterMs
    desk.call('b', { classId: 'ahead' })
    t.equal(served(desk)[0], first, `${laterMs} ms`)
  }
})

t.test('[R21] a steeper class catches up with age, and a flat one is caught', async (t) => {
  const classes = {
    ordinary: classOf('ordinary', 0, 1),
    steep: classOf('steep', 0, 2),
    flat: classOf('flat', 30_000, 0.5),
  }
  const race = (secondsLater: number, passMs: number) => {
    const desk = new Desk(policyOf({ classes }))
    desk.call('old')
    desk.call('flat', { classId: 'flat' })
    desk.at += secondsLater * 1000
    desk.call('steep', { classId: 'steep' })
    desk.pass(passMs)
    return served(desk)
  }
  // Scores: old 10 + w, steep 2 w, flat 30 + (10 + w)/2, w seconds after the last arrival.
  t.same(race(10, 0), ['flat', 'old', 'steep'])
  t.same(race(10, 12_000), ['flat', 'steep', 'old'])
  t.same(race(10, 24_000), ['steep', 'flat', 'old'])
  t.same(race(10, 51_000), ['steep', 'old', 'flat'])
})

t.test(
  '[R21] unsafe goes before all others whatever they waited, and within it it is first come first served',
  async (t) => {
    const desk = new Desk()
    desk.call('old', { classId: 'more-time' })
    desk.pass(3_600_000)
    desk.call('unsafe-1', { classId: 'unsafe' })
    desk.at += 1
    desk.call('unsafe-2', { classId: 'unsafe', queueId: 'citizen.en' })
    t.same(served(desk), ['unsafe-1', 'unsafe-2', 'old'])
  },
)

/** Answers one call of a site after `waitMs`. */
function answerAfter(desk: Desk, siteId: string, waitMs: number): void {
  const callId = `${siteId}-${desk.at}`
  desk.call(callId, { siteId, kioskId: `kiosk-${siteId}` })
  desk.pass(waitMs)
  desk.agent('teacher')
  desk.accept('teacher')
  desk.take({ type: 'media.flowed', callId })
  desk.take({ type: 'caller.hung-up', callId })
  desk.take({ type: 'agent.signed-out', agentId: 'teacher' })
}

function unequalCity(siteCorrectionMsMax: number): Desk {
  const desk = new Desk(policyOf({ siteCorrectionMsMax }))
  for (let i = 0; i < 6; i += 1) {
    answerAfter(desk, 'airport', 0)
    answerAfter(desk, 'job-centre', 40_000)
  }
  return desk
}

t.test('[R22] [R8] a site that waited longer than the city is helped, set at arrival and said', async (t) => {
  const desk = unequalCity(60_000)
  const { facts } = desk.take(arrivalOf('a', { siteId: 'job-centre' }), true)
  const { arrivedAt, placeAt } = desk.callOf('a')
  const helpMs = arrivedAt - placeAt
  t.ok(helpMs > 15_000 && helpMs < 30_000, `about the difference of the means, 20 s: ${helpMs}`)
  t.match(facts, [{ type: 'call.queued', callId: 'a', siteCorrectionMs: helpMs }])
  desk.pass(600_000)
  t.equal(desk.callOf('a').placeAt, placeAt, 'kept')
  desk.call('b', { siteId: 'airport' })
  t.equal(desk.callOf('b').placeAt, desk.at, 'who waited shorter is not put back')
})

t.test('[R22] at most siteCorrectionMsMax, and with 0 order is exact everywhere', async (t) => {
  for (const siteCorrectionMsMax of [5_000, 0]) {
    const desk = unequalCity(siteCorrectionMsMax)
    desk.call('before', { siteId: 'airport' })
    desk.at += 4_999
    desk.call('helped', { siteId: 'job-centre' })
    t.equal(desk.callOf('helped').arrivedAt - desk.callOf('helped').placeAt, siteCorrectionMsMax)
    t.same(served(desk), siteCorrectionMsMax > 0 ? ['helped', 'before'] : ['before', 'helped'])
  }
})

t.test('[R22] one bad call says nothing yet', async (t) => {
  const desk = new Desk(policyOf({ siteCorrectionMsMax: 60_000 }))
  answerAfter(desk, 'airport', 0)
  answerAfter(desk, 'job-centre', 100_000)
  desk.call('a', { siteId: 'job-centre' })
  t.equal(desk.callOf('a').placeAt, desk.at)
})

t.test('[R21] a class that a queue names is the one of its calls', async (t) => {
  const desk = new Desk(policyOf({ queues: [queueOf('library.da', [never('da')], { classId: 'patient' })] }))
  t.match(desk.call('a', { queueId: 'library.da' }).records, [{ type: 'arrived', classId: 'patient' }])
})
