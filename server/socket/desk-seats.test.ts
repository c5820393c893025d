import t from 'tap'
import { DeskSeats, readClaim, type DeskSeat } from './desk-seats.ts'

const A = 'a'.repeat(32)
const B = 'b'.repeat(32)
const claim = (deskId: string | null, takesOver = false) => readClaim({ deskId, takesOver }, 'cookie')
const seat = (deskId: string | null, isThere: boolean, more: Partial<DeskSeat> = {}): DeskSeat => {
  return { claim: claim(deskId), since: 1, answers: () => Promise.resolve(isThere), ...more }
}

t.test('one window at a time, and only one that answers is asked about', async (t) => {
  const seats = new DeskSeats()
  const first = seat(A, true)
  t.equal(await seats.claim('amal', first), undefined, 'nobody is there')
  t.equal(await seats.claim('amal', seat(B, true)), first)
  t.equal(await seats.claim('amal', seat(null, true)), first, 'a program is no tab')
  t.equal(await seats.claim('bo', seat(B, true)), undefined, 'somebody else')
  const again = seat(A, true)
  t.equal(await seats.claim('amal', again), undefined, 'the same tab, loaded anew')
  const asked = seat(B, false, { claim: claim(B, true) })
  t.equal(await seats.claim('amal', asked), undefined, 'the agent has been asked')
  const third = seat(A, true)
  t.equal(await seats.claim('amal', third), undefined, 'the one before does not answer')
  for (const gone of [first, again, asked]) seats.leave('amal', gone)
  t.equal(await seats.claim('amal', seat(B, true)), third, 'whoever left long ago takes nobody along')
  seats.leave('amal', third)
  t.equal(await seats.claim('amal', seat(B, true)), undefined)
})

t.test('a window that goes while it is asked is not there', async (t) => {
  const seats = new DeskSeats()
  const going = seat(A, true, { answers: () => Promise.resolve().then(() => (seats.leave('amal', going), true)) })
  await seats.claim('amal', going)
  t.equal(await seats.claim('amal', seat(B, true)), undefined)
})

t.test('of windows that come in the same moment one works, and the others are told of it', async (t) => {
  const seats = new DeskSeats()
  const both = [seat(A, true), seat(B, true)] as const
  t.same(await Promise.all(both.map((one) => seats.claim('amal', one))), [undefined, both[0]])
  // All wait for the same one, which does not answer.
  await seats.claim('bo', seat(A, false))
  const three = ['b', 'c', 'd'].map((digit) => seat(digit.repeat(32), true))
  t.same(await Promise.all(three.map((one) => seats.claim('bo', one))), [undefined, three[0], three[0]])
})

t.test('what a page says of itself is taken in the right form alone', async (t) => {
  t.same(readClaim({ deskId: A, takesOver: true }, 'x'), { deskId: A, takesOver: true, signIn: 'x' })
  for (const deskId of ['', 'A'.repeat(32), 7, {}, `${A}a`, undefined]) {
    t.same(readClaim({ deskId, takesOver: 'yes' }, 'x'), { deskId: null, takesOver: false, signIn: 'x' })
  }
})
