/** What the scripted server has to look up: three articles, found where a word of them is asked for, and what was said of them. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { ArticleHit, ArticleView, KnowledgeReply, RemarkBody, RemarkView } from '#server/contract/knowledge.ts'
import { branded } from './people.ts'

const BODY = `Man møder selv op for at få et pas. Se [borger.dk](https://www.borger.dk) eller <b>spørg</b>.

## Det skal borgeren have med

- Det gamle **pas**.
- Betalingskort.

## Pas til et barn

Barnet skal med. [Forbudt](javascript:alert(1))
`

function article(articleId: string, title: string, changes: Partial<ArticleView> = {}): ArticleView {
  return {
    articleId: branded(articleId),
    version: 3,
    updatedAt: Date.parse('2026-11-02T10:00:00Z'),
    title,
    serviceId: branded('citizen'),
    language: 'da',
    body: BODY,
    validUntil: null,
    ownerName: 'Amal Hassan',
    lastChecked: '2026-11-02',
    ...changes,
  }
}

type Answer = ErrorCode | null

export class ScriptedKnowledge {
  articles: ArticleView[] = [
    article('pas-nyt', 'Nyt pas'),
    article('flytning', 'Meld flytning', { body: 'Senest fem dage efter.', ownerName: 'Borgerservice, Kvik' }),
    article('passport.en', 'A new passport', { language: 'en', body: 'You come in person.' }),
  ]
  remarks: RemarkView[] = []
  /** What everything is answered with from now on; null answers as it should be. A promise keeps the page waiting. */
  code: Answer | Promise<Answer> = null
  /** Every path and query that was asked for, and what was said. */
  readonly asked: string[] = []
  readonly said: RemarkBody[] = []

  addRoutes(app: FastifyInstance): void {
    const root = '/api/v1/knowledge'
    const answer = async (reply: FastifyReply, path: string, work: () => object | undefined) => {
      this.asked.push(decodeURIComponent(path.slice(root.length)))
      const code = await this.code
      if (code !== null) return this.#refuse(reply, 503, code)
      return work() ?? this.#refuse(reply, 404, 'unknown-article')
    }
    app.get<{ Querystring: { q: string } }>(root, (request, reply) => {
      return answer(reply, request.url, () => this.#search(request.query.q))
    })
    app.get(`${root}/suggestions`, (request, reply) => answer(reply, request.url, () => this.#list(this.articles, '')))
    app.get<{ Params: { id: string } }>(`${root}/articles/:id`, (request, reply) => {
      return answer(reply, request.url, () => this.articles.find(({ articleId }) => articleId === request.params.id))
    })
    app.post<{ Body: RemarkBody }>(`${root}/articles/:id/remarks`, (request, reply) => {
      return answer(reply, request.url, () => {
        this.said.push(request.body)
        return { isNoted: true }
      })
    })
    app.get(`${root}/remarks`, (request, reply) => answer(reply, request.url, () => ({ remarks: this.remarks })))
    app.post<{ Params: { id: string } }>(`${root}/remarks/:id/done`, (request, reply) => {
      return answer(reply, request.url, () => {
        const done = { at: Date.now(), byName: 'Niels Krogh' }
        this.remarks = this.remarks.map((each) => (each.remarkId === request.params.id ? { ...each, done } : each))
        return { isNoted: true }
      })
    })
  }

  #search(words: string): KnowledgeReply {
    const [first = ''] = words.toLowerCase().split(' ')
    return this.#list(
      this.articles.filter(({ title, body }) => `${title} ${body}`.toLowerCase().includes(first)),
      first,
    )
  }

  #list(articles: readonly ArticleView[], word: string): KnowledgeReply {
    const marked = (text: string) =>
      text
        .split(word === '' ? /(?!)/ : new RegExp(`(${word})`, 'i'))
        .filter((piece) => piece !== '')
        .map((piece) => ({ text: piece, isMarked: piece.toLowerCase() === word }))
    return {
      articles: articles.map(({ articleId, language, serviceId, title, body, ownerName, lastChecked }): ArticleHit => {
        const excerpt = marked(body.split('\n')[0] ?? '')
        return { articleId, language, serviceId, title: marked(title), excerpt, ownerName, lastChecked }
      }),
    }
  }

  #refuse(reply: FastifyReply, status: number, code: ErrorCode): FastifyReply {
    return reply.status(status).send({ error: { code, message: 'as the test wants it' } })
  }
}

/** Something that was said of an article. */
export function remark(changes: Partial<RemarkView> = {}): RemarkView {
  return {
    remarkId: branded('5f0c7e7e-3f7a-4f0e-9d53-0a6d0c1f2b3a'),
    articleId: branded('pas-nyt'),
    articleTitle: 'Nyt pas',
    ownerName: 'Sara Lind',
    words: 'Prisen er en anden nu',
    saidByName: 'Farah Noor',
    saidAt: Date.parse('2026-11-20T09:00:00Z'),
    done: null,
    ...changes,
  }
}
