/** Who is let in as a kiosk, and everything that must not let anybody in. */
import { webcrypto } from 'node:crypto'
import t from 'tap'
import { CODE_MS } from '../auth/enrol-codes.ts'
import { NONCE_MS, TOKEN_MS } from '../auth/kiosk-proofs.ts'
import { connectText, enrolText, KEY_KIND, rotateText, SIGNED_WITH, tokenText } from '../contract/kiosk-proof.ts'
import type { KeptKey, NewAct } from '../store/kiosk-keys.ts'
import { KEY_MS_MAX, KioskKeys, OVERLAP_MS, type KioskKeysParts } from './kiosk-keys.ts'

const LONE = { agentId: 'lone' }
const HERE = '127.0.0.1'

/** A screen, as its browser has it. */
async function screen() {
  const pair = await webcrypto.subtle.generateKey(KEY_KIND, false, ['sign', 'verify'])
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('spki', pair.publicKey))
  const publicKey = bytes.toString('base64url')
  const keyId = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('base64url')
  const sign = async (text: string) =>
    Buffer.from(await webcrypto.subtle.sign(SIGNED_WITH, pair.privateKey, Buffer.from(text))).toString('base64url')
  return { publicKey, keyId, sign }
}
type Screen = Awaited<ReturnType<typeof screen>>

/** A city of two kiosks with a store that is a list, on a clock that the test moves. */
async function city(kept: readonly KeptKey[] = []) {
  const clock = { at: Date.parse('2026-11-27T12:00:00Z') }
  const kiosks = new Map(['one', 'two'].map((kioskId) => [kioskId, { kioskId, site: { name: `Site ${kioskId}` } }]))
  const people = new Map([['lone', { name: 'Lone Bruun' }]])
  let rows = [...kept]
  const acts: NewAct[] = []
  const keys = new KioskKeys({
    directory: { kiosks, people } as unknown as KioskKeysParts['directory'],
    secret: 's'.repeat(32),
    now: () => clock.at,
    store: {
      keys: async () => rows,
      keep: async (kioskId, its, more) => {
        rows = [...rows.filter((row) => row.kioskId !== kioskId), ...its]
        acts.push(...more)
      },
      acts: async (countMax) => acts.toReversed().slice(0, countMax),
    },
  })
  await keys.start()
  keys.stop()
  return { keys, clock, acts, rows: () => rows }
}
type City = Awaited<ReturnType<typeof city>>

async function codeOf({ keys }: City, { publicKey, sign }: Screen, address = HERE): Promise<string> {
  const { nonce } = keys.challenge()
  return keys.giveCode({ publicKey, nonce, signature: await sign(enrolText(nonce, publicKey)) }, address).code
}

async function enrolled(town: City, kioskId: string): Promise<Screen> {
  const one = await screen()
  await town.keys.enrol({ code: await codeOf(town, one), kioskId }, LONE, HERE)
  return one
}

async function tokenOf({ keys }: City, { keyId, sign }: Screen) {
  const { nonce } = keys.challenge()
  return keys.token({ keyId, nonce, signature: await sign(tokenText(nonce, keyId)) })
}

async function proofOf({ keys }: City, { sign }: Screen, token: string) {
  const { nonce } = keys.challenge()
  return { token, nonce, signature: await sign(connectText(nonce, token)) }
}

async function rotationOf({ keys }: City, old: Screen, young: Screen) {
  const { nonce } = keys.challenge()
  const { publicKey } = young
  const text = rotateText(nonce, publicKey)
  return { keyId: old.keyId, publicKey, nonce, signature: await old.sign(text), newSignature: await young.sign(text) }
}

const notSignedIn = { code: 'not-signed-in' }

t.test('a screen shows a code, somebody enters it, and it is that kiosk', async (t) => {
  const town = await city()
  const { keys, acts } = town
  const one = await screen()
  t.same(keys.stateOf(one.keyId), { state: 'over' })
  const code = await codeOf(town, one)
  t.match(code, /^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}$/)
  t.same(keys.stateOf(one.keyId), { state: 'waiting' })
  await t.rejects(tokenOf(town, one), notSignedIn, 'nobody has said which kiosk it is')
  await keys.enrol({ code, kioskId: 'one' }, LONE, HERE)
  t.same(keys.stateOf(one.keyId), { state: 'enrolled' })
  const { token, kioskId } = await tokenOf(town, one)
  t.equal(kioskId, 'one')
  t.same(keys.identify(await proofOf(town, one, token)), { kioskId: 'one', keyId: one.keyId })
  t.match(acts, [{ act: 'enrolled', kioskId: 'one', keyId: one.keyId, agentId: 'lone', at: Number }])
  t.match(await keys.list(), {
    kiosks: [
      { kioskId: 'one', enrolledAt: Number, isConnected: false },
      { kioskId: 'two', enrolledAt: null },
    ],
    acts: [{ act: 'enrolled', byName: 'Lone Bruun' }],
  })
  const later = await city(town.rows())
  t.same(later.keys.stateOf(one.keyId), { state: 'enrolled' }, 'after a restart too')
})

t.test('a code is good once, for a quarter of an hour, and for the newest wish of its screen', async (t) => {
  const town = await city()
  const { keys, clock } = town
  const one = await screen()
  const code = await codeOf(town, one)
  const newer = await codeOf(town, one)
  await t.rejects(
    keys.enrol({ code, kioskId: 'one' }, LONE, HERE),
    { code: 'unknown-code' },
    'the screen shows another',
  )
  clock.at += CODE_MS
  await t.rejects(keys.enrol({ code: newer, kioskId: 'one' }, LONE, HERE), { code: 'unknown-code' }, 'too late')
  t.same(keys.stateOf(one.keyId), { state: 'over' })
  const last = await codeOf(town, one)
  await t.rejects(keys.enrol({ code: last, kioskId: 'none' }, LONE, HERE), { code: 'unknown-place' })
  await keys.enrol({ code: last, kioskId: 'one' }, LONE, HERE)
  await t.rejects(keys.enrol({ code: last, kioskId: 'two' }, LONE, HERE), { code: 'unknown-code' }, 'used')
  await t.rejects(codeOf(town, one), { code: 'wrong-state' }, 'whoever is in needs none')
})

t.test('codes are not to be guessed: by one person, from one address, or by all', async (t) => {
  const town = await city()
  const { keys, clock } = town
  const code = await codeOf(town, await screen())
  const guess = (agentId: string, address: string, tried = 'AAAAAAAA') =>
    keys.enrol({ code: tried, kioskId: 'one' }, { agentId }, address).then(
      () => 'in',
      ({ code: refusal }: { code: string }) => refusal,
    )
  for (let i = 0; i < 10; i += 1) t.equal(await guess('eva', HERE), 'unknown-code')
  t.equal(await guess('eva', HERE, code), 'too-many-requests', 'the right one too')
  for (let i = 0; i < 20; i += 1) await guess(`p${i}`, HERE)
  t.equal(await guess('lone', HERE), 'too-many-requests', 'somebody else at the same address')
  for (let i = 0; i < 70; i += 1) await guess(`q${i}`, `10.0.0.${i}`)
  t.equal(await guess('ida', '10.1.1.1', code), 'too-many-requests', 'a hundred in all')
  clock.at += CODE_MS
  t.equal(await guess('ida', '10.1.1.1', await codeOf(town, await screen())), 'in', 'and it is over')
})

t.test('no address and not all of them together fill the memory with codes', async (t) => {
  const town = await city()
  const screens = await Promise.all(Array.from({ length: 31 }, screen))
  for (const one of screens.slice(0, 30)) await codeOf(town, one)
  await t.rejects(codeOf(town, screens[30] as Screen), { code: 'too-many-requests' })
  await codeOf(town, screens[0] as Screen)
  t.ok(await codeOf(town, screens[30] as Screen, '10.0.0.1'), 'another address is not kept out by it')
})

t.test('a signature is good once, a minute long, for one purpose and one key', async (t) => {
  const town = await city()
  const { keys, clock } = town
  const one = await enrolled(town, 'one')
  const two = await enrolled(town, 'two')
  const { keyId } = one
  const { nonce } = keys.challenge()
  const signature = await one.sign(tokenText(nonce, keyId))
  t.throws(() => keys.token({ keyId: two.keyId, nonce, signature }), notSignedIn, 'another kiosk')
  t.ok(keys.token({ keyId, nonce, signature }))
  t.throws(() => keys.token({ keyId, nonce, signature }), notSignedIn, 'again')
  const old = keys.challenge().nonce
  const late = await one.sign(tokenText(old, keyId))
  clock.at += NONCE_MS
  t.throws(() => keys.token({ keyId, nonce: old, signature: late }), notSignedIn, 'too late')
  const own = `${'x'.repeat(16)}.${clock.at + NONCE_MS}.${'y'.repeat(43)}`
  const forged = await one.sign(tokenText(own, keyId))
  t.throws(() => keys.token({ keyId, nonce: own, signature: forged }), notSignedIn, 'a nonce of its own making')
  const other = keys.challenge().nonce
  const wrongPurpose = await one.sign(connectText(other, keyId))
  t.throws(() => keys.token({ keyId, nonce: other, signature: wrongPurpose }), notSignedIn, 'signed for a connection')
  const elsewhere = (await city(town.rows())).keys.challenge().nonce
  const foreign = await one.sign(tokenText(elsewhere, keyId))
  t.throws(() => keys.token({ keyId, nonce: elsewhere, signature: foreign }), notSignedIn, 'of another process')
})

t.test('a token is worth nothing without its key, after its end, twice over, or changed', async (t) => {
  const town = await city()
  const { keys, clock } = town
  const one = await enrolled(town, 'one')
  const two = await enrolled(town, 'two')
  const { token } = await tokenOf(town, one)
  const copied = await proofOf(town, two, token)
  t.equal(keys.identify(copied), undefined, 'signed by whoever copied it')
  t.equal(keys.identify({ token }), undefined, 'not signed')
  t.equal(keys.identify({ ...(await proofOf(town, one, token)), token: `${token}x` }), undefined)
  const claims = token.split('.')
  const longer = [claims[0], String(Number(claims[1]) + 1_000_000), claims[2]].join('.')
  t.equal(keys.identify(await proofOf(town, one, longer)), undefined, 'made longer')
  const proof = await proofOf(town, one, token)
  t.ok(keys.identify(proof))
  t.equal(keys.identify(proof), undefined, 'seen on its way and said again')
  for (const odd of [{ token: 7 }, { token: '', nonce: '', signature: '' }, { ...proof, nonce: 'x'.repeat(9_999) }]) {
    t.equal(keys.identify(odd), undefined)
  }
  clock.at += TOKEN_MS
  t.equal(keys.identify(await proofOf(town, one, token)), undefined, 'too late')
})

t.test('a connection lives as long as its key is shown', async (t) => {
  const town = await city()
  const { keys, clock } = town
  const one = await enrolled(town, 'one')
  const { token } = await tokenOf(town, one)
  keys.identify(await proofOf(town, one, token))
  const closed: string[] = []
  const leave = keys.seat(one.keyId, () => closed.push('one'))
  clock.at += TOKEN_MS - 1
  keys.closeStale()
  t.same(closed, [])
  await tokenOf(town, one)
  clock.at += TOKEN_MS - 1
  keys.closeStale()
  t.same(closed, [], 'shown again before the end of the token')
  clock.at += 1
  keys.closeStale()
  t.same(closed, ['one'])
  leave()
  keys.closeStale()
  t.same(closed, ['one'], 'whoever is gone is not closed again')
})

t.test('a kiosk that is sent away is nobody at once, and so is one that another screen replaces', async (t) => {
  const town = await city()
  const { keys, acts } = town
  const one = await enrolled(town, 'one')
  const { token } = await tokenOf(town, one)
  const closed: string[] = []
  keys.seat(one.keyId, () => closed.push('first'))
  const proof = await proofOf(town, one, token)
  await keys.revoke('one', LONE)
  t.same(closed, ['first'])
  t.equal(keys.identify(proof), undefined)
  await t.rejects(tokenOf(town, one), notSignedIn)
  t.same(keys.stateOf(one.keyId), { state: 'over' })
  keys.seat(one.keyId, () => closed.push('late'))
  t.same(closed, ['first', 'late'], 'who was between door and seat')
  await t.rejects(keys.revoke('none', LONE), { code: 'unknown-place' })

  const two = await enrolled(town, 'one')
  keys.seat(two.keyId, () => closed.push('second'))
  const three = await enrolled(town, 'one')
  t.equal(closed.at(-1), 'second')
  await t.rejects(tokenOf(town, two), notSignedIn)
  t.ok(await tokenOf(town, three))
  t.same(
    acts.map(({ act, agentId }) => `${act} ${agentId}`),
    ['enrolled lone', 'revoked lone', 'enrolled lone', 'replaced lone', 'enrolled lone'],
  )
  t.equal(town.rows().length, 1)
})

t.test('a new key follows an old one that signs for it, once', async (t) => {
  const town = await city()
  const { keys, clock, acts } = town
  const old = await enrolled(town, 'one')
  t.notOk((await tokenOf(town, old)).isRotationDue)
  await keys.askRotation('one', LONE)
  t.ok((await tokenOf(town, old)).isRotationDue, 'somebody asked for it')
  const young = await screen()
  const thief = await screen()
  const stolen = await rotationOf(town, thief, young)
  await t.rejects(keys.rotate({ ...stolen, keyId: old.keyId }), notSignedIn, 'signed by another')
  const half = await rotationOf(town, old, young)
  await t.rejects(keys.rotate({ ...half, newSignature: half.signature }), notSignedIn, 'the new key did not sign')
  const closed: string[] = []
  keys.seat(old.keyId, () => closed.push('old'))
  t.same(await keys.rotate(await rotationOf(town, old, young)), { keyId: young.keyId })
  t.same(await keys.rotate(await rotationOf(town, old, young)), { keyId: young.keyId }, 'the answer was lost')
  await t.rejects(keys.rotate(await rotationOf(town, old, thief)), notSignedIn, 'an old key names no second')
  t.notOk((await tokenOf(town, young)).isRotationDue)
  t.ok((await tokenOf(town, old)).isRotationDue, 'for some minutes yet')
  clock.at += OVERLAP_MS
  await t.rejects(tokenOf(town, old), notSignedIn)
  await tokenOf(town, young)
  keys.closeStale()
  t.same(closed, [], 'the connection is the new key’s')
  clock.at += KEY_MS_MAX + 1
  t.ok((await tokenOf(town, young)).isRotationDue, 'it has served long enough')
  t.same(
    acts.map(({ act, agentId }) => `${act} ${agentId}`),
    ['enrolled lone', 'rotation-asked lone', 'rotated null'],
  )
  await keys.revoke('one', LONE)
  t.same(closed, ['old'])
})

t.test('what is no key on P-256 is none', async (t) => {
  const { keys } = await city()
  const { nonce } = keys.challenge()
  const zero = Buffer.alloc(91).toString('base64url')
  const signature = 'A'.repeat(86)
  t.throws(() => keys.giveCode({ publicKey: zero, nonce, signature }, HERE), { code: 'bad-request' })
  const p384 = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, false, ['sign', 'verify'])
  const other = Buffer.from(await webcrypto.subtle.exportKey('spki', p384.publicKey)).toString('base64url')
  t.throws(() => keys.giveCode({ publicKey: other, nonce, signature }, HERE), { code: 'bad-request' })
  const one = await screen()
  t.throws(() => keys.giveCode({ publicKey: one.publicKey, nonce, signature }, HERE), { code: 'not-signed-in' })
})
