/** The staff's notices to the screens, as long as they stand and afterwards. */
import type { Labels } from '#server/contract/ids.ts'
import type { Database } from './database.ts'

export type KeptNotice = {
  readonly noticeId: string
  readonly audience: unknown
  readonly labels: Labels
  readonly postedBy: string
  /** Milliseconds since 1970. */
  readonly postedAt: number
  readonly expiresAt: number
}

/** Those that stand at the instant `at`, the oldest first. */
export async function standingNotices(db: Database, at: number): Promise<KeptNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('taken_back_at', 'is', null)
    .where('expires_at', '>', new Date(at))
    .orderBy('posted_at')
    .execute()
  return rows.map((row) => ({
    noticeId: row.notice_id,
    audience: row.audience,
    labels: row.labels,
    postedBy: row.posted_by,
    postedAt: row.posted_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }))
}

/** Keeps a new notice; one that is kept already stays as it is. */
export async function keepNotice(db: Database, notice: KeptNotice): Promise<void> {
  const { noticeId, audience, labels, postedBy, postedAt, expiresAt } = notice
  await db
    .insertInto('notices')
    .values({
      notice_id: noticeId,
      audience: JSON.stringify(audience),
      labels: JSON.stringify(labels),
      posted_by: postedBy,
      posted_at: new Date(postedAt),
      expires_at: new Date(expiresAt),
    })
    .onConflict((conflict) => conflict.column('notice_id').doNothing())
    .execute()
}

/** Notes that a notice is shown no more. */
export async function takeNoticeBack(db: Database, noticeId: string, at: number): Promise<void> {
  await db
    .updateTable('notices')
    .set({ taken_back_at: new Date(at) })
    .where('notice_id', '=', noticeId)
    .execute()
}
