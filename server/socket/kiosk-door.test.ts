/** Keys that can be copied open the door of a demonstration, and no other. */
import t from 'tap'
import { hashToken } from '../auth/tokens.ts'
import { kioskOf, type KioskDoor } from './kiosk-door.ts'

const kiosk = { kioskId: 'one', deviceKeyHash: hashToken('key of one') }
const enrolled = { kioskId: 'two', deviceKeyHash: null }
const kiosks = new Map<string, unknown>([
  ['one', kiosk],
  ['two', enrolled],
])
const keys = {
  identify: ({ token }: { token?: unknown }) => {
    return token === 'good' ? { kioskId: 'two', keyId: 'k' } : token === 'of nobody' ? { kioskId: 'gone' } : undefined
  },
}
const door = (areDeviceKeysTaken: boolean) =>
  ({ directory: { kiosks }, keys, areDeviceKeysTaken }) as unknown as KioskDoor
const refused = { refused: 'not-signed-in' }

t.test('a key that can be copied, where it is taken and where it is not', async (t) => {
  const auth = { kioskId: 'one', deviceKey: 'key of one' }
  t.match(kioskOf(door(true), auth), { who: { kioskId: 'one', device: 'kiosk', keyId: undefined } })
  t.same(kioskOf(door(false), auth), refused)
  t.same(kioskOf(door(true), { ...auth, deviceKey: 'another' }), refused)
  t.same(kioskOf(door(true), { kioskId: 'two', deviceKey: 'key of one' }), refused, 'it has none')
  t.same(kioskOf(door(true), { ...auth, deviceKey: 'x'.repeat(1_000) }), refused)
  t.same(kioskOf(door(true), {}), refused)
})

t.test('a token says who it is, and nothing beside it does', async (t) => {
  const auth = { kioskId: 'one', deviceKey: 'key of one' }
  t.match(kioskOf(door(true), { ...auth, token: 'good' }), { who: { kioskId: 'two', keyId: 'k' } })
  t.same(kioskOf(door(true), { ...auth, token: 'bad' }), refused, 'a wrong token is not made good by a key')
  t.same(kioskOf(door(true), { token: 'of nobody' }), refused, 'the city has no such kiosk any more')
})
