/** A real coturn on our own configuration: who is let in, for how long, and where nobody gets to through it. */
import t from 'tap'
import { iceServersFor, NO_TURN, TURN_MS, withIceServers } from '../../auth/turn-credentials.ts'
import { openCoturn, withoutCoturn } from './coturn.ts'
import { TurnClient, type Credential } from './turn-client.ts'

const NEWEST = 'the newest secret of the city, long enough'
const BEFORE = 'the secret before it, also long enough'
const FOREIGN = 'a secret that coturn has never heard of'
const URLS = ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:5349?transport=tcp']
/** What may not be reached by anybody, by any way of writing it. */
const INSIDE_V4 = [
  ...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '169.254.169.254'],
  ...[
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '192.168.255.254',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
  ],
]
const INSIDE_V6 = [
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'ff02::1',
]

const oneOf = (secrets: readonly string[], id = 'somebody', at = Date.now()): Credential => {
  const [server] = iceServersFor({ urls: URLS, secrets }, id, at)
  if (server === undefined) throw new Error('there is no TURN server')
  return server
}

t.test('credentials are of an hour, and of the newest secret', async (t) => {
  t.same(iceServersFor(NO_TURN, 'x', 0), [])
  t.same(iceServersFor({ urls: URLS, secrets: [] }, 'x', 0), [])
  t.same(withIceServers(NO_TURN, 'x', 0), {})
  // By the reference of the draft: echo -n 3600:x | openssl dgst -sha1 -hmac key -binary | base64
  t.same(iceServersFor({ urls: URLS, secrets: ['key', 'old'] }, 'x', 0), [
    { urls: URLS, username: '3600:x', credential: 'tUwzZLGt9lS5Har9MhBZpj8hrW8=' },
  ])
  t.equal(TURN_MS, 3_600_000)
})

t.test('who is let in, and where to', { skip: withoutCoturn }, async (t) => {
  const port = await openCoturn(t, { secrets: [NEWEST, BEFORE] })
  const clients: TurnClient[] = []
  t.teardown(() => clients.forEach((client) => client.close()))
  const client = (who: Credential) => {
    const made = new TurnClient(port, who)
    clients.push(made)
    return made
  }
  const allocated = (who: Credential) => client(who).allocate()
  t.equal(await allocated(oneOf([NEWEST, BEFORE])), 0, 'the newest secret')
  t.equal(await allocated(oneOf([BEFORE])), 0, 'the one before is still taken')
  const good = oneOf([NEWEST])
  const refused: [string, Credential][] = [
    ['an expired one', oneOf([NEWEST], 'somebody', Date.now() - TURN_MS - 60_000)],
    ['a foreign secret', oneOf([FOREIGN])],
    ['another name', { ...good, username: `${good.username}-else` }],
    ['a later end', { ...good, username: good.username.replace(/^\d+/, (end) => String(Number(end) + 86_400)) }],
    ['no name', { ...good, username: '' }],
    ['no word', { ...good, credential: '' }],
  ]
  for (const [who, credential] of refused) t.equal(await allocated(credential), 401, `${who} is refused`)

  const page = client(good)
  t.equal(await page.allocate(), 0)
  t.equal(await page.permit('8.8.8.8'), 0, 'the open Internet may be reached')
  for (const address of INSIDE_V4) t.equal(await page.permit(address), 403, `${address} may not`)
  const page6 = client(oneOf([NEWEST], 'six'))
  if ((await page6.allocate(6)) !== 0) return t.comment('there is no IPv6 on this machine')
  t.equal(await page6.permit('2606:4700::1111'), 0)
  for (const address of INSIDE_V6) t.equal(await page6.permit(address), 403, `${address} may not`)
})
