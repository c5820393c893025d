/** Every screen in line, with several people or with an employee, on a kiosk that lies: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen in line, with several people or with an employee, in every look, landscape', (t) =>
  judgeAll(t, 'landscape', 'calls'),
)
