/** Guessing is slowed down, and is no way to keep somebody else out. */
import t from 'tap'
import { SignInTries } from './sign-in-tries.ts'

const bo = (address: string, knownDevice?: string) => ({ account: 'bo', address, knownDevice })

t.test('from one address: a few are free, then each is slower; the right one begins anew', (t) => {
  let at = 0
  const tries = new SignInTries(() => at)
  for (let i = 0; i < 5; i += 1) t.equal(tries.take(bo('10.0.0.1')).waitMs, 0)
  t.equal(tries.take(bo('10.0.0.1')).waitMs, 1_000)
  t.equal(tries.take(bo('10.0.0.2')).waitMs, 0, 'elsewhere nobody waits')
  at += 1_000
  const taken = tries.take(bo('10.0.0.1'))
  t.equal(taken.waitMs, 0)
  taken.right?.()
  for (let i = 0; i < 5; i += 1) t.equal(tries.take(bo('10.0.0.1')).waitMs, 0)
  t.end()
})

t.test(
  'a thousand addresses guess at one name: its owner comes in at once where they are known, and elsewhere in seconds',
  (t) => {
    const tries = new SignInTries(() => 0)
    for (let i = 0; i < 1_000; i += 1) tries.take(bo(`10.0.${i >> 8}.${i & 255}`))
    t.equal(tries.take(bo('10.9.9.9', 'own browser')).waitMs, 0)
    const { waitMs } = tries.take(bo('10.9.9.9'))
    t.ok(waitMs > 0 && waitMs <= 4_000, `${waitMs} ms`)
    t.equal(tries.take({ account: 'amal', address: '10.9.9.9', knownDevice: undefined }).waitMs, 0)
    t.end()
  },
)

t.test('one address guesses at every name: whoever shares it waits for seconds at most', (t) => {
  let at = 0
  const tries = new SignInTries(() => at)
  for (let i = 0; i < 500; i += 1) {
    tries.take({ account: `name ${i}`, address: '10.0.0.1', knownDevice: undefined })
  }
  const asked = { account: 'bo', address: '10.0.0.1', knownDevice: undefined }
  const { waitMs } = tries.take(asked)
  t.ok(waitMs > 0 && waitMs <= 4_000, `${waitMs} ms`)
  at += waitMs
  t.equal(tries.take(asked).waitMs, 0)
  t.equal(tries.take({ ...asked, knownDevice: 'own browser' }).waitMs, 0)
  t.end()
})

t.test('a centre that signs in from one address, all of them right, waits for nothing', (t) => {
  const tries = new SignInTries(() => 0)
  for (let i = 0; i < 300; i += 1) {
    const taken = tries.take({ account: `agent ${i}`, address: '10.0.0.1', knownDevice: undefined })
    t.equal(taken.waitMs, 0)
    taken.right?.()
  }
  t.end()
})
