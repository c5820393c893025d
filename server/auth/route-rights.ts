/** Who may ask what over HTTP. A route without a row here is not registered, and the server does not start. */
import { EVERYBODY, right, SIGNED_IN, type Right } from './rights.ts'

/** Who looks after kiosks. */
const CARETAKERS = { supervisor: 'any', administrator: 'any' } as const

/** Below `/api/v1`: for programs and for our pages. */
export const API_RIGHTS: Readonly<Record<string, Right>> = {
  // Signing in. Its own limits count tries by name and failures by address.
  'POST /sign-in': right(EVERYBODY, 'guess'),
  'POST /sign-out': right(EVERYBODY, 'page'),
  'GET /session': right(SIGNED_IN, 'ask'),
  'GET /sign-in/ways': right(EVERYBODY, 'page'),
  'GET /sign-in/city': right(EVERYBODY, 'guess'),
  'GET /sign-in/city/back': right(EVERYBODY, 'guess'),
  'POST /sign-in/city/sign-out': right(EVERYBODY, 'guess'),

  // Kiosks, as machines: what they send is signed, and their own limits count by address.
  'POST /kiosk/challenge': right(EVERYBODY, 'guess'),
  'POST /kiosk/enrolments': right(EVERYBODY, 'guess'),
  'GET /kiosk/enrolments/:keyId': right(EVERYBODY, 'guess'),
  'POST /kiosk/token': right(EVERYBODY, 'guess'),
  'POST /kiosk/key': right(EVERYBODY, 'guess'),
  // And whoever looks after them.
  'GET /kiosks/keys': right(CARETAKERS, 'ask'),
  'GET /kiosks/:kioskId/report': right(CARETAKERS, 'ask'),
  'POST /kiosks/order': right(CARETAKERS, 'ask', 'audited'),
  'POST /kiosks/enrol': right(CARETAKERS, 'ask', 'audited'),
  'POST /kiosks/revoke': right(CARETAKERS, 'ask', 'audited'),
  'POST /kiosks/rotate': right(CARETAKERS, 'ask', 'audited'),

  // One's own sign-ins.
  'GET /account': right(SIGNED_IN, 'ask'),
  'POST /account/sign-ins/end': right(SIGNED_IN, 'ask'),
  'POST /account/password': right(SIGNED_IN, 'ask'),
  'POST /account/second-factor': right(SIGNED_IN, 'ask'),
  'POST /account/second-factor/on': right(SIGNED_IN, 'ask'),
  'POST /account/second-factor/off': right(SIGNED_IN, 'ask'),

  // One's own work at a desk, at which a supervisor may be too [R44].
  'GET /agents/me/day': right({ agent: 'self', supervisor: 'self' }, 'ask'),
  'GET /my/calls': right({ agent: 'self', supervisor: 'self' }, 'ask'),
  'GET /guides': right({ agent: 'any', supervisor: 'any', administrator: 'any' }, 'ask'),

  // Single calls.
  'GET /calls/:callId/earlier': right({ agent: 'call-at-desk', supervisor: 'call-at-desk' }, 'ask'),
  'GET /calls/:callId/explanation': right({ agent: 'call-been-in', supervisor: 'any' }, 'ask'),
  'GET /calls/:callId/events': right({ supervisor: 'any' }, 'ask', 'audited'),
  'GET /events': right({ supervisor: 'any' }, 'export', 'audited'),

  // What is looked up, and what is said against it.
  'GET /knowledge': right({ agent: 'any', supervisor: 'any' }, 'search'),
  'GET /knowledge/suggestions': right({ agent: 'any', supervisor: 'any' }, 'search'),
  'GET /knowledge/articles/:articleId': right({ agent: 'any', supervisor: 'any' }, 'search'),
  'POST /knowledge/articles/:articleId/remarks': right({ agent: 'any', supervisor: 'any' }, 'say'),
  'GET /knowledge/remarks': right({ agent: 'self', supervisor: 'any' }, 'search'),
  'POST /knowledge/remarks/:remarkId/done': right({ agent: 'own-remark', supervisor: 'any' }, 'search'),

  // What was counted, and what is to be expected.
  'GET /metrics/queues': right({ supervisor: 'any' }, 'ask'),
  'GET /reports': right({ supervisor: 'any' }, 'ask'),
  'GET /reports/names': right({ supervisor: 'any' }, 'ask'),
  'GET /reports/callbacks': right({ supervisor: 'any' }, 'ask'),
  'GET /reports/agents': right({ agent: 'own-figures', supervisor: 'figures-of-centre' }, 'ask', 'audited'),
  'GET /report-mails': right({ supervisor: 'any' }, 'ask'),
  'POST /report-mails/:mailId': right({ supervisor: 'any' }, 'ask', 'audited'),
  'POST /report-mails/:mailId/drop': right({ supervisor: 'any' }, 'ask', 'audited'),
  'GET /forecast': right({ supervisor: 'any' }, 'ask'),
  'POST /roster': right({ supervisor: 'any' }, 'ask', 'audited'),
  'POST /roster/csv': right({ supervisor: 'any' }, 'ask', 'audited'),
  'GET /what-if': right({ supervisor: 'any' }, 'ask'),
  'POST /what-if': right({ supervisor: 'any' }, 'ask'),
  'GET /open-data/sites': right(EVERYBODY, 'public'),

  // How the city is set up. Each change is kept with who made it (`server/store/city-changes.ts`).
  'GET /admin/city': right({ administrator: 'any' }, 'ask'),
  'GET /admin/city.yaml': right({ administrator: 'any' }, 'ask'),
  'POST /admin/city/check': right({ administrator: 'any' }, 'ask'),
  'POST /admin/city/change': right({ administrator: 'any' }, 'ask', 'audited'),
  'GET /admin/changes': right({ administrator: 'any' }, 'ask'),
  'POST /admin/changes/:changeId/take-back': right({ administrator: 'any' }, 'ask', 'audited'),

  // What is kept of a person. Who had it deleted is written down by the handler, and not of whom.
  'GET /privacy/:kind/:key': right({ administrator: 'any' }, 'ask'),
  'POST /privacy/:kind/:key/delete': right({ administrator: 'any' }, 'ask'),

  // The rules in force.
  'GET /policy': right({ supervisor: 'any', administrator: 'any' }, 'ask'),
}

/** Everything else: the pages, and what machines ask. A proxy in front keeps `/health` and `/metrics` from the world. */
export const PAGE_RIGHTS: Readonly<Record<string, Right>> = {
  'GET /': right(EVERYBODY, 'page'),
  'GET /supervisor': right(EVERYBODY, 'page'),
  'GET /kiosk': right(EVERYBODY, 'page'),
  'GET /kiosk/*': right(EVERYBODY, 'page'),
  'GET /agent': right(EVERYBODY, 'page'),
  'GET /agent/*': right(EVERYBODY, 'page'),
  'GET /guides/*': right(EVERYBODY, 'page'),
  'GET /health/live': right(EVERYBODY, 'page'),
  'GET /health/ready': right(EVERYBODY, 'page'),
  'GET /metrics': right(EVERYBODY, 'page'),
}
