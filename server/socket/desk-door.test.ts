import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io'
import t from 'tap'
import type { Person } from '../store/directory.ts'
import { DeskDoor, type DeskDoorParts } from './desk-door.ts'

const amal = { agentId: 'amal' } as unknown as Person
const parts = { directory: { sites: new Map() }, state: () => ({ agents: new Map() }), now: () => 1 }
const makeDoor = () => new DeskDoor(parts as unknown as DeskDoorParts)

/** A connection of the tab with that digit, whose page is awake. */
function windowOf(digit: string) {
  const conn = Object.assign(new EventEmitter(), { readyState: 'open' })
  const emit = (_name: string, _body: unknown, done: (error: Error | null) => void) => done(null)
  const handshake = { auth: { deskId: digit.repeat(32) }, headers: {} }
  const socket = { handshake, conn, connected: true, timeout: () => ({ emit }) } as unknown as Socket
  return { socket, conn }
}

t.test(
  'of two windows at the door in the same moment one is let in, and the other waits for what becomes of it',
  async (t) => {
    const door = makeDoor()
    const [first, second] = [windowOf('a'), windowOf('b')]
    const both = [door.enter(amal, first.socket), door.enter(amal, second.socket)]
    t.same(await both[0], { who: amal })
    const leave = door.take(first.socket)
    t.match(await both[1], { refused: 'desk-occupied', detail: { work: 'idle' } })
    leave()
    t.same(await door.enter(amal, second.socket), { who: amal }, 'whoever looks again finds it free')
  },
)

t.test('a window that is let in and never comes in keeps nobody out', async (t) => {
  const door = makeDoor()
  const [first, second, third] = [windowOf('a'), windowOf('b'), windowOf('c')]
  const both = [door.enter(amal, first.socket), door.enter(amal, second.socket)]
  await both[0]
  first.conn.emit('close')
  t.same(await both[1], { who: amal })
  second.conn.readyState = 'closed'
  second.conn.emit('close')
  third.conn.readyState = 'closed'
  await door.enter(amal, third.socket)
  t.same(await door.enter(amal, windowOf('d').socket), { who: amal }, 'nor one that was gone before')
})
