/**
 * A browser in which somebody has signed in before says so with a cookie of its own, and its tries are counted apart: whoever guesses at
 * a name from elsewhere cannot slow down its owner. It is no key to anything.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const NAME = 'skranke-known'
/** How long a browser is known. In ms. */
export const KNOWN_MS = 90 * 24 * 60 * 60 * 1_000

export const knownDeviceCookieName = (hasSecureCookies: boolean): string => (hasSecureCookies ? `__Host-${NAME}` : NAME)

function signature(key: Buffer, agentId: string, deviceId: string): Buffer {
  return createHmac('sha256', key).update(`known ${agentId} ${deviceId}`).digest()
}

/** The value of the cookie for somebody on a browser that is from here on known. */
export function newKnownDevice(key: Buffer, agentId: string): string {
  const deviceId = randomBytes(16).toString('base64url')
  return `${deviceId}.${signature(key, agentId, deviceId).toString('base64url')}`
}

/** Which known browser of `agentId` this is; undefined: none. */
export function knownDeviceOf(key: Buffer, agentId: string | undefined, value: string | undefined): string | undefined {
  const [deviceId = '', given = ''] = (value ?? '').split('.')
  const right = signature(key, agentId ?? '', deviceId)
  const said = Buffer.from(given, 'base64url')
  const isRight = said.length === right.length && timingSafeEqual(said, right)
  return isRight && agentId !== undefined ? deviceId : undefined
}
