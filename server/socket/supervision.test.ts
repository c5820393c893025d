/** [R43] What pages ask of supervision: one event each, over with the page that asked, and nothing said that is not so. */
import t from 'tap'
import type { CallId } from '../contract/ids.ts'
import type { RoutingEventBody } from '../routing/event.ts'
import { Desk, policyOf } from '../routing/test/desk.ts'
import type { Person } from '../store/directory.ts'
import { ownsAsSupervisor } from './own-calls.ts'
import { supervisionOfPages, type SupervisionParts } from './supervision.ts'

const CALL = 'a' as CallId

/** Two pages of one supervisor, and a call that is talked in. */
function open(settled: () => Promise<void> = async () => undefined) {
  const desk = new Desk({ ...policyOf(), supervision: ['listen', 'join'] })
  desk.agent('amal')
  desk.call(CALL)
  desk.accept('amal')
  const said: string[] = []
  const host = {
    get state() {
      return desk.state
    },
    submit: async (event: RoutingEventBody) => {
      said.push(event.type === 'call.supervised' ? event.kind : event.type)
      return desk.take(event).refusal
    },
  }
  const invite = () => ({ sfuUrl: 'ws://127.0.0.1', ticket: 'a ticket' })
  const parts = { host, supervisedCalls: { settled }, invite } as unknown as SupervisionParts
  const page = () => ({ agentId: 'lone' }) as unknown as Person
  return { ...supervisionOfPages(parts), pages: [page(), page()] as const, said, state: () => desk.state }
}

t.test('asked twice it is one event; the page that asked ends it by going, another does not', async (t) => {
  const { handlers, endOf, pages, said, state } = open()
  const [floor, wall] = pages
  const isIn = (agentId: string) =>
    ownsAsSupervisor(state(), 'call-supervised', { agentId } as Person, { callId: CALL })
  t.notOk(isIn('lone'))
  for (let times = 0; times < 2; times += 1) await handlers['call.supervise'](floor, { callId: CALL, kind: 'listen' })
  t.ok(handlers['media.ticket'](floor, { callId: CALL }))
  t.same([isIn('lone'), isIn('another')], [true, false])
  endOf(wall)
  t.same(said, ['listen'])
  await handlers['call.supervise'](floor, { callId: CALL, kind: 'join' })
  endOf(floor)
  t.same(said, ['listen', 'join', 'call.supervision-ended'])
  await handlers['call.end-supervision'](floor, { callId: CALL })
  t.equal(said.length, 3, 'over already')
  await handlers['call.supervise'](floor, { callId: CALL, kind: 'listen' })
  t.same(said.slice(3), ['listen', 'call.supervision-ended'], 'kept after the page had gone')
})

t.test('what the policy has not is refused; where the SFU cannot be told nobody is said to listen', async (t) => {
  const whisper = open()
  await t.rejects(async () => whisper.handlers['call.supervise'](whisper.pages[0], { callId: CALL, kind: 'whisper' }), {
    code: 'not-allowed',
  })
  const away = open(async () => {
    throw new Error('no SFU')
  })
  await t.rejects(
    async () => away.handlers['call.supervise'](away.pages[0], { callId: CALL, kind: 'listen' }),
    /no SFU/,
  )
  t.same(away.said, ['listen', 'call.supervision-ended'])
})
