/** What was said against articles, for their owners. Nobody's words are kept longer than somebody may still act on them. */
import type { Database } from './database.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** How long what was said is kept: after it was done with, and in any case. */
export const REMARK_DAYS = { afterDone: 30, atMost: 180 } as const

export type SaidRemark = {
  /** Chosen by whoever says it, so that saying it again after a lost answer says it once. */
  readonly remarkId: string
  readonly articleId: string
  /** The version that was read. */
  readonly articleVersion: number
  readonly saidBy: string
  /** Milliseconds since 1970. */
  readonly saidAt: number
  readonly words: string
}

export type KeptRemark = SaidRemark & {
  readonly articleTitle: string
  readonly articleOwner: string
  readonly doneAt: number | null
  readonly doneBy: string | null
}

/** Keeps what was said; what is kept already stays as it is. Returns false where there never was such an article. */
export async function keepRemark(db: Database, remark: SaidRemark): Promise<boolean> {
  const { remarkId, articleId, articleVersion, saidBy, saidAt, words } = remark
  const article = db.selectFrom('articles').select('article_id').where('article_id', '=', articleId)
  if ((await article.executeTakeFirst()) === undefined) return false
  await db
    .insertInto('article_remarks')
    .values({
      remark_id: remarkId,
      article_id: articleId,
      article_version: articleVersion,
      said_by: saidBy,
      said_at: new Date(saidAt),
      words,
    })
    .onConflict((conflict) => conflict.column('remark_id').doNothing())
    .execute()
  return true
}

/** The newest `countMax`, those not done with first; of articles of `owners` alone where some are named. */
export async function keptRemarks(
  db: Database,
  owners: readonly string[] | undefined,
  countMax: number,
): Promise<KeptRemark[]> {
  const rows = await remarks(db)
    .$if(owners !== undefined, (query) => query.where('owner', 'in', owners ?? []))
    .orderBy((of) => of('done_at', 'is not', null))
    .orderBy('said_at', 'desc')
    .limit(countMax)
    .execute()
  return rows.map(toRemark)
}

/** One remark; undefined where there is none. */
export async function findRemark(db: Database, remarkId: string): Promise<KeptRemark | undefined> {
  const row = await remarks(db).where('remark_id', '=', remarkId).executeTakeFirst()
  return row === undefined ? undefined : toRemark(row)
}

/** Notes that somebody has dealt with it; who did first stays. */
export async function finishRemark(db: Database, remarkId: string, doneBy: string, doneAt: number): Promise<void> {
  await db
    .updateTable('article_remarks')
    .set({ done_at: new Date(doneAt), done_by: doneBy })
    .where('remark_id', '=', remarkId)
    .where('done_at', 'is', null)
    .execute()
}

/** Deletes what has been kept long enough at the instant `now`. Resolves with how many there were. */
export async function dropOldRemarks(db: Database, now: number): Promise<number> {
  const deleted = await db
    .deleteFrom('article_remarks')
    .where((of) =>
      of.or([
        of('said_at', '<', new Date(now - REMARK_DAYS.atMost * DAY_MS)),
        of('done_at', '<', new Date(now - REMARK_DAYS.afterDone * DAY_MS)),
      ]),
    )
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

function remarks(db: Database) {
  return db
    .selectFrom('article_remarks')
    .innerJoin('articles', 'articles.article_id', 'article_remarks.article_id')
    .selectAll('article_remarks')
    .select(['articles.title', 'articles.owner'])
}

type RemarkRow = Awaited<ReturnType<ReturnType<typeof remarks>['execute']>>[number]

function toRemark(row: RemarkRow): KeptRemark {
  return {
    remarkId: row.remark_id,
    articleId: row.article_id,
    articleVersion: row.article_version,
    saidBy: row.said_by,
    saidAt: row.said_at.getTime(),
    words: row.words,
    articleTitle: row.title,
    articleOwner: row.owner,
    doneAt: row.done_at?.getTime() ?? null,
    doneBy: row.done_by,
  }
}
