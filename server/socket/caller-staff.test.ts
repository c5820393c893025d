/** Employees at a kiosk: who is let in, who is kept out, and when a session ends. */
import { mock } from 'node:test'
import t from 'tap'
import { hashPassword } from '../auth/passwords.ts'
import { hashToken } from '../auth/tokens.ts'
import type { StaffKey, StaffWithSecret } from '../store/staff.ts'
import { StaffAtKiosks, type StaffSignIn } from './caller-staff.ts'
import type { CallerDevice } from './caller-view.ts'

const PIN = '246810'
const BADGE = 'B4dg3'.repeat(5)
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

const site = {
  siteId: 'library',
  name: 'Library',
  siteType: 'library',
  address: '',
  districtName: '',
  isWaitTold: true,
  point: null,
  phone: null,
}
const connection = (kioskId: string, device: 'kiosk' | 'phone' = 'kiosk'): CallerDevice => ({
  kioskId,
  device,
  site,
  serviceId: 'citizen',
  language: 'da',
  pxPerMm: null,
})
const pin = (number: string, of: string): StaffSignIn => ({ kind: 'pin', number, pin: of })
const wrong = { code: 'wrong-credentials' }

async function place() {
  const maja: StaffWithSecret = {
    staffId: 'maja',
    name: 'Maja Holm',
    firstName: 'Maja',
    placeName: 'Kvik',
    pinHash: await hashPassword(PIN),
  }
  const find = async (key: StaffKey) => {
    const isMaja = 'number' in key ? key.number === '1001' : key.badgeHash.equals(hashToken(BADGE))
    return isMaja ? maja : undefined
  }
  const inCall = new Set<string>()
  const ended: string[] = []
  const staff = new StaffAtKiosks({
    find,
    hasCall: (kioskId) => inCall.has(kioskId),
    onEnded: (kioskId) => ended.push(kioskId),
  })
  return { staff, inCall, ended }
}

t.test('PIN or badge; wrong and unknown are told the same; a phone is no kiosk', async (t) => {
  const { staff } = await place()
  const kiosk = connection('k1')
  staff.seat(kiosk)
  const refusals = await Promise.all(
    [pin('1001', '000000'), pin('9999', PIN), { kind: 'badge' as const, badge: 'x'.repeat(24) }].map((way) =>
      staff.signIn(kiosk, way).catch((error: Error) => `${(error as Error & { code: string }).code} ${error.message}`),
    ),
  )
  t.equal(new Set(refusals).size, 1)
  t.match(refusals[0], /^wrong-credentials /)
  t.equal(staff.at(kiosk), undefined)
  await staff.signIn(kiosk, pin('1001', PIN))
  t.match(staff.at(kiosk), { firstName: 'Maja', placeName: 'Kvik' })
  staff.signOut(kiosk)
  t.equal(staff.at(kiosk), undefined)
  await staff.signIn(kiosk, { kind: 'badge', badge: BADGE })
  t.match(staff.at(kiosk), { staffId: 'maja' })
  staff.stop()
})

t.test(
  'guesses lock a number at one kiosk: the right PIN helps no more there, and its owner is let in elsewhere',
  async (t) => {
    const { staff } = await place()
    const [here, elsewhere] = [connection('k1'), connection('k2')]
    staff.seat(here)
    staff.seat(elsewhere)
    // All at once: they are not one try.
    await Promise.all(
      ['1', '2', '3', '4', '5'].map((n) => t.rejects(staff.signIn(here, pin('1001', n.repeat(6))), wrong)),
    )
    await t.rejects(staff.signIn(here, pin('1001', PIN)), wrong)
    t.equal(staff.at(here), undefined)
    await staff.signIn(elsewhere, pin('1001', PIN))
    t.ok(staff.at(elsewhere))
    for (let n = 0; n < 14; n += 1) await t.rejects(staff.signIn(here, pin(String(2000 + n), PIN)), wrong)
    await t.rejects(staff.signIn(here, { kind: 'badge', badge: BADGE }), { code: 'too-many-requests' })
    staff.stop()
  },
)

t.test(
  'a session is one connection’s: the next page of the kiosk has none, and a late answer gives none',
  async (t) => {
    const { staff } = await place()
    const [first, second] = [connection('k1'), connection('k1')]
    const leave = staff.seat(first)
    await staff.signIn(first, pin('1001', PIN))
    staff.seat(second)
    t.equal(staff.at(first), undefined)
    t.equal(staff.at(second), undefined)
    await t.rejects(staff.signIn(first, pin('1001', PIN)), wrong)
    await staff.signIn(second, pin('1001', PIN))
    leave()
    t.ok(staff.at(second), 'the end of the old one is nothing to the new one')
    staff.stop()
  },
)

t.test('it ends by itself: two minutes without a call, and a minute after one', async (t) => {
  const { staff, inCall, ended } = await place()
  const kiosk = connection('k1')
  staff.seat(kiosk)
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  await staff.signIn(kiosk, pin('1001', PIN))
  mock.timers.tick(2 * MINUTE_MS - 1)
  t.ok(staff.at(kiosk))
  mock.timers.tick(1)
  t.equal(staff.at(kiosk), undefined)
  t.same(ended, ['k1'])

  await staff.signIn(kiosk, pin('1001', PIN))
  inCall.add('k1')
  mock.timers.tick(30 * MINUTE_MS)
  t.ok(staff.at(kiosk), 'a long conversation is no idling')
  inCall.delete('k1')
  staff.callOver('k1')
  mock.timers.tick(MINUTE_MS - 1)
  t.ok(staff.at(kiosk))
  mock.timers.tick(1)
  t.equal(staff.at(kiosk), undefined)
  t.same(ended, ['k1', 'k1'])
})
