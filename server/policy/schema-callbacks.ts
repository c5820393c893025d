/** What a city decides about callbacks that its agents promise ([R40]). */
import { Type } from 'typebox'
import { Duration, PositiveDuration } from './forms.ts'

/** The opening times of so many days are known ahead: nothing is promised beyond them. */
const DAYS_KNOWN = 13

export const Callbacks = Type.Object(
  {
    soonest: Type.Optional(
      PositiveDuration('How soon after it is promised a callback may be: s, min or h.', { default: '10 min' }),
    ),
    daysAhead: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: DAYS_KNOWN,
        default: 7,
        description: 'How many days ahead one may be promised. 0: none is.',
      }),
    ),
    ahead: Type.Optional(
      Duration(
        'It stands in line as if the citizen had come this much before its time: s, min or h. More keeps more promises, and lets others wait.',
        { default: '10 min' },
      ),
    ),
    preferred: Type.Optional(
      Duration('How long whoever promised it is waited for once the citizen is there: s, min or h.', {
        default: '2 min',
      }),
    ),
    late: Type.Optional(
      PositiveDuration('Taken later than this, the promise counts as broken: s, min or h.', { default: '5 min' }),
    ),
    tries: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10,
        default: 3,
        description: 'How often it rings where nobody comes. Then it is given up.',
      }),
    ),
    again: Type.Optional(
      PositiveDuration('How long after nobody came it rings again: s, min or h.', { default: '10 min' }),
    ),
  },
  { additionalProperties: false, description: 'Callbacks that agents promise after a call.' },
)
