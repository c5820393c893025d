/** A call of two real browsers that reach the SFU over a real TURN server and by no other way, with what comes with their tickets. */
import t from 'tap'
import { BrowserParty, launchBrowser, servePages } from '#sfu/test/browser/browser-call.ts'
import { openControl, startTestSfu } from '#sfu/test/harness.ts'
import { iceServersFor } from '../../auth/turn-credentials.ts'
import { eventually } from '../harness.ts'
import { openCoturn, withoutCoturn } from './coturn.ts'

const SECRET = 'a secret of the city that is long enough'

t.test('picture and sound go over the TURN server alone', { skip: withoutCoturn }, async (t) => {
  // The SFU stands on the inside here, as it may in a city: that one address is opened.
  const port = await openCoturn(t, { secrets: [SECRET], more: ['allow-loopback-peers', 'allowed-peer-ip=127.0.0.1'] })
  const turn = { urls: [`turn:127.0.0.1:${port}?transport=udp`], secrets: [SECRET] }
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  sfuUrl = sfu.url
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t)
  const enter = (participantId: string) => {
    const role = participantId === 'caller' ? ('caller' as const) : ('agent' as const)
    const onlyOver = iceServersFor(turn, participantId, Date.now())
    return BrowserParty.enter(browser, origin, { roomId: 'room-1', participantId, role }, { onlyOver })
  }
  const parties = [await enter('caller'), await enter('agent-1')]
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  for (const party of parties) {
    await eventually('pictures over the relay', async () => (await party.frames()).length > 5)
    t.ok((await party.view()).isFlowing)
    t.same(party.errors, [])
  }
})
