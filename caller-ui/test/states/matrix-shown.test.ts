/** Every screen with what is shown to the citizen, or typed along: see `matrix.ts`. */
import t from 'tap'
import { judgeAll } from './matrix.ts'

t.test('every screen with what is shown, or typed along, in every look', (t) => judgeAll(t, 'shown'))
