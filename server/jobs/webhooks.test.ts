/** Webhooks: signed, only where it is allowed, again until it is taken. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHmac } from 'node:crypto'
import t from 'tap'
import { guardedPost } from '#server/outgoing/post.ts'
import { retryAfterMs, signatureOf, webhooks, type Delivery } from './webhooks.ts'

const SECRET = 'a secret of thirty-two letters or more'
const NOW = 1_790_000_000_000

t.test('the signature is of the time and the body', async (t) => {
  const expected = createHmac('sha256', SECRET).update(`${NOW}.{"a":1}`).digest('hex')
  t.equal(signatureOf(SECRET, NOW, '{"a":1}'), `t=${NOW},v1=${expected}`)
  t.not(signatureOf(SECRET, NOW + 1, '{"a":1}').split('v1=')[1], expected)
})

t.test('it is tried twice as long after each time, for ever', async (t) => {
  t.same([1, 2, 3, 10, 11, 1_000].map(retryAfterMs), [5_000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000])
})

t.test('what is due is told once it is taken', async (t) => {
  const heard: { request: IncomingMessage; body: string }[] = []
  const answers = [500, 302, 204]
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (data) => (body += String(data)))
    request.on('end', () => {
      heard.push({ request, body })
      response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  let due: Delivery[] = [{ deliveryId: '7', url, body: '{"a":1}', triesCount: 1 }]
  const done: unknown[] = []
  const job = webhooks({
    allowedUrls: [url],
    secret: SECRET,
    now: () => NOW,
    takeDue: async () => due,
    end: async (...what) => void done.push(['end', ...what]),
    tryAgainAt: async (...what) => void done.push(['again', ...what]),
    onFault: (deliveryId, fault) => done.push(['fault', deliveryId, fault]),
    post: guardedPost({ insideHosts: ['127.0.0.1'] }),
  })
  t.equal(await job.run(), 0)
  t.same(done.splice(0), [
    ['again', '7', NOW + 5_000],
    ['fault', '7', 'it answered 500'],
  ])
  t.equal(await job.run(), 0)
  t.same(done.splice(0), [
    ['again', '7', NOW + 5_000],
    ['fault', '7', 'it answered 302'],
  ])
  t.equal(await job.run(), 1)
  t.same(done.splice(0), [['end', '7', NOW, 'sent']])
  t.same(
    heard.map(({ request }) => request.url),
    ['/hook', '/hook', '/hook'],
    'no redirection is followed',
  )
  t.equal(heard[2]?.request.headers['x-skranke-signature'], signatureOf(SECRET, NOW, heard[2]?.body ?? ''))
  t.equal(heard[2]?.request.headers['x-skranke-delivery'], '7')
  due = [{ deliveryId: '8', url: `${url}/other`, body: '{}', triesCount: 1 }]
  t.equal(await job.run(), 0)
  t.match(done, [
    ['end', '8', NOW, 'not-allowed'],
    ['fault', '8'],
  ])
  t.equal(heard.length, 3, 'nobody was asked there')
})
