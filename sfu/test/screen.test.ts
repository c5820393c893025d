/** A window of a screen: from the one agent whom the server has named, for as long as it does, and from nobody else. */
import t from 'tap'
import type { Body } from '#sfu/contract/wire.ts'
import type { mediaRequests } from '#sfu/contract/media.ts'
import { agent, caller, joinPage, openControl, startTestSfu, until, type Page } from './harness.ts'
import { opusParameters } from './rtp-peer.ts'

type Produce = Body<typeof mediaRequests, 'produce'>

const vp8 = (ssrc: number): Produce['rtpParameters'] => ({
  mid: String(ssrc),
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90000 }],
  encodings: [{ ssrc, scalabilityMode: 'L1T2' }],
  rtcp: { cname: 'window', reducedSize: true },
})

const roomId = 'room-1'

/** Somebody in the room who can send; `share` resolves with what became of a window. */
async function sender(page: Page) {
  const { transportId } = await page.ask('transport.create', { direction: 'send' })
  let ssrc = 1
  const share = async (what: Partial<Produce> = {}): Promise<string> => {
    const body: Produce = { transportId, kind: 'video', source: 'screen', rtpParameters: vp8((ssrc += 1)), ...what }
    return await page.ask('produce', body).then(
      () => 'taken',
      (error: { code?: string }) => error.code ?? String(error),
    )
  }
  return { transportId, share }
}

t.test('a window of a screen', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId })
  const { page: kiosk, joined } = await joinPage(t, sfu, caller(roomId))
  const [first, second] = [await joinPage(t, sfu, agent(roomId)), await joinPage(t, sfu, agent(roomId, 'agent-2'))]
  const [citizen, one, other] = [await sender(kiosk), await sender(first.page), await sender(second.page)]
  await kiosk.ask('transport.create', { direction: 'receive' })
  await kiosk.ask('receive.ready', { rtpCapabilities: joined.routerRtpCapabilities as never })
  const name = (participantId: string | null) => control.ask('room.screen', { roomId, participantId })

  await t.test('is refused where the server has named nobody, and from a kiosk in any case', async (t) => {
    t.equal(await one.share(), 'screen-not-allowed')
    await name('caller')
    t.equal(await citizen.share(), 'screen-not-allowed')
    await t.rejects(control.ask('room.screen', { roomId: 'room-2', participantId: null }), { code: 'room-not-open' })
  })

  await t.test('is taken from the named agent, once and in one size', async (t) => {
    await name('agent-1')
    t.equal(await other.share(), 'screen-not-allowed')
    t.equal(await one.share({ kind: 'audio', rtpParameters: opusParameters(900) }), 'media-refused')
    const rtpParameters = { ...vp8(901), encodings: [{ ssrc: 902 }, { ssrc: 903 }] }
    t.equal(await one.share({ rtpParameters }), 'media-refused')
    t.equal(await one.share(), 'taken')
    t.match(await kiosk.event('consumer.new'), {
      participantId: 'agent-1',
      role: 'agent',
      kind: 'video',
      source: 'screen',
    })
    t.equal(await one.share(), 'taken', 'another takes its place')
    await kiosk.event('consumer.new', 2)
    t.equal(kiosk.all('consumer.closed').length, 1)
  })

  await t.test('takes nothing from the camera', async (t) => {
    t.equal(await one.share({ source: 'camera' }), 'taken')
    await kiosk.event('consumer.new', 3)
    t.equal(kiosk.all('consumer.closed').length, 1)
  })

  await t.test('ends with the server’s word, whatever the page goes on doing', async (t) => {
    await name('agent-2')
    const [, window] = kiosk.all('consumer.new')
    await until('the window to end', () =>
      kiosk.all('consumer.closed').some((told) => told.consumerId === window?.consumerId),
    )
    t.equal(await one.share(), 'screen-not-allowed')
    t.equal(await other.share(), 'taken')
    await name(null)
    await until('the other too', () => kiosk.all('consumer.closed').length === 3)
    t.equal(await other.share(), 'screen-not-allowed')
    await name('agent-1')
    await control.ask('room.remove', { roomId, participantId: 'agent-1' })
    const again = await joinPage(t, sfu, { ...agent(roomId), participantId: 'agent-1' })
    t.equal(await (await sender(again.page)).share(), 'screen-not-allowed', 'who was taken out is named no more')
  })
})
