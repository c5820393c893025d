/** Every screen with several people or with an employee: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen with several people or with an employee, in every look', (t) => judgeAll(t, 'people'))
