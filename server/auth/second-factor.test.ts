/** What an app shows, by the vectors of RFC 6238, and what is kept of it. */
import t from 'tap'
import {
  accountKeyOf,
  codeAt,
  factorUri,
  newFactorSecret,
  newRecoveryCodes,
  periodOfCode,
  recoveryHash,
  seal,
  unseal,
} from './second-factor.ts'

/** «12345678901234567890» in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

t.test('the codes of RFC 6238, at their times and a period around them', (t) => {
  const vectors: [number, string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ]
  for (const [seconds, code] of vectors) {
    t.equal(codeAt(RFC_SECRET, seconds * 1_000), code)
    t.equal(periodOfCode(RFC_SECRET, code, seconds * 1_000), Math.floor(seconds / 30))
    t.equal(periodOfCode(RFC_SECRET, code, (seconds + 30) * 1_000), Math.floor(seconds / 30), 'a slow finger')
    t.equal(periodOfCode(RFC_SECRET, code, (seconds + 61) * 1_000), undefined, 'too late')
  }
  for (const none of ['', '28708', '2870820', '28708a', '287083']) {
    t.equal(periodOfCode(RFC_SECRET, none, 59_000), undefined, none)
  }
  t.match(factorUri(RFC_SECRET, 'bo'), /^otpauth:\/\/totp\/Skranke:bo\?.*secret=GEZDGNBV/)
  t.end()
})

t.test('sealed it is of no use without the key, and cannot be altered', (t) => {
  const key = accountKeyOf('a secret of at least thirty-two characters')
  const secret = newFactorSecret()
  t.equal(secret.length, 32, '160 bits')
  const sealed = seal(key, secret)
  t.equal(unseal(key, sealed), secret)
  t.notOk(sealed.includes(secret))
  t.equal(unseal(accountKeyOf('another secret of thirty-two characters'), sealed), undefined)
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  t.equal(unseal(key, sealed), undefined)
  t.end()
})

t.test('codes on paper are typed as people type, and belong to one person', (t) => {
  const key = accountKeyOf('a secret of at least thirty-two characters')
  const codes = newRecoveryCodes()
  t.equal(new Set(codes).size, 10)
  for (const code of codes) t.match(code, /^[2-9a-z]{5}-[2-9a-z]{5}$/)
  const [code = ''] = codes
  t.same(recoveryHash(key, 'bo', ` ${code.toUpperCase().replace('-', ' ')}`), recoveryHash(key, 'bo', code))
  t.notSame(recoveryHash(key, 'amal', code), recoveryHash(key, 'bo', code))
  t.end()
})
