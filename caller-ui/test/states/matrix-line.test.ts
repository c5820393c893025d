/** Every screen in line: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen in line, in every look', (t) => judgeAll(t, 'line'))
