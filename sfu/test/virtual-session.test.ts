import t from 'tap'
import { startVirtualSession, type VirtualSession } from '#sfu/client/virtual-session.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import {
  agent,
  caller,
  cuttableWay,
  openControl,
  startTestSfu,
  ticketFor,
  until,
  type TestSfu,
  type Who,
} from './harness.ts'

function enter(sfu: TestSfu, who: Who, states: string[] = []): VirtualSession {
  return startVirtualSession({
    ticketSource: async () => ({ ticket: ticketFor(who), sfuUrl: sfu.url }),
    onState: (state, reason) => states.push(reason === undefined ? state : `${state}: ${reason}`),
  })
}

t.test('two participants without media make a room flow', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const states: string[] = []
  const citizen = enter(sfu, caller('room-1'), states)
  const specialist = enter(sfu, agent('room-1'))
  await until('both on standby', () => citizen.state === 'standby' && specialist.state === 'standby')
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await control.event('room.flowing')
  await control.ask('room.connect', { roomId: 'room-1', participantIds: [] })
  await until('standby again', () => citizen.state === 'standby')
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await control.event('room.flowing', 2)
  await control.ask('room.close', { roomId: 'room-1' })
  await until('both closed', () => citizen.state === 'closed' && specialist.state === 'closed')
  t.same(states, ['standby', 'connected', 'standby', 'connected', 'closed: ended'])
})

t.test('a participant who joins a connected room says so too', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const sessions = [enter(sfu, caller('room-1')), enter(sfu, agent('room-1'))]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await control.event('room.flowing')
})

t.test('a killed worker is nothing to one without media', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const states: string[] = []
  const session = enter(sfu, caller('room-1'), states)
  await until('standby', () => session.state === 'standby')
  process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
  await control.event('room.moved')
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller'] })
  await control.event('room.flowing')
  session.close()
  await until('out', () => sfu.rooms.participantCount === 0)
  t.same(states, ['standby', 'connected', 'closed: left'])
})

t.test('an SFU that is restarted is waited for, and entered with a new ticket', async (t) => {
  const first = await startTestSfu(t)
  const port = Number(new URL(first.url).port)
  const firstControl = await openControl(t, first)
  await firstControl.ask('room.open', { roomId: 'room-1' })
  const states: string[] = []
  const session = enter(first, caller('room-1'), states)
  t.teardown(() => session.close())
  await until('standby', () => session.state === 'standby')
  await first.stop()
  await until('it notices', () => session.state === 'reconnecting')
  const second = await startTestSfu(t, { port })
  const control = await openControl(t, second)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller'] })
  await until('connected', () => session.state === 'connected', 15_000)
  t.equal(second.rooms.participantCount, 1)
})

t.test('an SFU that is gone without a word is left for the one a new ticket leads to', async (t) => {
  const [first, second] = [await startTestSfu(t), await startTestSfu(t)]
  for (const sfu of [first, second]) await (await openControl(t, sfu)).ask('room.open', { roomId: 'room-1' })
  const way = await cuttableWay(t, first.url)
  let sfuUrl = way.url
  const session = startVirtualSession({
    ticketSource: async () => ({ ticket: ticketFor(caller('room-1')), sfuUrl }),
  })
  t.teardown(() => session.close())
  await until('standby', () => session.state === 'standby')
  sfuUrl = second.url
  way.close()
  await until('at the other', () => second.rooms.participantCount === 1, 10_000)
  await until('standby there', () => session.state === 'standby')
})

t.test('a connection that is cut is resumed', async (t) => {
  const sfu = await startTestSfu(t)
  await (await openControl(t, sfu)).ask('room.open', { roomId: 'room-1' })
  const way = await cuttableWay(t, sfu.url)
  let ticketCount = 0
  const states: string[] = []
  const session = startVirtualSession({
    ticketSource: async () => {
      ticketCount += 1
      return { ticket: ticketFor(caller('room-1')), sfuUrl: way.url }
    },
    onState: (state) => states.push(state),
  })
  t.teardown(() => session.close())
  for (let round = 1; round <= 3; round += 1) {
    await until('standby', () => session.state === 'standby')
    way.cut()
    await until('it notices', () => states.filter((state) => state === 'reconnecting').length === round)
  }
  await until('standby', () => session.state === 'standby', 10_000)
  t.equal(ticketCount, 1, 'the resume key was enough')
})

t.test('a ticket source that refuses for good ends it, a passing fault does not', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const refused = startVirtualSession({
    ticketSource: async () => {
      throw new Refusal('call-ended', 'the call has ended')
    },
  })
  await until('closed', () => refused.state === 'closed')
  let tries = 0
  const patient = startVirtualSession({
    ticketSource: async () => {
      tries += 1
      if (tries === 1) throw new TypeError('the network is down')
      return { ticket: ticketFor(caller('room-1')), sfuUrl: sfu.url }
    },
  })
  t.teardown(() => patient.close())
  await until('standby', () => patient.state === 'standby')
  t.equal(tries, 2)
})

t.test('closed while it is still trying, it stops', async (t) => {
  const states: string[] = []
  const session = startVirtualSession({
    // A port where nothing listens.
    ticketSource: async () => ({ ticket: 'a.b', sfuUrl: 'http://127.0.0.1:9' }),
    onState: (state, reason) => states.push(`${state}: ${reason}`),
  })
  session.close()
  t.equal(session.state, 'closed')
  t.same(states, ['closed: left'])
})
