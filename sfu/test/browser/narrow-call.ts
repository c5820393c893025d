/** Two pages in a call for tests of the way between them, each over a way of its own that can be ruled. */
import type { Test } from 'tap'
import { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { openControl, startTestSfu } from '../harness.ts'
import { BrowserParty, launchBrowser, servePages, type EnterOptions } from './browser-call.ts'

/** A citizen who is seen by a specialist who is not, each over a way of their own. */
export async function meet(t: Test, how: EnterOptions) {
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  sfuUrl = sfu.url
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t, { cameraFps: 30 })
  const [out, back] = [new UdpRelay(), new UdpRelay()]
  t.teardown(() => [out, back].forEach((relay) => relay.close()))
  const who = { roomId: 'room-1', participantId: 'caller', role: 'caller' } as const
  const citizen = await BrowserParty.enter(browser, origin, who, { ...how, relay: out })
  const agent = { ...who, participantId: 'agent-1', role: 'agent' } as const
  const specialist = await BrowserParty.enter(browser, origin, agent, { ...how, relay: back })
  await Promise.all([citizen.isIn('standby'), specialist.isIn('standby')])
  await specialist.page.evaluate(() => window.call.setCameraOn(false))
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await specialist.frameAfter(0)
  return { citizen, specialist, out, back }
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
