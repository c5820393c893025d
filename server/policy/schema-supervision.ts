/** What a city lets its supervisors do in running calls ([R43]). */
import { Type } from 'typebox'

export const Supervision = Type.Array(
  Type.Union([Type.Literal('listen'), Type.Literal('whisper'), Type.Literal('join')]),
  {
    uniqueItems: true,
    maxItems: 3,
    default: [],
    description:
      'What supervisors may do in a running call: listen, whisper to its agents, join. The citizen and the agents always see it. Missing or empty: nothing.',
  },
)
