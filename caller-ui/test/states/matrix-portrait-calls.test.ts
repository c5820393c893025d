/** Every screen in line, with several people or with an employee, on a kiosk that stands upright: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen in line, with several people or with an employee, in every look, portrait', (t) =>
  judgeAll(t, 'portrait', 'calls'),
)
