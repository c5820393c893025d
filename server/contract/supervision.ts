/** [R43] How a supervisor is in a running call. */
import { Type, type Static } from 'typebox'
import { CallId } from './ids.ts'
import { strict } from './shapes.ts'

/** Heard by nobody, by the agents alone, by all. */
export const SUPERVISION_KINDS = ['listen', 'whisper', 'join'] as const
export const SupervisionKind = Type.Union([Type.Literal('listen'), Type.Literal('whisper'), Type.Literal('join')])
export type SupervisionKind = Static<typeof SupervisionKind>

export const Supervision = Type.Object({ callId: CallId, kind: SupervisionKind }, strict)
export type Supervision = Static<typeof Supervision>
