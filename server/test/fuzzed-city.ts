/** The fuzzer in a city where everybody is there. */
import { Fuzz, type FuzzResult } from '#loadtest/fuzz/fuzz.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import { seededRandom } from '../routing/simulation/random.ts'
import type { AuthorisedCity } from './authorised-city.ts'

/** Sends so many messages of one seed, and says what came of them. `say` hears how far it is. */
export async function fuzzOf(
  city: AuthorisedCity,
  count: number,
  seed: number,
  say: (words: string) => void,
): Promise<FuzzResult> {
  const random = seededRandom(seed)
  const calls = city.identities.flatMap(({ callId }) => (callId === undefined ? [] : [callId]))
  const known = {
    callId: calls,
    offerId: calls.map((callId) => `${callId}/1`),
    // Nobody who is signed in: a sign-out would end what all others are asked with.
    agentId: ['cecilie', 'elin'],
    toAgentId: ['amal', null],
    kioskId: ['kiosk-lufthavnen', 'kiosk-hovedbanegaarden'],
    queueId: ['citizen.da', 'library.da'],
    matterId: ['passport'],
  }
  const parts = {
    url: city.url,
    events: city.asked.events,
    routes: city.asked.routes,
    identities: city.identities.filter(({ role }) => role !== 'nobody'),
    known,
    // A window of a screen waits for an SFU.
    isAsked: (body: string) => !body.includes('"window"'),
    protocolVersion: PROTOCOL_VERSION,
    count,
    seed,
    kept: () => city.kept(),
    journalLength: () => city.journalLength(),
    say,
  }
  return new Fuzz(parts, random.next).run()
}
