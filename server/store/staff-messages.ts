/** Messages of supervisors to agents, one row for each who gets it, for the day. */
import { cityDateOf, startOfCityDate } from '#server/figures/calendar.ts'
import type { Database } from './database.ts'

export type KeptMessage = {
  readonly messageId: string
  readonly toId: string
  readonly byId: string
  readonly words: string
  /** Milliseconds since 1970. */
  readonly sentAt: number
}

/** When the city's day began that `at` is in: nothing from before it is kept. */
export function startOfDay(at: number): number {
  return startOfCityDate(cityDateOf(at))
}

/** Those of today that were not read, the oldest first. */
export async function unreadMessages(db: Database, at: number): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('staff_messages')
    .select(['message_id', 'to_id', 'by_id', 'words', 'sent_at'])
    .where('read_at', 'is', null)
    .where('sent_at', '>=', new Date(startOfDay(at)))
    .orderBy('sent_at')
    .execute()
  return rows.map((row) => ({
    messageId: row.message_id,
    toId: row.to_id,
    byId: row.by_id,
    words: row.words,
    sentAt: row.sent_at.getTime(),
  }))
}

/** Keeps messages that are new; one that is kept already stays as it is. */
export async function keepMessages(db: Database, messages: readonly KeptMessage[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ messageId, toId, byId, words, sentAt }) => {
    return { message_id: messageId, to_id: toId, by_id: byId, words, sent_at: new Date(sentAt) }
  })
  await db
    .insertInto('staff_messages')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['message_id', 'to_id']).doNothing())
    .execute()
}

/** Notes that somebody has read a message. */
export async function noteMessageRead(db: Database, messageId: string, toId: string, at: number): Promise<void> {
  await db
    .updateTable('staff_messages')
    .set({ read_at: new Date(at) })
    .where('message_id', '=', messageId)
    .where('to_id', '=', toId)
    .where('read_at', 'is', null)
    .execute()
}

/** Deletes what is not of today, read or not. Resolves with how many there were. */
export async function dropOldMessages(db: Database, now: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('staff_messages')
    .where('sent_at', '<', new Date(startOfDay(now)))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** All of it, as the messages at the desks need it. */
export const messageStore = (db: Database) => ({
  unread: (at: number) => unreadMessages(db, at),
  keep: (messages: readonly KeptMessage[]) => keepMessages(db, messages),
  noteRead: (messageId: string, toId: string, at: number) => noteMessageRead(db, messageId, toId, at),
})
