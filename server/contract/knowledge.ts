/** What agents look up while they talk: over HTTP below `/api/v1/knowledge`, for agents and supervisors. */
import { Type, type Static } from 'typebox'
import { Instant, Language, MatterId, ServiceId, type Id } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

export const ARTICLE_TITLE_LENGTH_MAX = 120
/** What an agent can look through during a call, and a screen can show; a longer one is several. In characters of Markdown. */
export const ARTICLE_BODY_LENGTH_MAX = 8_000
export const KNOWLEDGE_QUESTION_LENGTH_MAX = 200
export const KNOWLEDGE_ANSWERS_MAX = 10
export const REMARK_LENGTH_MAX = 500
export const REMARKS_MAX = 100

/** The name of the article's file, which stays. */
export const ArticleId = Type.Unsafe<Id<'ArticleId'>>(
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9]+(?:[.-][a-z0-9]+)*$' }),
)
export type ArticleId = Static<typeof ArticleId>

/** Chosen by whoever says it, so that saying it again after a lost answer says it once. A UUID. */
export const RemarkId = Type.Unsafe<Id<'RemarkId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type RemarkId = Static<typeof RemarkId>

/** A day without a time, as `2026-11-27`. */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
/** A person's name where the article's owner is one, else the name of a function. */
const OwnerName = Type.String({ minLength: 1, maxLength: 120 })

/** `GET /knowledge?q=`: the articles that answer it best, the best first. */
export const KnowledgeQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: KNOWLEDGE_QUESTION_LENGTH_MAX }),
    /** Of the call: articles in it come first where two are as good. */
    language: Type.Optional(Language),
  },
  strict,
)
export type KnowledgeQuery = Static<typeof KnowledgeQuery>

/** `GET /knowledge/suggestions`: what may be wanted in a call about this; without a service, what was changed last. */
export const SuggestionsQuery = Type.Object(
  { serviceId: Type.Optional(ServiceId), matterId: Type.Optional(MatterId), language: Type.Optional(Language) },
  strict,
)
export type SuggestionsQuery = Static<typeof SuggestionsQuery>

/** A piece of text, marked where it is what was asked for. */
export const MarkedText = Type.Array(Type.Object({ text: Type.String(), isMarked: Type.Boolean() }, strict), {
  maxItems: 100,
})
export type MarkedText = Static<typeof MarkedText>

export const ArticleHit = Type.Object(
  {
    articleId: ArticleId,
    language: Language,
    serviceId: orNull(ServiceId),
    title: MarkedText,
    /** A line or two around what was asked for, or the beginning. */
    excerpt: MarkedText,
    ownerName: OwnerName,
    lastChecked: Day,
  },
  strict,
)
export type ArticleHit = Static<typeof ArticleHit>

export const KnowledgeReply = Type.Object(
  { articles: Type.Array(ArticleHit, { maxItems: KNOWLEDGE_ANSWERS_MAX }) },
  strict,
)
export type KnowledgeReply = Static<typeof KnowledgeReply>

export const ArticleParams = Type.Object({ articleId: ArticleId }, strict)
export type ArticleParams = Static<typeof ArticleParams>

/** `GET /knowledge/articles/:articleId`. */
export const ArticleView = Type.Object(
  {
    articleId: ArticleId,
    version: Count,
    updatedAt: Instant,
    title: Type.String({ maxLength: ARTICLE_TITLE_LENGTH_MAX }),
    serviceId: orNull(ServiceId),
    language: Language,
    /** Markdown. HTML in it is text like any other. */
    body: Type.String({ maxLength: ARTICLE_BODY_LENGTH_MAX }),
    validUntil: orNull(Day),
    ownerName: OwnerName,
    lastChecked: Day,
  },
  strict,
)
export type ArticleView = Static<typeof ArticleView>

/** `POST /knowledge/articles/:articleId/remarks`: what is wrong with it, for its owner. */
export const RemarkBody = Type.Object(
  {
    remarkId: RemarkId,
    /** The version that was read. */
    version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
    words: Type.String({ minLength: 1, maxLength: REMARK_LENGTH_MAX, pattern: '\\S' }),
  },
  strict,
)
export type RemarkBody = Static<typeof RemarkBody>

export const RemarkView = Type.Object(
  {
    remarkId: RemarkId,
    articleId: ArticleId,
    articleTitle: Type.String(),
    ownerName: OwnerName,
    words: Type.String(),
    saidByName: Name,
    saidAt: Instant,
    done: orNull(Type.Object({ at: Instant, byName: Name }, strict)),
  },
  strict,
)
export type RemarkView = Static<typeof RemarkView>

/** `GET /knowledge/remarks`: for supervisors all, for agents those about their own articles; what is not done with first. */
export const RemarksReply = Type.Object({ remarks: Type.Array(RemarkView, { maxItems: REMARKS_MAX }) }, strict)
export type RemarksReply = Static<typeof RemarksReply>

/** `POST /knowledge/remarks/:remarkId/done`: it was dealt with. By the owner or a supervisor. */
export const RemarkParams = Type.Object({ remarkId: RemarkId }, strict)
export type RemarkParams = Static<typeof RemarkParams>

/** What is answered to whoever said or did something. */
export const Noted = Type.Object({ isNoted: Type.Literal(true) }, strict)
export type Noted = Static<typeof Noted>
