/** The screens in line, and with several people, with longer texts: see `longer-matrix.ts`. And how words become longer. */
import t from 'tap'
import { judgeLonger } from './longer-matrix.ts'
import { longer, longerMessages } from './longer-words.ts'

t.test('words become longer', async (t) => {
  t.equal(longer('Brug for hjælp?'), 'BBruug ffoor hhjæælp?')
  const messages = { a: [['name'], ' er her'], b: [['n', 'plural', { one: ['#', ' gang'], other: ['#'] }]] }
  t.same(longerMessages(messages as unknown as Parameters<typeof longerMessages>[0]), {
    a: [['name'], ' eer hheer'],
    b: [['n', 'plural', { one: ['#', ' gganng'], other: ['#'] }]],
  })
})

t.test('every screen in line or with several people holds longer texts', (t) => judgeLonger(t, 'line', 'people'))
