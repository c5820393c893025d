/** An employee at the screen: a badge told from a hand, and number and PIN on their way. */
import t from 'tap'
import { badgeOf, burstAfter, BURST_GAP_MS_MAX, noBurst } from './badge-burst.ts'
import { isStaffStepDone, noStaffEntry, withDigit, withoutLastDigit, type StaffEntry } from './staff-entry.ts'

const BADGE = 'aB3'.repeat(8)

/** Types `text` with a pause of `gapMs` before each character; gives what it came to and the moment of the last one. */
function typed(text: string, gapMs: number) {
  let [burst, at] = [noBurst, 1_000]
  for (const key of text) burst = burstAfter(burst, key, (at += gapMs))
  return { burst, at }
}

t.test('a reader is told from a hand by its pace, its length and its characters', (t) => {
  const quick = typed(BADGE, BURST_GAP_MS_MAX)
  t.equal(badgeOf(quick.burst, quick.at + BURST_GAP_MS_MAX), BADGE)
  t.equal(badgeOf(quick.burst, quick.at + BURST_GAP_MS_MAX + 1), null, 'the Enter comes by hand')
  const slow = typed(BADGE, BURST_GAP_MS_MAX + 1)
  t.equal(badgeOf(slow.burst, slow.at), null)
  const short = typed(BADGE.slice(0, 19), 5)
  t.equal(badgeOf(short.burst, short.at), null)
  const broken = typed(`${BADGE.slice(0, 12)} ${BADGE.slice(0, 12)}`, 5)
  t.equal(badgeOf(broken.burst, broken.at), null)
  const named = burstAfter(quick.burst, 'Tab', quick.at)
  t.equal(badgeOf(named, quick.at), null, 'another key ends it')
  const after = burstAfter(typed('7', 5).burst, 'Escape', 2_000)
  t.same(after, noBurst)
  t.end()
})

t.test('number, then PIN; digits only; what is being asked cannot be changed', (t) => {
  const type = (entry: StaffEntry, digits: string) => [...digits].reduce(withDigit, entry)
  const number = type(noStaffEntry, '1a0-01')
  t.match(number, { number: '1001', pin: null })
  t.ok(isStaffStepDone(number))
  t.notOk(isStaffStepDone(type(noStaffEntry, '100')))
  t.equal(type(noStaffEntry, '123456789').number, '12345678')
  const pin = type({ ...number, pin: '', state: 'wrong' }, '1234567')
  t.match(pin, { number: '1001', pin: '123456', state: 'typing' })
  t.ok(isStaffStepDone(pin))
  t.match(withoutLastDigit(pin), { pin: '12345' })
  t.match(withoutLastDigit({ ...number, pin: '' }), { number: '1001', pin: null }, 'out of an empty PIN to the number')
  const asking: StaffEntry = { ...pin, state: 'asking' }
  t.equal(withDigit(asking, '1'), asking)
  t.equal(withoutLastDigit(asking), asking)
  t.end()
})
