import t from 'tap'
import { agent, caller, joinPage, openControl, startTestSfu, type Page } from './harness.ts'

type Json = Parameters<Page['ask']>[1]

/** Asks for something no honest page would: the types are told to look away. */
async function provoke(page: Page, name: Parameters<Page['ask']>[0], body: unknown): Promise<string> {
  try {
    await page.ask(name, body as Json)
    return 'taken'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const sctpStreamParameters = { streamId: 0, ordered: true }

t.test('text is asked for as RFC 8865 has it, over one’s own connection, or refused', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  const { page: other, joined } = await joinPage(t, sfu, agent('room-1'))
  const { transportId } = await page.ask('transport.create', { direction: 'send' })
  const { transportId: receiveId } = await page.ask('transport.create', { direction: 'receive' })
  const text = { transportId, label: 't140', protocol: 't140', sctpStreamParameters, messageCount: 0 }
  t.equal(await provoke(page, 'text.produce', { ...text, transportId: receiveId }), 'unknown-object')
  t.equal(await provoke(other, 'text.produce', text), 'unknown-object', 'not theirs')
  t.equal(await provoke(page, 'text.begin', { textConsumerId: 'nobody' }), 'unknown-object')
  t.equal(await provoke(page, 'text.produce', text), 'taken')
  t.equal(await provoke(page, 'text.produce', text), 'taken', 'in the place of the one before')

  const { transportId: otherReceiveId } = await other.ask('transport.create', { direction: 'receive' })
  t.ok(otherReceiveId)
  const rtpCapabilities = joined.routerRtpCapabilities as never
  await other.ask('receive.ready', { rtpCapabilities })
  await other.ask('media.flowing', {})
  t.same(other.all('text.new'), [], 'whoever does not ask for text gets none')
  await other.ask('receive.ready', { rtpCapabilities, isTakingText: true })
  const told = await other.event('text.new')
  t.match(told, { participantId: 'caller', role: 'caller' })
  const { textConsumerId } = told
  t.equal(await provoke(page, 'text.begin', { textConsumerId }), 'unknown-object', 'not theirs')
  t.same(await other.ask('text.begin', { textConsumerId }), { messageCount: 0 })
  page.socket.disconnect()
  t.same(await other.event('text.closed'), { textConsumerId }, 'gone with the one who typed')
})

t.test('channels of text that ask for something else are refused before anything is made', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const text = { label: 't140', protocol: 't140', sctpStreamParameters, messageCount: 0 }
  for (const [title, change] of Object.entries({
    'another label': { label: 'chat' },
    'another protocol': { protocol: '' },
    'out of order': { sctpStreamParameters: { streamId: 0, ordered: false } },
    'given up after a while': { sctpStreamParameters: { ...sctpStreamParameters, maxPacketLifeTime: 100 } },
    'a stream too far': { sctpStreamParameters: { streamId: 65_535, ordered: true } },
    'less than nothing': { messageCount: -1 },
  })) {
    const { page } = await joinPage(t, sfu, caller('room-1'))
    const { transportId } = await page.ask('transport.create', { direction: 'send' })
    t.equal(await provoke(page, 'text.produce', { ...text, transportId, ...change }), 'bad-request', title)
  }
})
