/** Every screen on a kiosk that stands upright: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen, in every look, portrait', (t) => judgeAll(t, 'portrait'))
