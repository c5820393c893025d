/** What agents and supervisors look up, and what they say against it: below `/api/v1/knowledge`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { browserToken } from '#server/auth/sign-in-cookies.ts'
import { hashToken } from '#server/auth/tokens.ts'
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
import type { Directory, Person } from '#server/store/directory.ts'
import { sendError } from './sign-in.ts'

export type KnowledgeParts = {
  readonly db: Database
  readonly directory: Directory
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Of one who is signed in. Whoever types quickly asks twice a second; more is a machine. */
const QUESTIONS = { max: 240, timeWindow: '1 minute' } as const
const REMARKS = { max: 20, timeWindow: '10 minutes' } as const
const SUGGESTIONS_MAX = 6
const TIME_ZONE = 'Europe/Copenhagen'

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 404: HttpError, 429: HttpError }

/** Adds the routes below `/api/v1`. */
export function addKnowledgeRoutes(app: FastifyInstance, parts: KnowledgeParts): void {
  const door = openDoor(app, parts)
  addArticleRoutes(app, parts, door.forQuestions)
  addRemarkRoutes(app, parts, door)
}

type Door = (request: FastifyRequest, reply: FastifyReply) => Promise<Person | undefined>

/** Who asks. Undefined where the answer was given already: nobody is signed in, or they ask too often. */
function openDoor(app: FastifyInstance, { identify }: KnowledgeParts): { forQuestions: Door; forRemarks: Door } {
  const keyGenerator = (request: FastifyRequest) =>
    hashToken(browserToken(request.headers.cookie)).toString('base64url')
  const door = (limit: { max: number; timeWindow: string }): Door => {
    const count = app.createRateLimit({ ...limit, keyGenerator })
    return async (request, reply) => {
      const person = await identify(request.headers.cookie)
      if (person === undefined) {
        sendError(reply, 401, 'not-signed-in', 'sign in first')
        return undefined
      }
      const counted = await count(request)
      if (counted.isAllowed || !counted.isExceeded) return person
      sendError(reply, 429, 'too-many-requests', 'try again in a while')
      return undefined
    }
  }
  return { forQuestions: door(QUESTIONS), forRemarks: door(REMARKS) }
}

function addArticleRoutes(app: FastifyInstance, { db, directory, now }: KnowledgeParts, door: Door): void {
  const nameOf = namesIn(directory)
  const today = () =>
    Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString()
  app.get<{ Querystring: KnowledgeQuery }>(
    '/knowledge',
    { schema: { querystring: KnowledgeQuery, response: { 200: KnowledgeReply, ...errors } } },
    async (request, reply) => {
      if ((await door(request, reply)) === undefined) return reply
      const { q: words, language } = request.query
      const found = await searchArticles(db, { words, language, today: today(), countMax: KNOWLEDGE_ANSWERS_MAX })
      return reply.send({ articles: found.map((article) => toHit(article, nameOf)) } as KnowledgeReply)
    },
  )
  app.get<{ Querystring: SuggestionsQuery }>(
    '/knowledge/suggestions',
    { schema: { querystring: SuggestionsQuery, response: { 200: KnowledgeReply, ...errors } } },
    async (request, reply) => {
      if ((await door(request, reply)) === undefined) return reply
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
      if ((await door(request, reply)) === undefined) return reply
      const article = await findArticle(db, request.params.articleId, today())
      if (article === undefined) return sendError(reply, 404, 'unknown-article', 'there is no such article now')
      return reply.send(toView(article, nameOf))
    },
  )
}

function addRemarkRoutes(
  app: FastifyInstance,
  { db, directory, now }: KnowledgeParts,
  door: { forQuestions: Door; forRemarks: Door },
): void {
  const nameOf = namesIn(directory)
  const response = { 200: Noted, ...errors }
  app.post<{ Params: ArticleParams; Body: RemarkBody }>(
    '/knowledge/articles/:articleId/remarks',
    { schema: { params: ArticleParams, body: RemarkBody, response } },
    async (request, reply) => {
      const person = await door.forRemarks(request, reply)
      if (person === undefined) return reply
      const { articleId } = request.params
      const { remarkId, version: articleVersion, words } = request.body
      const saidAt = now()
      await dropOldRemarks(db, saidAt)
      const remark = { remarkId, articleId, articleVersion, saidBy: person.agentId, saidAt, words: words.trim() }
      // An article that was taken away meanwhile has its owner still.
      if (!(await keepRemark(db, remark))) return sendError(reply, 404, 'unknown-article', 'there is no such article')
      return reply.send({ isNoted: true })
    },
  )
  app.get('/knowledge/remarks', { schema: { response: { 200: RemarksReply, ...errors } } }, async (request, reply) => {
    const person = await door.forQuestions(request, reply)
    if (person === undefined) return reply
    await dropOldRemarks(db, now())
    const owner = person.role === 'supervisor' ? undefined : person.agentId
    const remarks = await keptRemarks(db, owner, REMARKS_MAX)
    return reply.send({ remarks: remarks.map((remark) => toRemarkView(remark, nameOf)) } as RemarksReply)
  })
  app.post<{ Params: RemarkParams }>(
    '/knowledge/remarks/:remarkId/done',
    { schema: { params: RemarkParams, response } },
    async (request, reply) => {
      const person = await door.forQuestions(request, reply)
      if (person === undefined) return reply
      const remark = await findRemark(db, request.params.remarkId)
      if (remark === undefined) return sendError(reply, 404, 'unknown-remark', 'it is not kept any more')
      if (person.role !== 'supervisor' && remark.articleOwner !== person.agentId) {
        return sendError(reply, 403, 'not-allowed', 'for supervisors and the owner of the article')
      }
      await finishRemark(db, remark.remarkId, person.agentId, now())
      return reply.send({ isNoted: true })
    },
  )
}

type NameOf = (id: string) => string

/** The name of a person, or the words themselves where they are the name of a function. */
const namesIn =
  ({ people }: Directory): NameOf =>
  (id) =>
    people.get(id)?.name ?? id

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
