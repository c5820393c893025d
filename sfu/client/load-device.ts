/** mediasoup-client, fetched when it is needed: no page needs it before its first call. */
import type { types } from 'mediasoup-client'
import type { JoinReply } from './media-link.ts'

/** What the browser and the SFU can both do. Every room of every SFU offers the same, so that one serves all. */
export async function loadDevice({ routerRtpCapabilities }: JoinReply): Promise<types.Device> {
  const { Device } = await import('mediasoup-client')
  const device = await Device.factory()
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities })
  return device
}
