/** How words become longer. Whether the screens hold them is judged by `matrix.ts`. */
import t from 'tap'
import { longer, longerMessages } from './longer-words.ts'

t.equal(longer('Brug for hjælp?'), 'BBruug ffoor hhjæælp?')
const messages = { a: [['name'], ' er her'], b: [['n', 'plural', { one: ['#', ' gang'], other: ['#'] }]] }
t.same(longerMessages(messages as unknown as Parameters<typeof longerMessages>[0]), {
  a: [['name'], ' eer hheer'],
  b: [['n', 'plural', { one: ['#', ' gganng'], other: ['#'] }]],
})
