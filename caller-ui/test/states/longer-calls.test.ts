/** The screens before, in and after a conversation with longer texts: see `longer-matrix.ts`. */
import t from 'tap'
import { judgeLonger } from './longer-matrix.ts'

t.test('every screen before, in or after a conversation holds longer texts', (t) =>
  judgeLonger(t, 'idle', 'calls', 'shown'),
)
