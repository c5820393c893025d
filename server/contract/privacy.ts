/** What is kept of one person, and its deletion: `/api/v1/privacy/…`, for administrators. */
import { Type, type Static } from 'typebox'
import { Count, strict } from './shapes.ts'

/** An agent by their id, an employee at kiosks by their staff number, a citizen by the letters of their ticket. */
export const PersonKind = Type.Union([Type.Literal('agent'), Type.Literal('staff'), Type.Literal('ticket')])
export type PersonKind = Static<typeof PersonKind>

export const PersonKey = Type.Object({ kind: PersonKind, key: Type.String({ pattern: '^[\\w.-]{1,64}$' }) }, strict)
export type PersonKey = Static<typeof PersonKey>

/** `GET /api/v1/privacy/:kind/:key`: how many rows of which tables are theirs. Nothing of what stands in them. */
export const PersonFound = Type.Object({ tables: Type.Record(Type.String({ maxLength: 64 }), Count) }, strict)
export type PersonFound = Static<typeof PersonFound>

/** `POST /api/v1/privacy/:kind/:key/delete`: whether there was anything. Asking again changes nothing. */
export const PersonDeleted = Type.Object({ isDeleted: Type.Boolean() }, strict)
export type PersonDeleted = Static<typeof PersonDeleted>
