/** What is kept by days and goes without anybody's doing: sign-ins, notices, orders for screens. Milliseconds since 1970. */
import type { Database } from './database.ts'

/** Deletes sign-ins that began before `before`: they are over. Returns how many there were. */
export async function dropOldSignIns(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_ins')
    .where('created_at', '<', new Date(before))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Deletes notices that were over before `before`. Returns how many there were. */
export async function dropOldNotices(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('notices')
    .where('expires_at', '<', new Date(before))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Deletes who took screens out of use and back before `before`; whether they are stands with the kiosk. Returns how many. */
export async function dropOldOrders(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('kiosk_orders').where('at', '<', new Date(before)).executeTakeFirst()
  return Number(numDeletedRows)
}
