import t from 'tap'
import { openingTime } from './opening-time.ts'
import { nothingTyped, spelled, wholeTicket, withCharacter, withoutLast } from './typed-ticket.ts'

const typing = (letters: string) => [...letters].reduce(withCharacter, nothingTyped)

t.test('a ticket is typed', async (t) => {
  t.equal(typing('k7mq4x').typed, 'K7MQ4X')
  t.equal(typing('0O1IlLu-æ K').typed, 'K', 'what no ticket has is not taken')
  t.equal(typing('K7MQ4XZZ').typed, 'K7MQ4X', 'six and no more')
  t.equal(wholeTicket(typing('K7MQ4')), null)
  t.equal(wholeTicket(typing('K7MQ4X')), 'K7MQ4X')
  t.equal(withoutLast(typing('K7')).typed, 'K')
  t.equal(withoutLast(nothingTyped).typed, '')
  t.same(withCharacter({ typed: 'K7', state: 'unknown' }, 'Backspace'), { typed: 'K7', state: 'unknown' })
  t.same(withCharacter({ typed: 'K7', state: 'unknown' }, 'M'), { typed: 'K7M', state: 'typing' })
  const asking = { typed: 'K7MQ4X', state: 'asking' } as const
  t.same(withoutLast(asking), asking, 'what is being asked for is not changed')
  t.equal(spelled('K7M'), 'K 7 M')
})

t.test('when the line opens again, in Copenhagen’s day and language', async (t) => {
  const at = (text: string) => Date.parse(text)
  const friday = at('2026-11-27T17:00:00Z')
  t.same(openingTime(at('2026-11-30T07:00:00Z'), friday, 'da'), { kind: 'weekday', day: 'mandag', clock: '8' })
  t.same(openingTime(at('2026-11-30T07:30:00Z'), friday, 'da'), { kind: 'weekday', day: 'mandag', clock: '8.30' })
  t.same(openingTime(at('2026-11-30T07:00:00Z'), friday, 'en'), { kind: 'weekday', day: 'Monday', clock: '8 am' })
  t.same(openingTime(at('2026-11-30T12:30:00Z'), friday, 'en'), { kind: 'weekday', day: 'Monday', clock: '1:30 pm' })
  t.same(openingTime(at('2026-11-27T18:00:00Z'), friday, 'da'), { kind: 'today', clock: '19' })
  t.same(openingTime(at('2026-11-28T09:00:00Z'), friday, 'da'), { kind: 'tomorrow', clock: '10' })
  t.match(openingTime(at('2026-12-04T07:00:00Z'), friday, 'da'), { kind: 'date', day: /fredag.* 4\. december/ })
  t.match(openingTime(at('2027-01-04T07:00:00Z'), friday, 'en'), { kind: 'date', day: /4 January/ })
  const lateUtc = at('2026-11-27T23:30:00Z')
  t.match(openingTime(at('2026-11-28T07:00:00Z'), lateUtc, 'da'), { kind: 'today' }, 'it is Saturday in Copenhagen')
})
