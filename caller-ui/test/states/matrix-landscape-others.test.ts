/** Every screen before, in and after a conversation, on a kiosk that lies: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen before, in and after a conversation, in every look, landscape', (t) =>
  judgeAll(t, 'landscape', 'others'),
)
