import { createHmac } from 'node:crypto'
import t from 'tap'
import { CONTROL_PROOF_AGE_MS_MAX } from '#sfu/contract/control.ts'
import { TICKET_CLOCK_SKEW_MS_MAX, TICKET_LIFETIME_MS } from '#sfu/contract/ticket.ts'
import { checkControlAuth, controlAuth, issueTicket, readTicket } from './ticket-code.ts'

const secret = 'a secret of at least thirty-two characters'
const at = 1_800_000_000_000
const claims = { sfuId: 'sfu-1', roomId: 'room-1', participantId: 'caller', role: 'caller' } as const
const here = { sfuId: 'sfu-1', at }
const ticketRefused = { name: 'Refusal', code: 'ticket-refused' }

t.test('a ticket says what was issued', async (t) => {
  t.same(readTicket(secret, issueTicket(secret, claims, at), here), {
    ...claims,
    version: 1,
    issuedAt: at,
    expiresAt: at + TICKET_LIFETIME_MS,
  })
})

t.test('a ticket is good for its lifetime and the skew of clocks, on its own SFU', async (t) => {
  const ticket = issueTicket(secret, claims, at)
  const lastAt = at + TICKET_LIFETIME_MS + TICKET_CLOCK_SKEW_MS_MAX
  t.ok(readTicket(secret, ticket, { ...here, at: lastAt }))
  t.throws(() => readTicket(secret, ticket, { ...here, at: lastAt + 1 }), ticketRefused)
  t.ok(readTicket(secret, ticket, { ...here, at: at - TICKET_CLOCK_SKEW_MS_MAX }))
  t.throws(() => readTicket(secret, ticket, { ...here, at: at - TICKET_CLOCK_SKEW_MS_MAX - 1 }), ticketRefused)
  t.throws(() => readTicket(secret, ticket, { ...here, sfuId: 'sfu-2' }), ticketRefused)
})

t.test('a ticket that was tampered with is refused', async (t) => {
  const ticket = issueTicket(secret, claims, at)
  const [text = '', signature = ''] = ticket.split('.')
  const forgedText = Buffer.from(JSON.stringify({ ...claims, version: 1, participantId: 'agent-1' })).toString(
    'base64url',
  )
  const sign = (signed: string): string => createHmac('sha256', secret).update(signed).digest('base64url')
  const otherClaims = (change: object): string => {
    const changed = Buffer.from(
      JSON.stringify({ ...claims, version: 1, issuedAt: at, expiresAt: at + 1, ...change }),
    ).toString('base64url')
    return `${changed}.${sign(changed)}`
  }
  const cases: Record<string, string> = {
    'another secret': issueTicket('another secret of thirty-two characters', claims, at),
    'other claims under the same signature': `${forgedText}.${signature}`,
    'no signature': `${text}.`,
    'no text': `.${signature}`,
    'three parts': `${ticket}.${signature}`,
    'one character less': ticket.slice(0, -1),
    nothing: '',
    'the same bytes in another alphabet': `${text}.${signature.slice(0, -1)}`,
    'far too long': `${'a'.repeat(5_000)}.${signature}`,
    'well signed, but no JSON': `bm90aGluZw.${sign('bm90aGluZw')}`,
    'well signed, with a claim too many': otherClaims({ isSupervisor: true }),
    'well signed, of another version': otherClaims({ version: 2 }),
    'well signed, with an odd room': otherClaims({ roomId: '../../etc' }),
  }
  for (const [title, forged] of Object.entries(cases)) {
    t.throws(() => readTicket(secret, forged, here), ticketRefused, title)
  }
})

t.test('the control proof is checked: secret, age, version', async (t) => {
  const auth = controlAuth(secret, at)
  t.doesNotThrow(() => checkControlAuth(secret, auth, at))
  t.doesNotThrow(() => checkControlAuth(secret, auth, at + CONTROL_PROOF_AGE_MS_MAX))
  const refused = { code: 'control-refused' }
  t.throws(() => checkControlAuth(secret, auth, at + CONTROL_PROOF_AGE_MS_MAX + 1), refused)
  t.throws(() => checkControlAuth(secret, auth, at - CONTROL_PROOF_AGE_MS_MAX - 1), refused)
  t.throws(() => checkControlAuth('another secret of thirty-two characters', auth, at), refused)
  t.throws(() => checkControlAuth(secret, { ...auth, at: at + 1 }, at), refused)
  t.throws(() => checkControlAuth(secret, { ...auth, proof: undefined }, at), refused)
  t.throws(() => checkControlAuth(secret, { ...auth, at: NaN }, at), refused)
  t.throws(() => checkControlAuth(secret, { ...auth, protocolVersion: 2 }, at), { code: 'version-mismatch' })
  t.throws(() => checkControlAuth(secret, {}, at), { code: 'version-mismatch' })
})
