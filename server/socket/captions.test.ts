import t from 'tap'
import type { CaptionSaid } from '#server/contract/captions.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { Person } from '../store/directory.ts'
import { listenerOfAgent, listenerOfKiosk } from './shown-in-calls.ts'
import { captionHandlers, Captions, type CaptionParts } from './captions.ts'

const callId = 'c' as CallId
const amal = { agentId: 'amal', firstName: 'Amal' } as unknown as Person
const elin = { agentId: 'elin', firstName: 'Elin' } as unknown as Person
const bo = { agentId: 'bo', firstName: 'Bo' } as unknown as Person

function makeCall() {
  let at = 0
  const call = {
    status: 'connected',
    agentId: 'amal',
    joined: [{ agentId: 'elin' }],
    kioskId: 'k',
    hold: null as unknown,
  }
  const captions = new Captions(() => at)
  const host = { state: { calls: new Map([[callId, call]]) } }
  const handlers = captionHandlers({ host, captions } as unknown as CaptionParts)
  const said: CaptionSaid[] = []
  const end = captions.listen(listenerOfKiosk('k'), (what) => said.push(what))
  const write = (who: Person, text: string, isDone = false) => handlers['caption.write'](who, { callId, text, isDone })
  return { call, captions, said, end, write, pass: (ms: number) => (at += ms) }
}

t.test('everybody in the call may write them, and nobody else', async (t) => {
  const { said, write } = makeCall()
  await write(amal, 'Du skal bruge')
  await write(elin, 'et pas', true)
  t.same(said, [
    { callId, byFirstName: 'Amal', text: 'Du skal bruge', isDone: false },
    { callId, byFirstName: 'Elin', text: 'et pas', isDone: true },
  ])
  await t.rejects(async () => write(bo, 'x'), { code: 'unknown-call' })
  t.equal(said.length, 2)
})

t.test('the other desks in the call read them too, whoever writes does not, and no desk outside', async (t) => {
  const { captions, write } = makeCall()
  const read: string[] = []
  for (const who of ['amal', 'elin', 'bo', 'k']) {
    captions.listen(listenerOfAgent(who), ({ byFirstName, text }) => read.push(`${who}: ${byFirstName} ${text}`))
  }
  await write(amal, 'Du skal bruge')
  await write(elin, 'et pas', true)
  t.same(read, ['elin: Amal Du skal bruge', 'amal: Elin et pas'])
})

t.test('on hold nothing is told', async (t) => {
  const { call, said, write } = makeCall()
  call.hold = { agentId: 'amal' }
  await t.rejects(async () => write(amal, 'x'), { code: 'wrong-state' })
  t.same(said, [])
})

t.test('no faster than anybody types, each for themselves', async (t) => {
  const { said, write, pass } = makeCall()
  for (let count = 0; count < 20; count += 1) await write(amal, 'x')
  await t.rejects(async () => write(amal, 'x'), { code: 'too-many-requests' })
  await write(elin, 'y')
  pass(1_000)
  await write(amal, 'z')
  t.equal(said.length, 22)
})

t.test('a screen that is gone hears nothing, and nothing is kept for it', async (t) => {
  const { captions, said, end, write } = makeCall()
  await write(amal, 'x')
  end()
  await write(amal, 'y')
  captions.listen(listenerOfKiosk('k'), (what) => said.push(what))
  captions.forget([callId])
  t.equal(said.length, 1)
})
