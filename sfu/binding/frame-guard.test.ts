import t from 'tap'
import { askRaw, openRaw, startTestServer } from './test-server.ts'

const frames = { burst: 20, perSecond: 0.001 }
const patient = { frames: { burst: 1_000, perSecond: 1_000 }, beforeEntryMax: 3, endings: { burst: 100, perSecond: 1 } }

t.test('a connection that says much before it comes in is ended, and others are not concerned', async (t) => {
  let ended = 0
  const server = await startTestServer(t, { sockets: { frames: patient, onEndedConnection: () => void (ended += 1) } })
  const inside = await openRaw(t, server)
  const raw = await openRaw(t, server, false)
  for (let i = 0; i < 4; i += 1) raw.send('3')
  await raw.closed
  t.equal(ended, 1)
  for (let id = 1; id < 8; id += 1) t.match(await askRaw(inside, id, '["echo",{"text":"a"}]'), { ok: true })
  t.equal(ended, 1)
})

t.test('what asks before it has come in, or cannot be read, counts as ended for it', async (t) => {
  let ended = 0
  const server = await startTestServer(t, { sockets: { frames: patient, onEndedConnection: () => void (ended += 1) } })
  for (const frame of ['421["echo",{"text":"a"}]', '42{broken']) {
    const raw = await openRaw(t, server, false)
    raw.send(frame)
    await raw.closed
  }
  t.equal(ended, 2)
})

t.test('a flood over one connection ends it, whoever it is of', async (t) => {
  const server = await startTestServer(t, { sockets: { frames: { ...patient, frames } } })
  const raw = await openRaw(t, server)
  for (let id = 1; id <= 30; id += 1) raw.send(`42${id}["echo",{"text":"${id}"}]`)
  await raw.closed
  t.ok(server.handled.length < 20, `${server.handled.length} were heard`)
})

t.test('an address whose connections have to be ended again and again is not let in for a while', async (t) => {
  const server = await startTestServer(t, {
    sockets: { frames: { ...patient, endings: { burst: 3, perSecond: 0.001 } } },
  })
  const inside = await openRaw(t, server)
  for (let i = 0; i < 3; i += 1) {
    const raw = await openRaw(t, server, false)
    raw.send('42{broken')
    await raw.closed
  }
  await t.rejects(openRaw(t, server, false), /closed/)
  t.same(server.refusedConnections, ['misbehaved'])
  t.match(await askRaw(inside, 1, '["echo",{"text":"still here"}]'), { ok: true }, 'who is in stays in')
})
