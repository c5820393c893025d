/** How much may be asked; what is absent is as in service. Tests ask faster than pages do. */
import type { BindOptions } from '#sfu/binding/bind.ts'
import { FRAME_LIMITS, type FrameLimits } from '#sfu/binding/frame-guard.ts'
import type { SlowReaderLimits } from '#sfu/binding/slow-readers.ts'
import type { SocketServerOptions } from '#sfu/binding/socket-server.ts'
import type { Rates } from '#server/auth/rights.ts'
import type { ServerConfig } from './config.ts'

export type Limits = {
  readonly requests?: Pick<BindOptions, 'limits'>
  readonly connections?: Pick<SocketServerOptions, 'connectionsPerAddress' | 'frames'>
  readonly slowReaders?: SlowReaderLimits
  readonly rates?: Rates
}

/**
 * What may come over a connection. Where a proxy stands in front that nobody has named, everybody asks from its address: then nobody is
 * kept out for what somebody else sent.
 */
export function frameLimits({
  hasSecureCookies,
  proxies,
}: Pick<ServerConfig, 'hasSecureCookies' | 'proxies'>): FrameLimits {
  const isAddressKnown = !hasSecureCookies || proxies.length > 0
  return isAddressKnown ? FRAME_LIMITS : { ...FRAME_LIMITS, endings: { burst: Infinity, perSecond: 0 } }
}
