/** Which addresses are the open Internet's, and which are somebody's inside. */
import { BlockList, isIP } from 'node:net'

/** IPv4 that is no single public host: IANA's special-purpose registry, with what is multicast or reserved. */
const INSIDE_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, with the address at which clouds tell a machine its secrets.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Within what is given out as public IPv6: what carries IPv4 inside, documentation, benchmarks. */
const INSIDE_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const insideV4 = new BlockList()
for (const [network, prefix] of INSIDE_V4) insideV4.addSubnet(network, prefix, 'ipv4')
const insideV6 = new BlockList()
for (const [network, prefix] of INSIDE_V6) insideV6.addSubnet(network, prefix, 'ipv6')
/** All that is given out as public. Loopback, private, link-local, and IPv4 written as IPv6 are outside of it. */
const givenOutV6 = new BlockList()
givenOutV6.addSubnet('2000::', 3, 'ipv6')

/** Whether `address` (IPv4 or IPv6, without brackets) is one host of the open Internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !insideV4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return givenOutV6.check(address, 'ipv6') && !insideV6.check(address, 'ipv6')
}
