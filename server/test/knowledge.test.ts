/** The articles of the demo city, over HTTP: found, suggested, read, and said to be wrong. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { ArticleView, KnowledgeReply, RemarksReply } from '../contract/knowledge.ts'
import { REMARK_DAYS } from '../store/article-remarks.ts'
import { eventually, TestSystem } from './harness.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

t.test('articles and what is said of them', async (t) => {
  const system = await TestSystem.start(t)
  const [amal, farah, lone] = await Promise.all(['amal', 'farah', 'lone'].map((name) => system.signIn(name)))
  const ask = async (cookie: string | undefined, path: string, body?: object) => {
    const response = await fetch(`${system.url}/api/v1/knowledge${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, answer: (await response.json()) as unknown }
  }
  const idsOf = ({ answer }: { answer: unknown }) =>
    (answer as KnowledgeReply).articles.map(({ articleId }) => articleId)

  await t.test('found, with the words marked', async (t) => {
    const found = await ask(amal, `?q=${encodeURIComponent('jeg har mistet mit pass')}&language=da`)
    t.equal(found.status, 200)
    const [first] = (found.answer as KnowledgeReply).articles
    t.match(first, { articleId: 'pas-bortkommet', ownerName: 'Amal Hassan', lastChecked: '2026-11-02' })
    t.ok(first?.title.some(({ text, isMarked }) => isMarked && text === 'pas'))
    t.ok(first?.excerpt.some(({ isMarked }) => isMarked))
    t.equal(idsOf(await ask(amal, '?q=lost%20phone&language=en'))[0], 'mitid.en')
  })

  await t.test('suggested for a matter, in the language of the call first', async (t) => {
    const ofMatter = '/suggestions?serviceId=citizen&matterId=moving'
    t.same(idsOf(await ask(farah, `${ofMatter}&language=en`))[0], 'moving.en')
    t.ok(
      ['flytning', 'flytning-udland', 'sundhedskort'].includes(
        idsOf(await ask(farah, `${ofMatter}&language=da`))[0] ?? '',
      ),
    )
    const library = idsOf(await ask(lone, '/suggestions?serviceId=library&language=da'))
    t.ok(library.includes('bibliotek-laan' as never))
    t.notOk(library.includes('pas-nyt' as never), 'not those of other services')
    t.equal(idsOf(await ask(lone, '/suggestions')).length, 6)
  })

  await t.test('read, as Markdown', async (t) => {
    const read = await ask(amal, '/articles/pas-nyt')
    t.match(read.answer, { articleId: 'pas-nyt', version: 1, language: 'da', serviceId: 'citizen' })
    t.match((read.answer as ArticleView).body, /^## Pas til et barn$/m)
    t.match(await ask(amal, '/articles/nothing'), { status: 404, answer: { error: { code: 'unknown-article' } } })
    await system.db
      .updateTable('articles')
      .set({ valid_until: '2026-01-02' })
      .where('article_id', '=', 'fuldmagt')
      .execute()
    t.match(await ask(amal, '/articles/fuldmagt'), { status: 404 }, 'one that holds no more is not there')
  })

  await t.test('refused: nobody, too much, and what is no question', async (t) => {
    for (const path of ['?q=pas', '/suggestions', '/articles/pas-nyt', '/remarks']) {
      t.match(await ask(undefined, path), { status: 401, answer: { error: { code: 'not-signed-in' } } }, path)
    }
    t.equal((await ask(undefined, '/articles/pas-nyt/remarks', remark('x'))).status, 401)
    for (const path of [
      '',
      '?q=',
      `?q=${'a'.repeat(201)}`,
      '?q=pas&limit=900',
      '?q=pas&language=xx',
      '/articles/..%2Fpas',
    ]) {
      t.equal((await ask(amal, path)).status, 400, path)
    }
    for (const body of [remark(''), remark(' \n '), remark('x'.repeat(501)), { ...remark('x'), saidBy: 'bo' }, {}]) {
      t.equal((await ask(amal, '/articles/pas-nyt/remarks', body)).status, 400, JSON.stringify(body).slice(0, 80))
    }
    t.equal((await ask(amal, '/articles/nothing/remarks', remark('x'))).status, 404)
  })

  await t.test('said to be wrong: for the owner and for supervisors, until it is done with', async (t) => {
    const said = remark('Prisen er en anden nu')
    t.equal((await ask(farah, '/articles/pas-nyt/remarks', said)).status, 200)
    t.equal((await ask(farah, '/articles/pas-nyt/remarks', said)).status, 200, 'asked again after a lost answer')
    const remarksOf = async (cookie: string | undefined) =>
      ((await ask(cookie, '/remarks')).answer as RemarksReply).remarks
    const expected = {
      articleId: 'pas-nyt',
      words: said.words,
      saidByName: 'Farah Noor',
      ownerName: 'Amal Hassan',
      done: null,
    }
    t.match(await remarksOf(amal), [expected])
    t.match(await remarksOf(lone), [expected])
    t.same(await remarksOf(farah), [], 'it is not her article')
    t.match(await ask(farah, `/remarks/${said.remarkId}/done`, {}), {
      status: 404,
      answer: { error: { code: 'unknown-remark' } },
    })
    t.equal((await ask(amal, `/remarks/${randomUUID()}/done`, {})).status, 404)
    t.equal((await ask(amal, `/remarks/${said.remarkId}/done`, {})).status, 200)
    t.equal((await ask(lone, `/remarks/${said.remarkId}/done`, {})).status, 200)
    t.match(await remarksOf(lone), [{ done: { byName: 'Amal Hassan' } }], 'who did first stays')

    const ofFunction = remark('Prisen på kørekortet er en anden nu')
    await ask(farah, '/articles/koerekort-forny/remarks', ofFunction)
    t.not((await remarksOf(amal))[0]?.remarkId, ofFunction.remarkId, 'she is not asked for that function')
    t.equal((await ask(amal, `/remarks/${ofFunction.remarkId}/done`, {})).status, 404)
    const yusuf = await system.signIn('yusuf')
    t.match(await remarksOf(yusuf), [{ words: ofFunction.words, ownerName: 'Pas og kørekort' }])
    t.equal((await ask(yusuf, `/remarks/${ofFunction.remarkId}/done`, {})).status, 200)
    await system.db.deleteFrom('article_remarks').where('remark_id', '=', ofFunction.remarkId).execute()

    const other = remark('Der mangler noget om børn')
    await ask(farah, '/articles/pas-nyt/remarks', other)
    t.match((await remarksOf(lone))[0], { words: other.words }, 'what is not done with stands first')
    const age = (column: 'said_at' | 'done_at', remarkId: string, days: number) =>
      system.db
        .updateTable('article_remarks')
        .set({ [column]: new Date(Date.now() - days * DAY_MS) })
        .where('remark_id', '=', remarkId)
        .execute()
    await age('done_at', said.remarkId, REMARK_DAYS.afterDone - 1)
    await age('said_at', other.remarkId, REMARK_DAYS.atMost - 1)
    t.equal((await remarksOf(lone)).length, 2)
    await age('done_at', said.remarkId, REMARK_DAYS.afterDone + 1)
    await age('said_at', other.remarkId, REMARK_DAYS.atMost + 1)
    t.same(await remarksOf(lone), [])
    t.same(await system.db.selectFrom('article_remarks').selectAll().execute(), [], 'they are gone, not hidden')

    const unread = remark('Ingen læser det')
    await ask(farah, '/articles/pas-nyt/remarks', unread)
    await age('said_at', unread.remarkId, REMARK_DAYS.atMost + 1)
    await system.killServer()
    await system.startServer()
    const left = async () => (await system.db.selectFrom('article_remarks').selectAll().execute()).length
    await eventually('it to be deleted though nobody asks for it', async () => (await left()) === 0)
  })

  await t.test('asked too often', async (t) => {
    const statuses: number[] = []
    for (let i = 0; i < 20; i += 1) statuses.push((await ask(lone, '/articles/pas-nyt/remarks', remark(`${i}`))).status)
    statuses.push((await ask(lone, '/articles/pas-nyt/remarks', remark('one more'))).status)
    t.same([statuses.at(0), statuses.at(-2), statuses.at(-1)], [200, 200, 429])
    t.equal((await ask(amal, '/articles/pas-nyt/remarks', remark('another person'))).status, 200)
  })
})

function remark(words: string) {
  return { remarkId: randomUUID(), version: 1, words }
}
