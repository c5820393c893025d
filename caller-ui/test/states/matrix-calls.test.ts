/** Every screen in and after a conversation: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen in and after a conversation, in every look', (t) => judgeAll(t, 'calls'))
