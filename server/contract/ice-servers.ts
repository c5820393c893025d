/** The TURN servers of the city, with the right to use them for an hour. */
import { Type, type Static } from 'typebox'
import { strict } from './shapes.ts'

/** As a browser takes them. Empty where the city has none: then pages reach the SFU as they are. */
export const IceServers = Type.Array(
  Type.Object(
    {
      urls: Type.Array(Type.String({ maxLength: 300, pattern: '^turns?:' }), { minItems: 1, maxItems: 4 }),
      username: Type.String({ maxLength: 128 }),
      credential: Type.String({ maxLength: 128 }),
    },
    strict,
  ),
  { maxItems: 2 },
)
export type IceServers = Static<typeof IceServers>
