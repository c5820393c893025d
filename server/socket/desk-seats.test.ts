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
  t.equal(await seats.occupiedBy('amal', claim(A)), undefined, 'nobody is there')
  const first = seat(A, true)
  const leaveFirst = seats.take('amal', first)
  t.equal(await seats.occupiedBy('amal', claim(A)), undefined, 'the same tab, loaded anew')
  t.equal(await seats.occupiedBy('amal', claim(B)), first)
  t.equal(await seats.occupiedBy('amal', claim(null)), first, 'a program is no tab')
  t.equal(await seats.occupiedBy('amal', claim(B, true)), undefined, 'the agent has been asked')
  t.equal(await seats.occupiedBy('bo', claim(B)), undefined, 'somebody else')
  seats.take('amal', seat(B, false))
  t.equal(await seats.occupiedBy('amal', claim(A)), undefined, 'it does not answer')
  leaveFirst()
  const third = seat(B, true)
  const leaveThird = seats.take('amal', third)
  leaveFirst()
  t.equal(await seats.occupiedBy('amal', claim(A)), third, 'whoever left long ago takes nobody along')
  leaveThird()
  t.equal(await seats.occupiedBy('amal', claim(A)), undefined)
})

t.test('a window that goes while it is asked is not there', async (t) => {
  const seats = new DeskSeats()
  const leave = seats.take('amal', seat(A, true, { answers: () => Promise.resolve().then(() => (leave(), true)) }))
  t.equal(await seats.occupiedBy('amal', claim(B)), undefined)
})

t.test('what a page says of itself is taken in the right form alone', async (t) => {
  t.same(readClaim({ deskId: A, takesOver: true }, 'x'), { deskId: A, takesOver: true, signIn: 'x' })
  for (const deskId of ['', 'A'.repeat(32), 7, {}, `${A}a`, undefined]) {
    t.same(readClaim({ deskId, takesOver: 'yes' }, 'x'), { deskId: null, takesOver: false, signIn: 'x' })
  }
})
