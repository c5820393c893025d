/** Every screen before a call, in trouble, or outside opening hours: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen before a call, in trouble or outside opening hours, in every look', (t) => judgeAll(t, 'idle'))
