/** Warnings as they were raised, acknowledged and over, and what webhooks are to be told of them: written together or not at all. */
import type { WarningKind, WarningNews } from '#server/contract/warnings.ts'
import type { Selectable, Transaction } from 'kysely'
import type { Database, Tables } from './database.ts'

export type KeptWarning = {
  readonly warningId: string
  readonly kind: WarningKind
  readonly subject: string
  readonly value: number | null
  /** Milliseconds since 1970. */
  readonly raisedAt: number
  readonly acknowledged: { readonly agentId: string; readonly at: number } | null
}

/** Those that stand. */
export async function openWarnings(db: Database): Promise<KeptWarning[]> {
  const rows = await db.selectFrom('warnings').selectAll().where('cleared_at', 'is', null).execute()
  return rows.map(keptWarning)
}

/** At most `countMax` of those that were over at the instant `since` (ms) or later, what was over last first. */
export async function pastWarnings(
  db: Database,
  since: number,
  countMax: number,
): Promise<(KeptWarning & { readonly clearedAt: number })[]> {
  const rows = await db
    .selectFrom('warnings')
    .selectAll()
    .where('cleared_at', '>=', new Date(since))
    .orderBy('cleared_at', 'desc')
    .orderBy('raised_at', 'desc')
    .limit(countMax)
    .execute()
  return rows.map((row) => ({ ...keptWarning(row), clearedAt: row.cleared_at?.getTime() ?? since }))
}

function keptWarning(row: Selectable<Tables['warnings']>): KeptWarning {
  const { acknowledged_by: agentId, acknowledged_at: seenAt } = row
  return {
    warningId: row.warning_id,
    kind: row.kind as WarningKind,
    subject: row.subject,
    value: row.value,
    raisedAt: row.raised_at.getTime(),
    acknowledged: seenAt === null || agentId === null ? null : { agentId, at: seenAt.getTime() },
  }
}

/** Keeps a new warning, and that each of `urls` is to be told. */
export async function raiseWarning(db: Database, warning: KeptWarning, urls: readonly string[]): Promise<void> {
  const { warningId, kind, subject, value, raisedAt } = warning
  await db.transaction().execute(async (step) => {
    await step
      .insertInto('warnings')
      .values({ warning_id: warningId, kind, subject, value, raised_at: new Date(raisedAt) })
      .execute()
    await queueNews(step, newsOf('warning.raised', warning, raisedAt), raisedAt, urls)
  })
}

/** Notes that a warning is over at the instant `at`, and that each of `urls` is to be told. */
export async function clearWarning(
  db: Database,
  warning: KeptWarning,
  at: number,
  urls: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (step) => {
    await step
      .updateTable('warnings')
      .set({ cleared_at: new Date(at) })
      .where('warning_id', '=', warning.warningId)
      .execute()
    await queueNews(step, newsOf('warning.cleared', warning, at), at, urls)
  })
}

/** Notes who has seen some warnings and when; who was first stays. */
export async function acknowledgeWarnings(
  db: Database,
  warningIds: readonly string[],
  agentId: string,
  at: number,
): Promise<void> {
  await db
    .updateTable('warnings')
    .set({ acknowledged_by: agentId, acknowledged_at: new Date(at) })
    .where('warning_id', 'in', warningIds)
    .where('acknowledged_at', 'is', null)
    .execute()
}

/** Deletes warnings that were over before an instant (ms), and what was sent before it; resolves with how many warnings. */
export async function dropOldWarnings(db: Database, before: number): Promise<number> {
  await db.deleteFrom('webhook_outbox').where('ended_at', '<', new Date(before)).execute()
  const { numDeletedRows } = await db
    .deleteFrom('warnings')
    .where('cleared_at', '<', new Date(before))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

function newsOf(event: WarningNews['event'], warning: KeptWarning, at: number): WarningNews {
  const { warningId, kind, subject, value } = warning
  return { event, warningId, kind, subject, value, at: new Date(at).toISOString() }
}

async function queueNews(
  step: Transaction<Tables>,
  news: WarningNews,
  at: number,
  urls: readonly string[],
): Promise<void> {
  if (urls.length === 0) return
  const body = JSON.stringify(news)
  const rows = urls.map((url) => ({ url, body, created_at: new Date(at), next_try_at: new Date(at) }))
  await step.insertInto('webhook_outbox').values(rows).execute()
}
