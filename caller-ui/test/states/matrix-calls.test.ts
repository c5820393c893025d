/** Every screen in line, with several people or with an employee: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen in line, with several people or with an employee, in every look', (t) => judgeAll(t, 'calls'))
