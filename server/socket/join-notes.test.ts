import t from 'tap'
import { JoinNotes } from './join-notes.ts'

t.test('a note is of one join of one call, and gone with the call', async (t) => {
  const notes = new JoinNotes()
  t.equal(notes.keep('a', 'j', 'Mangler sit pas.'), true)
  t.equal(notes.keep('a', 'j', 'Mangler sit pas.'), false, 'no news')
  t.equal(notes.keep('a', 'j', 'Mangler sit pas. Har travlt.'), true)
  t.equal(notes.of('a', 'j'), 'Mangler sit pas. Har travlt.')
  t.equal(notes.of('b', 'j'), null)
  t.equal(notes.of('a', 'k'), null)
  notes.keep('a', 'k', 'En til')
  notes.drop('a', 'k')
  t.equal(notes.of('a', 'k'), null)
  notes.keep('b', 'x', 'Bliver')
  notes.forget(['a', 'c'])
  t.equal(notes.of('a', 'j'), null)
  t.equal(notes.of('b', 'x'), 'Bliver')
  t.equal(notes.callsCount, 1)
})

t.test('a call keeps so many notes and no more', async (t) => {
  const notes = new JoinNotes()
  for (let i = 0; i < 40; i += 1) notes.keep('a', `j${i}`, `besked ${i}`)
  t.equal(notes.of('a', 'j19'), 'besked 19')
  t.equal(notes.of('a', 'j20'), null)
  t.equal(notes.keep('a', 'j0', 'rettet'), true, 'one that is there may be mended')
})
