import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Server } from 'socket.io'
import t from 'tap'
import { ENTRY_MS_MAX, FrameGuard, type FrameLimits } from './frame-guard.ts'

const LIMITS: FrameLimits = {
  frames: { burst: 5, perSecond: 1 },
  beforeEntryMax: 3,
  endings: { burst: 2, perSecond: 0.001 },
}
const request = { socket: { remoteAddress: '127.0.0.9' } } as IncomingMessage

class Connection extends EventEmitter {
  readonly request = request
  isClosed = false
  close(): void {
    this.isClosed = true
  }
}

/** A guard, a server that connections come to, and a clock that is turned by hand. */
function guarded() {
  const clock = { atMs: 0 }
  let endedCount = 0
  const io = Object.assign(new EventEmitter(), { engine: new EventEmitter() })
  const guard = new FrameGuard(
    LIMITS,
    ({ socket }) => socket.remoteAddress ?? '',
    () => (endedCount += 1),
    () => clock.atMs,
  )
  guard.watch(io as unknown as Server)
  const connect = () => {
    const connection = new Connection()
    io.engine.emit('connection', connection)
    return connection
  }
  const enter = (conn: Connection) => io.emit('connection', { conn })
  return { clock, guard, connect, enter, ended: () => endedCount }
}

t.test('a connection that sends too much is ended, and its address kept out after some', async (t) => {
  const { guard, connect, enter, ended } = guarded()
  for (let count = 1; count <= 2; count += 1) {
    t.ok(guard.isWelcome(request))
    const connection = connect()
    enter(connection)
    for (let frame = 0; frame < 5; frame += 1) connection.emit('packet')
    t.notOk(connection.isClosed, 'as much as it may')
    connection.emit('packet')
    t.ok(connection.isClosed)
    t.equal(ended(), count)
  }
  t.notOk(guard.isWelcome(request))
})

t.test('a connection that says more than hello before it is in is ended', async (t) => {
  const { connect, ended } = guarded()
  const connection = connect()
  for (let frame = 0; frame < 4; frame += 1) connection.emit('packet')
  t.ok(connection.isClosed)
  connection.emit('close', 'forced close')
  t.equal(ended(), 1, 'once')
})

t.test('what could not be read is held against the address, what a busy server let nobody in for is not', async (t) => {
  const { clock, guard, connect, ended } = guarded()
  for (let count = 0; count < 10; count += 1) {
    const slow = connect()
    clock.atMs += ENTRY_MS_MAX
    slow.emit('close', 'forced close')
  }
  t.equal(ended(), 0)
  t.ok(guard.isWelcome(request), 'a whole centre comes back after a restart')
  for (let count = 0; count < 2; count += 1) connect().emit('close', 'forced close')
  t.equal(ended(), 2)
  t.notOk(guard.isWelcome(request))
})
