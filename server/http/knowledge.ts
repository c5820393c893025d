/** What agents and supervisors look up, and what they say against it: below `/api/v1/knowledge`. */
import type { FastifyInstance } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import {
  ArticleParams,
  ArticleView,
  KNOWLEDGE_ANSWERS_MAX,
  KnowledgeQuery,
  KnowledgeReply,
  Noted,
  RemarkBody,
  RemarkParams,
  REMARKS_MAX,
  RemarksReply,
  SuggestionsQuery,
} from '#server/contract/knowledge.ts'
import { excerptOf, marked } from '#server/knowledge/excerpt.ts'
import { dropOldRemarks, findRemark, finishRemark, keepRemark, keptRemarks } from '#server/store/article-remarks.ts'
import type { KeptRemark } from '#server/store/article-remarks.ts'
import { searchArticles, type FoundArticle } from '#server/store/article-search.ts'
import { findArticle, suggestedArticles, type KeptArticle } from '#server/store/articles.ts'
import type { Database } from '#server/store/database.ts'
import { ownerNames, type Directory } from '#server/store/directory.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type KnowledgeParts = {
  readonly db: Database
  readonly directory: Directory
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const SUGGESTIONS_MAX = 6
const TIME_ZONE = 'Europe/Copenhagen'

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 404: HttpError, 429: HttpError }

/** Adds the routes below `/api/v1`. */
export function addKnowledgeRoutes(app: FastifyInstance, parts: KnowledgeParts): void {
  addArticleRoutes(app, parts)
  addRemarkRoutes(app, parts)
}

function addArticleRoutes(app: FastifyInstance, { db, directory, now }: KnowledgeParts): void {
  const nameOf = namesIn(directory)
  const today = () =>
    Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString()
  app.get<{ Querystring: KnowledgeQuery }>(
    '/knowledge',
    { schema: { querystring: KnowledgeQuery, response: { 200: KnowledgeReply, ...errors } } },
    async (request, reply) => {
      const { q: words, language } = request.query
      const found = await searchArticles(db, { words, language, today: today(), countMax: KNOWLEDGE_ANSWERS_MAX })
      return reply.send({ articles: found.map((article) => toHit(article, nameOf)) } as KnowledgeReply)
    },
  )
  app.get<{ Querystring: SuggestionsQuery }>(
    '/knowledge/suggestions',
    { schema: { querystring: SuggestionsQuery, response: { 200: KnowledgeReply, ...errors } } },
    async (request, reply) => {
      const { serviceId, matterId, language } = request.query
      const found = await suggestedArticles(db, { serviceId, matterId, language }, today(), SUGGESTIONS_MAX)
      const hits = found.map((article) => toHit({ ...article, matched: [] }, nameOf))
      return reply.send({ articles: hits } as KnowledgeReply)
    },
  )
  app.get<{ Params: ArticleParams }>(
    '/knowledge/articles/:articleId',
    { schema: { params: ArticleParams, response: { 200: ArticleView, ...errors } } },
    async (request, reply) => {
      const article = await findArticle(db, request.params.articleId, today())
      if (article === undefined) return sendError(reply, 404, 'unknown-article', 'there is no such article now')
      return reply.send(toView(article, nameOf))
    },
  )
}

function addRemarkRoutes(app: FastifyInstance, { db, directory, now }: KnowledgeParts): void {
  const nameOf = namesIn(directory)
  const response = { 200: Noted, ...errors }
  app.post<{ Params: ArticleParams; Body: RemarkBody }>(
    '/knowledge/articles/:articleId/remarks',
    { schema: { params: ArticleParams, body: RemarkBody, response } },
    async (request, reply) => {
      const { articleId } = request.params
      const { remarkId, version: articleVersion, words } = request.body
      const saidAt = now()
      await dropOldRemarks(db, saidAt)
      const remark = {
        remarkId,
        articleId,
        articleVersion,
        saidBy: signedIn(request).agentId,
        saidAt,
        words: words.trim(),
      }
      // An article that was taken away meanwhile has its owner still.
      if (!(await keepRemark(db, remark))) return sendError(reply, 404, 'unknown-article', 'there is no such article')
      return reply.send({ isNoted: true })
    },
  )
  app.get('/knowledge/remarks', { schema: { response: { 200: RemarksReply, ...errors } } }, async (request, reply) => {
    const person = signedIn(request)
    await dropOldRemarks(db, now())
    const owners = person.role === 'supervisor' ? undefined : ownerNames(directory, person.agentId)
    const remarks = await keptRemarks(db, owners, REMARKS_MAX)
    return reply.send({ remarks: remarks.map((remark) => toRemarkView(remark, nameOf)) } as RemarksReply)
  })
  app.post<{ Params: RemarkParams }>(
    '/knowledge/remarks/:remarkId/done',
    { schema: { params: RemarkParams, response } },
    async (request, reply) => {
      const remark = await findRemark(db, request.params.remarkId)
      if (remark === undefined) return sendError(reply, 404, 'unknown-remark', 'it is not kept any more')
      await finishRemark(db, remark.remarkId, signedIn(request).agentId, now())
      return reply.send({ isNoted: true })
    },
  )
}

type NameOf = (id: string) => string

/** The name of a person or of a function of the city, or the words themselves where they are neither's id. */
const namesIn =
  ({ people, owners }: Directory): NameOf =>
  (id) =>
    people.get(id)?.name ?? owners.find(({ ownerId }) => ownerId === id)?.name ?? id

// Ids and languages were checked when the articles were loaded.

function toHit(article: FoundArticle, nameOf: NameOf): unknown {
  const { articleId, language, serviceId, title, plain, owner, lastChecked } = article
  const matched = new Set(article.matched)
  const excerpt = excerptOf(plain, matched)
  return {
    articleId,
    language,
    serviceId,
    title: marked(title, matched),
    excerpt,
    ownerName: nameOf(owner),
    lastChecked,
  }
}

function toView(article: KeptArticle, nameOf: NameOf): ArticleView {
  const { articleId, version, updatedAt, title, serviceId, language, body, validUntil, owner, lastChecked } = article
  const view = { articleId, version, updatedAt, title, serviceId, language, body, validUntil, lastChecked }
  return { ...view, ownerName: nameOf(owner) } as ArticleView
}

function toRemarkView(remark: KeptRemark, nameOf: NameOf): unknown {
  const { remarkId, articleId, articleTitle, articleOwner, words, saidBy, saidAt, doneAt, doneBy } = remark
  const done = doneAt === null || doneBy === null ? null : { at: doneAt, byName: nameOf(doneBy) }
  const [ownerName, saidByName] = [nameOf(articleOwner), nameOf(saidBy)]
  return { remarkId, articleId, articleTitle, ownerName, words, saidByName, saidAt, done }
}
