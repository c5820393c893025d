/**
 * What a page needs to use the city's TURN server for an hour, as coturn's `use-auth-secret` takes it: a user name that says until
 * when, and its HMAC. TURN is for networks that let nothing but TCP to port 443 through.
 */
import { createHmac } from 'node:crypto'
import type { IceServers } from '#server/contract/ice-servers.ts'

/** Raised, what somebody copies is of use for longer; lowered, a long call asks more often. In ms. */
export const TURN_MS = 60 * 60_000

export type TurnSettings = {
  /** `turn:host:port?transport=udp`, `turns:host:port?transport=tcp`. Empty: the city has none. */
  readonly urls: readonly string[]
  /** What coturn knows: the first signs. With a second, either is taken while they are changed. */
  readonly secrets: readonly string[]
}

/** Of a city that has none. */
export const NO_TURN: TurnSettings = { urls: [], secrets: [] }

/**
 * The TURN servers for somebody until `at` (ms since 1970) and an hour more; none where the city has none. `id` names nobody: it is what
 * coturn counts allocations by, and stands in its log.
 */
export function iceServersFor({ urls, secrets }: TurnSettings, id: string, at: number): IceServers {
  const [secret] = secrets
  if (urls.length === 0 || secret === undefined) return []
  const username = `${Math.floor((at + TURN_MS) / 1_000)}:${id}`
  // SHA-1 is what the protocol says (draft-uberti-behave-turn-rest-00); as an HMAC with a long secret it is sound.
  return [{ urls: [...urls], username, credential: createHmac('sha1', secret).update(username).digest('base64') }]
}

/** The same, as it stands in an invitation: left out where the city has none. */
export function withIceServers(turn: TurnSettings, id: string, at: number): { iceServers?: IceServers } {
  const iceServers = iceServersFor(turn, id, at)
  return iceServers.length === 0 ? {} : { iceServers }
}
