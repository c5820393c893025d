/**
 * Where something that goes out may go: a name is resolved once, all that it stands for is looked at, and that address is
 * what is connected to. A name that says something else a moment later changes nothing.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export type Target = { readonly address: string; readonly family: 4 | 6 }

export type TargetRules = {
  /** Hosts, as they are written in the settings, that may be on the inside: the city says so. */
  readonly insideHosts: readonly string[]
  /** What a name stands for. By default the system's answer. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

/** What goes out may not go there. The message names the host, which is in the settings, and no address. */
export class TargetFault extends Error {
  override readonly name = 'TargetFault'
}

const resolveBySystem = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/** A host of a URL without the brackets of IPv6. */
export const bareHost = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').toLowerCase()

/** Whether the city lets what goes out go to this host although it is on the inside. */
export const isInside = (host: string, { insideHosts }: TargetRules): boolean => insideHosts.includes(bareHost(host))

/**
 * The address to connect to for `host`. Throws a TargetFault where one of the addresses it stands for is not public and the
 * host is not among `insideHosts`; rejects with the resolver's error where it stands for nothing.
 */
export async function targetOf(host: string, rules: TargetRules): Promise<Target> {
  const bare = bareHost(host)
  const addresses = isIP(bare) === 0 ? await (rules.resolve ?? resolveBySystem)(bare) : [bare]
  // One inside address among public ones is enough: whoever owns the name chooses the order.
  if (!isInside(host, rules) && !addresses.every(isPublicAddress)) {
    throw new TargetFault(`${bare} is not on the open Internet, and the settings do not allow it`)
  }
  const [address] = addresses
  const family = isIP(address ?? '')
  if (address === undefined || family === 0) throw new TargetFault(`${bare} stands for no address`)
  return { address, family: family === 4 ? 4 : 6 }
}
