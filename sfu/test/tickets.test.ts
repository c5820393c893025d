import t from 'tap'
import { issueTicket } from '#sfu/binding/ticket-code.ts'
import { TICKET_CLOCK_SKEW_MS_MAX, TICKET_LIFETIME_MS } from '#sfu/contract/ticket.ts'
import {
  agent,
  caller,
  joinPage,
  mediaSecret,
  openControl,
  openPage,
  startTestSfu,
  ticketFor,
  until,
} from './harness.ts'

t.test('a ticket opens its own room on its own SFU while it is fresh, and nothing else', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const good = ticketFor(caller('room-1'))
  const expiredAt = Date.now() - TICKET_LIFETIME_MS - TICKET_CLOCK_SKEW_MS_MAX - 1
  const cases: [string, string, string][] = [
    [
      'forged',
      issueTicket('a secret that is not the one of the SFU', { sfuId: 'sfu-1', ...caller('room-1') }, Date.now()),
      'ticket-refused',
    ],
    ['expired', ticketFor(caller('room-1'), expiredAt), 'ticket-refused'],
    ['for a room that is not open', ticketFor(caller('room-2')), 'room-not-open'],
    [
      'for another SFU',
      issueTicket(mediaSecret, { sfuId: 'sfu-2', ...caller('room-1') }, Date.now()),
      'ticket-refused',
    ],
    ['cut short', good.slice(0, -2), 'ticket-refused'],
    ['empty', '', 'ticket-refused'],
  ]
  for (const [title, ticket, code] of cases) await t.rejects(openPage(t, sfu, { ticket }), { code }, title)
  await t.rejects(openPage(t, sfu, { ticket: { toString: () => good } as unknown as string }), {
    code: 'ticket-refused',
  })
  await t.rejects(openPage(t, sfu, { resumeKey: 'guessed' }), { code: 'ticket-refused' })
  await t.rejects(openPage(t, sfu, { resumeKey: '__proto__' }), { code: 'ticket-refused' })
  const page = await openPage(t, sfu, { ticket: good })
  t.ok((await page.ask('join', {})).resumeKey.length >= 43, 'a resume key cannot be guessed')
})

t.test('nothing but joining is possible before joining', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const page = await openPage(t, sfu, { ticket: ticketFor(caller('room-1')) })
  const refused = { code: 'not-joined' }
  await t.rejects(page.ask('transport.create', { direction: 'send' }), refused)
  await t.rejects(page.ask('media.flowing', {}), refused)
  await t.rejects(page.ask('producer.pause', { producerId: 'any' }), refused)
})

t.test('after a removal earlier tickets are worthless, later ones are not', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const removedAt = Date.now()
  const earlier = ticketFor(agent('room-1'), removedAt)
  const later = ticketFor(agent('room-1'), removedAt + 1)
  const waiting = await openPage(t, sfu, { ticket: earlier })
  const { page, joined } = await joinPage(t, sfu, agent('room-1'))
  await control.ask('room.remove', { roomId: 'room-1', participantId: 'agent-1', removedAt })
  t.same(await page.event('room.closed'), { reason: 'removed' })
  await until('disconnected', () => page.disconnectedBecause !== undefined)
  await t.rejects(
    openPage(t, sfu, { resumeKey: joined.resumeKey }),
    { code: 'ticket-refused' },
    'the resume key is gone',
  )
  await t.rejects(waiting.ask('join', {}), { code: 'ticket-refused' }, 'connected before, joining after')
  const again = await openPage(t, sfu, { ticket: earlier })
  await t.rejects(again.ask('join', {}), { code: 'ticket-refused' })
  const { page: other } = await joinPage(t, sfu, agent('room-1', 'agent-2'))
  t.ok(other.socket.connected, 'others are not concerned')
  const welcome = await openPage(t, sfu, { ticket: later })
  t.match(await welcome.ask('join', {}), { isConnected: false }, 'on standby, like anybody who was never in')
})

t.test('joining again replaces: the newest wins', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const first = await joinPage(t, sfu, caller('room-1'))
  const other = await joinPage(t, sfu, agent('room-1'))
  const second = await joinPage(t, sfu, caller('room-1'))
  t.same(await first.page.event('room.closed'), { reason: 'replaced' })
  await until('disconnected', () => first.page.disconnectedBecause !== undefined)
  await t.rejects(openPage(t, sfu, { resumeKey: first.joined.resumeKey }), { code: 'ticket-refused' })
  await second.page.ask('transport.create', { direction: 'send' })
  t.same(other.page.all('participant.left'), [], 'nobody left')
  t.equal(sfu.rooms.participantCount, 2)
})

t.test('a room takes only so many', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  for (let n = 0; n < 16; n += 1) await joinPage(t, sfu, agent('room-1', `agent-${n}`))
  await t.rejects(joinPage(t, sfu, caller('room-1')), { code: 'room-not-open' })
  t.ok(await joinPage(t, sfu, agent('room-1', 'agent-3')), 'who is in may come again')
})
