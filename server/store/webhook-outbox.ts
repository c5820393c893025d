/** What webhooks are still to be told. A row is there until it was told, whatever restarts meanwhile. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** `triesCount`: with the one that is begun now. */
export type TakenDelivery = {
  readonly deliveryId: string
  readonly url: string
  readonly body: string
  readonly triesCount: number
}

/**
 * Takes at most `countMax` that are due at `at` (ms), the oldest first, and keeps others from taking them for `leaseMs`: who
 * dies meanwhile has them tried again after that.
 */
export async function takeDue(db: Database, at: number, leaseMs: number, countMax: number): Promise<TakenDelivery[]> {
  const { rows } = await sql<{ delivery_id: string; url: string; body: string; tries_count: number }>`
    update webhook_outbox set tries_count = tries_count + 1, next_try_at = ${new Date(at + leaseMs)}
    where delivery_id in (
      select delivery_id from webhook_outbox where ended_at is null and next_try_at <= ${new Date(at)}
      order by created_at, delivery_id limit ${countMax} for update skip locked)
    returning delivery_id, url, body, tries_count`.execute(db)
  return rows
    .map((row) => ({ deliveryId: row.delivery_id, url: row.url, body: row.body, triesCount: row.tries_count }))
    .toSorted((a, b) => Number(a.deliveryId) - Number(b.deliveryId))
}

/** It was told, or never will be: its address is allowed no more. */
export async function endDelivery(db: Database, deliveryId: string, at: number, result: 'sent' | 'not-allowed') {
  await db
    .updateTable('webhook_outbox')
    .set({ ended_at: new Date(at), result })
    .where('delivery_id', '=', deliveryId)
    .execute()
}

/** To be tried again at an instant, in ms. */
export async function tryAgainAt(db: Database, deliveryId: string, at: number): Promise<void> {
  await db
    .updateTable('webhook_outbox')
    .set({ next_try_at: new Date(at) })
    .where('delivery_id', '=', deliveryId)
    .execute()
}
