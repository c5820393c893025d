/** Every screen before, in and after a conversation, on a kiosk that stands upright: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen before, in and after a conversation, in every look, portrait', (t) =>
  judgeAll(t, 'portrait', 'others'),
)
