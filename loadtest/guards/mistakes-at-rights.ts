/** At who may do what, and to whose things: routes, events, the rules of the engine, the limits of routes. */
import type { PlantedMistake } from './planted-mistakes.ts'

const AUTHORISATION = 'server/test/authorisation.test.ts'
const ROUTES = { file: AUTHORISATION, test: 'routes: 401 for nobody, 403 by role' }
const OWN_CALLS = 'server/socket/own-calls.test.ts'
const EVENTS = { file: AUTHORISATION, test: 'events: what is not for somebody is refused' }

export const MISTAKES_AT_RIGHTS: readonly PlantedMistake[] = [
  {
    id: 'role at a route',
    removes: 'that a route is asked by the roles of its row alone',
    file: 'server/http/route-gate.ts',
    before: 'if (may[person.role] === undefined) {',
    after: 'if (false) {',
    caughtBy: ROUTES,
  },
  {
    id: 'role at a door',
    removes: 'that a namespace lets in its own roles alone',
    file: 'server/socket/gate.ts',
    before: "if (!roles.includes(roleOf(entry.who))) return { refused: 'not-allowed' }",
    after: '',
    caughtBy: { file: AUTHORISATION, test: 'the doors: each lets in whom the table names' },
  },
  {
    id: 'role at an event',
    removes: 'that an event is asked by the roles of its row alone',
    file: 'server/socket/gate.ts',
    before: 'const whose = row.may[role]',
    after: "const whose = row.may[role] ?? 'any'",
    caughtBy: EVENTS,
  },
  {
    id: 'own call at an event',
    removes: 'that somebody else’s call is as unknown as none',
    file: 'server/socket/gate.ts',
    before: "if (looks === 'gate' && !owns(whose, who, body)) {",
    after: 'if (false) {',
    caughtBy: EVENTS,
  },
  {
    id: 'own call of a kiosk',
    removes: 'that the call is the one of this very kiosk',
    file: 'server/socket/own-calls.ts',
    before: "return whose === 'call-at-hand' && calls.has(callId) && callIdOfKiosk.get(kioskId) === callId",
    after: "return whose === 'call-at-hand' && calls.has(callId) && callIdOfKiosk.has(kioskId)",
    caughtBy: { file: OWN_CALLS, test: 'a device has the call that is open at it' },
  },
  {
    id: 'own call of an agent',
    removes: 'that an agent who writes a hand-over is in that call',
    file: 'server/socket/own-calls.ts',
    before: "if (whose === 'call-in') return isInCall(calls.get(callId), agentId)",
    after: "if (whose === 'call-in') return calls.has(callId)",
    caughtBy: { file: OWN_CALLS, test: 'an agent has the call they are offered or in' },
  },
  {
    id: 'own call of a supervisor',
    removes: 'that a supervisor gets a media ticket only for the call they are in',
    file: 'server/socket/own-calls.ts',
    before: "return whose === 'call-supervised' && call?.status === 'connected' && call.supervisor?.id === agentId",
    after: "return whose === 'call-supervised' && call?.status === 'connected'",
    caughtBy: EVENTS,
  },
  {
    id: 'own things at a route',
    removes: 'that a route asks whose it is',
    file: 'server/http/route-gate.ts',
    before: 'if (await parts.owns(whose, person, request)) return undefined',
    after: 'return undefined',
    caughtBy: ROUTES,
  },
  {
    id: 'own figures',
    removes: 'that an agent reads their own figures and nobody else’s',
    file: 'server/http/own-objects.ts',
    before: 'return agentsAsked(request).every((agentId) => agentId === person.agentId)',
    after: 'return true',
    caughtBy: ROUTES,
  },
  {
    id: 'figures of one centre',
    removes: 'that a supervisor reads figures of agents of their own centre alone',
    file: 'server/http/own-objects.ts',
    before: 'directory.people.get(agentId)?.centreId === person.centreId',
    after: 'directory.people.has(agentId)',
    caughtBy: ROUTES,
  },
  {
    id: 'own article',
    removes: 'that a remark is done with by whoever owns the article',
    file: 'server/http/own-objects.ts',
    before:
      "return ownerNames(directory, person.agentId).includes((await findRemark(db, remarkId))?.articleOwner ?? '')",
    after: 'return (await findRemark(db, remarkId)) !== undefined',
    caughtBy: ROUTES,
  },
  {
    id: 'right to listen or whisper',
    removes: 'that the policy names the ways a supervisor may come into a call',
    file: 'server/routing/supervision.ts',
    before: "if (draft.policy.supervision?.includes(kind) !== true) return 'not-allowed'",
    after: '',
    caughtBy: { file: 'server/routing/test/supervision.test.ts', test: '[R43] refused: what the city has not' },
  },
  {
    id: 'rate of a route',
    removes: 'that a route is asked only so often',
    file: 'server/http/route-gate.ts',
    before:
      "if (await isTooOften(rate, request)) return sendError(reply, 429, 'too-many-requests', 'try again in a while')",
    after: '',
    caughtBy: { file: 'server/http/route-gate.test.ts', test: 'so often and no oftener' },
  },
  {
    id: 'rate by address',
    removes: 'that what anybody may ask is counted by address, whatever cookie comes along',
    file: 'server/http/route-gate.ts',
    before: "of === 'address' ? ({ ip }: FastifyRequest) => ip : signInOf",
    after: 'signInOf',
    caughtBy: { file: 'server/http/route-gate.test.ts', test: 'so often and no oftener' },
  },
  {
    id: 'word of a stranger about an address',
    removes: 'that only a proxy that is known says where somebody asks from',
    file: 'server/http/asker-address.ts',
    before: 'if (!known.has(peer)) return peer',
    after: '',
    caughtBy: { file: 'server/http/asker-address.test.ts', test: 'whoever asks is who the proxy saw last' },
  },
]
