/** Every screen on a kiosk that lies on its side: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen, in every look, landscape', (t) => judgeAll(t, 'landscape'))
