/** What a supervisor writes to agents: stands on their desks until they have read it, and is gone when the day is over. */
import { Type, type Static } from 'typebox'
import { AgentId, Instant, type Id } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

/** Chosen by whoever writes, so that asking again after a lost answer sends once. A UUID. */
export const StaffMessageId = Type.Unsafe<Id<'StaffMessageId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type StaffMessageId = Static<typeof StaffMessageId>

/** Longer, and it is no message but a letter. */
export const MESSAGE_LETTERS_MAX = 280
/** On one desk; the newest. */
export const MESSAGES_SHOWN_MAX = 5

const Words = Type.String({ minLength: 1, maxLength: MESSAGE_LETTERS_MAX, pattern: '\\S' })

export const StaffMessage = Type.Object(
  {
    messageId: StaffMessageId,
    /** Null: everybody who is signed in now. */
    toAgentId: orNull(AgentId),
    words: Words,
  },
  strict,
)
export type StaffMessage = Static<typeof StaffMessage>

/** To how many it went. */
export const StaffMessageSent = Type.Object({ toCount: Count }, strict)

/** As a desk shows it. */
export const StaffMessageView = Type.Object(
  { messageId: StaffMessageId, words: Words, byName: Name, sentAt: Instant },
  strict,
)
export type StaffMessageView = Static<typeof StaffMessageView>

export const MessageRead = Type.Object({ messageId: StaffMessageId }, strict)
