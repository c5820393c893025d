import t from 'tap'
import { bind, tell } from './bind.ts'
import { askRaw, openRaw, startTestServer, testEvents, testRequests } from './test-server.ts'

const failure = (code: string) => ({ ok: false, error: { code } })

t.test('a known request with a fitting body is answered', async (t) => {
  const server = await startTestServer(t, { checkOutgoing: true })
  const raw = await openRaw(t, server)
  t.same(await askRaw(raw, 1, '["echo",{"text":"hello"}]'), { ok: true, reply: { text: 'hello' } })
})

t.test('what does not fit is refused and reaches no handler', async (t) => {
  const server = await startTestServer(t, { limits: { strikesMax: 1000 } })
  const raw = await openRaw(t, server)
  const cases: Record<string, string> = {
    'an unknown request': '["nonsense",{}]',
    'an inherited name': '["constructor",{}]',
    'the name __proto__': '["__proto__",{}]',
    'a number for a name': '[7,{}]',
    'a name that is a number as text': '["0",{}]',
    'no body': '["echo"]',
    'null for a body': '["echo",null]',
    'an array for a body': '["echo",["text"]]',
    'a missing property': '["echo",{}]',
    'a number where a text belongs': '["echo",{"text":1}]',
    'one property too many': '["echo",{"text":"a","more":1}]',
    'a property __proto__': '["echo",{"text":"a","__proto__":{"isAdmin":true}}]',
    'a property __proto__ deep within': '["anything",{"tree":[{"a":{"__proto__":{"x":1}}}]}]',
    'a property constructor deep within': '["anything",{"tree":{"constructor":{"prototype":1}}}]',
    'a third argument': '["echo",{"text":"a"},{"text":"b"}]',
    'an object in the place of the acknowledgement': '["echo",{"text":"a"},{"call":1}]',
  }
  let id = 1
  for (const [title, json] of Object.entries(cases)) {
    t.match(await askRaw(raw, id++, json), failure('bad-request'), title)
  }
  t.same(server.handled, [], 'no handler ran')
  t.same(await askRaw(raw, id, '["echo",{"text":"still here"}]'), { ok: true, reply: { text: 'still here' } })
})

t.test('a message nested 30,000 deep blows no stack', async (t) => {
  const server = await startTestServer(t, { limits: { strikesMax: 1000 } })
  const raw = await openRaw(t, server)
  const deep = '['.repeat(30_000) + ']'.repeat(30_000)
  t.match(await askRaw(raw, 1, `["anything",{"tree":${deep}}]`), failure('bad-request'))
  const objects = '{"a":'.repeat(8_000) + '1' + '}'.repeat(8_000)
  t.match(await askRaw(raw, 2, `["anything",{"tree":${objects}}]`), failure('bad-request'))
  t.same(server.handled, [])
})

t.test('a request without an acknowledgement is not run', async (t) => {
  const server = await startTestServer(t)
  const raw = await openRaw(t, server)
  raw.send('42["echo",{"text":"unheard"}]')
  raw.send('42["echo",{"text":"an object instead"},{}]')
  t.match(await askRaw(raw, 1, '["echo",{"text":"heard"}]'), { ok: true })
  t.same(server.handled, ['heard'])
  t.equal(server.refused.filter(({ reason }) => reason === 'missing-acknowledgement').length, 2)
})

t.test('a refusal keeps its code, a bug becomes internal and is reported', async (t) => {
  const server = await startTestServer(t, { checkOutgoing: true })
  const raw = await openRaw(t, server)
  t.same(await askRaw(raw, 1, '["refuse",{}]'), {
    ok: false,
    error: { code: 'too-late', message: 'the offer has expired' },
  })
  const answer = await askRaw(raw, 2, '["fail",{}]')
  t.match(answer, failure('internal'))
  t.notMatch(JSON.stringify(answer), /secret/, 'what went wrong stays here')
  t.match(server.bugs, [{ error: { message: /bug/ }, request: 'fail' }])
  t.match(await askRaw(raw, 3, '["reply-wrong",{}]'), failure('internal'), 'a reply that does not fit is a bug')
  t.equal(server.bugs.length, 2)
})

t.test('three malformed requests within ten seconds end the connection', async (t) => {
  let at = 0
  const server = await startTestServer(t, { now: () => at })
  const patient = await openRaw(t, server)
  for (let id = 1; id <= 8; id += 1) {
    t.match(await askRaw(patient, id, '["nonsense",{}]'), failure('bad-request'))
    at += 5_000
  }
  const raw = await openRaw(t, server)
  t.match(await askRaw(raw, 1, '["nonsense",{}]'), failure('bad-request'))
  t.match(await askRaw(raw, 2, '["echo",{}]'), failure('bad-request'))
  raw.send('423["nonsense",{}]')
  await raw.closed
  t.match(await askRaw(patient, 9, '["echo",{"text":"other"}]'), { ok: true }, 'others are not concerned')
})

t.test('too many requests are refused, and a flood ends the connection', async (t) => {
  let at = 0
  const server = await startTestServer(t, { now: () => at })
  const raw = await openRaw(t, server)
  for (let id = 1; id <= 61; id += 1) raw.send(`42${id}["echo",{"text":"${id}"}]`)
  const answer = await raw.frame((frame) => frame.startsWith('4361['))
  t.match(answer, /too-many-requests/)
  t.equal(server.handled.length, 60)
  at += 1_000
  for (let id = 100; id < 130; id += 1) t.match(await askRaw(raw, id, '["echo",{"text":"later"}]'), { ok: true })
  t.match(await askRaw(raw, 131, '["echo",{"text":"too soon"}]'), failure('too-many-requests'))
  for (let id = 200; id < 300; id += 1) raw.send(`42${id}["echo",{"text":"flood"}]`)
  await raw.closed
  t.equal(server.handled.length, 90)
})

t.test('no more than so many requests of one socket are under way', async (t) => {
  const server = await startTestServer(t, { limits: { requestsUnderWayMax: 2 } })
  const raw = await openRaw(t, server)
  raw.send('421["wait",{}]')
  raw.send('422["wait",{}]')
  t.match(await askRaw(raw, 3, '["wait",{}]'), failure('too-many-requests'))
  for (const finish of server.waiting) finish()
  await raw.frame((frame) => frame.startsWith('431['))
  t.match(await askRaw(raw, 4, '["echo",{"text":"a"}]'), { ok: true })
})

t.test('a replayed acknowledgement id is answered each time and confuses nothing', async (t) => {
  const server = await startTestServer(t)
  const raw = await openRaw(t, server)
  raw.send('427["echo",{"text":"first"}]')
  raw.send('427["echo",{"text":"second"}]')
  await raw.frame((frame) => frame.includes('second'))
  t.same(raw.frames.filter((frame) => frame.startsWith('437')).length, 2)
  // Acknowledgements nobody asked for.
  raw.send('437["unasked"]')
  raw.send('4399999999999["unasked"]')
  t.match(await askRaw(raw, 8, '["echo",{"text":"third"}]'), { ok: true })
})

t.test('a reply after the socket is gone is dropped', async (t) => {
  const server = await startTestServer(t)
  const raw = await openRaw(t, server)
  raw.send('421["wait",{}]')
  await raw.frame(() => true)
  const other = await openRaw(t, server)
  t.match(await askRaw(other, 1, '["echo",{"text":"a"}]'), { ok: true })
  const [socket] = [...server.io.of('/').sockets.values()]
  const isGone = new Promise((resolve) => socket?.once('disconnect', resolve))
  raw.close()
  await isGone
  for (const finish of server.waiting) finish()
  t.match(await askRaw(other, 2, '["echo",{"text":"b"}]'), { ok: true })
  t.same(server.bugs, [])
})

t.test('an event that does not fit its schema is not told while outgoing messages are checked', async (t) => {
  const told: unknown[] = []
  const target = { emit: (name: string, body: unknown) => told.push([name, body]) }
  tell(target, testEvents, 'told', { count: 1 }, { checkOutgoing: true })
  t.throws(() => tell(target, testEvents, 'told', { count: 1.5 }, { checkOutgoing: true }), /does not fit/)
  tell(target, testEvents, 'told', { count: 2 })
  t.same(told, [
    ['told', { count: 1 }],
    ['told', { count: 2 }],
  ])
})

t.test('a schema that means nothing is refused when the table is bound', async (t) => {
  const broken = { ...testRequests, echo: { ...testRequests.echo, body: { type: 'object', propertis: {} } } }
  t.throws(() => bind(broken as unknown as typeof testRequests, {} as never, { onBug: () => undefined }), /strict mode/)
})
