/** What goes out goes only where it may: a corpus of addresses, names that lie, redirections, and bounds. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { guardedPost } from './post.ts'
import { isPublicAddress } from './public-address.ts'
import { TargetFault, targetOf } from './target.ts'

const INSIDE = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1'],
  ...['169.254.169.254', '169.254.0.1', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1'],
  ...['198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.1.1.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::7f00:1', '::a00:1'],
  ...[
    '64:ff9b::a00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
  ],
  ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'ff02::1', '5f00::1'],
  ...['', 'localhost', '8.8.8', '0x7f.1', '2130706433', '1.2.3.4.5', '[::1]'],
]
const OUTSIDE = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
  ],
  ...[
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.1.1',
    '192.169.0.1',
    '223.255.255.255',
  ],
  ...['2a00:1450:400f::200e', '2606:4700::1111', '2001:200::1', '2003::1'],
]

t.test('a corpus of addresses', async (t) => {
  for (const address of INSIDE) t.equal(isPublicAddress(address), false, `${address} is inside`)
  for (const address of OUTSIDE) t.equal(isPublicAddress(address), true, `${address} is outside`)
})

t.test('every way to write the loopback in a URL is seen for what it is', async (t) => {
  const post = guardedPost({ insideHosts: [] })
  const hosts = ['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::]']
  for (const host of [...hosts, '0', '①②⑦.0.0.1']) {
    await t.rejects(post(`https://${host}/`, { headers: {}, body: '' }), TargetFault, host)
  }
  // Should the guard be gone one day, its tests go no further than this machine.
  await t.rejects(targetOf('169.254.169.254', { insideHosts: [] }), TargetFault)
  const clear = guardedPost({ insideHosts: [], resolve: async () => ['127.0.0.1'] })
  await t.rejects(clear('http://example.org/', { headers: {}, body: '' }), /is not https/)
})

t.test('a name is what it stands for', async (t) => {
  const resolve = (...addresses: string[]) => ({ insideHosts: ['desk.inside'], resolve: async () => addresses })
  t.same(await targetOf('hooks.example.org', resolve('8.8.8.8', '2606:4700::1111')), { address: '8.8.8.8', family: 4 })
  await t.rejects(targetOf('hooks.example.org', resolve('8.8.8.8', '10.0.0.1')), TargetFault, 'one of two is inside')
  await t.rejects(targetOf('hooks.example.org', resolve('::ffff:10.0.0.1')), TargetFault)
  await t.rejects(targetOf('hooks.example.org', resolve()), TargetFault, 'nothing')
  t.same(await targetOf('DESK.inside', resolve('10.0.0.1')), { address: '10.0.0.1', family: 4 }, 'the city allows it')
  await t.rejects(targetOf('other.desk.inside', resolve('10.0.0.1')), TargetFault, 'and nothing below it')
})

async function listening(t: Test, answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.teardown(() => server.close())
  return (server.address() as AddressInfo).port
}

t.test(
  'what is connected to is what was looked at; a redirection is an answer; of a body nothing is read',
  async (t) => {
    const asked: string[] = []
    let writtenMb = 0
    const port = await listening(t, (request, response) => {
      asked.push(`${request.headers.host} ${request.url}`)
      if (request.url === '/moved') return void response.writeHead(307, { location: '/elsewhere' }).end()
      response.writeHead(200)
      const pour = () => {
        while (writtenMb < 1_000 && response.write(Buffer.alloc(2 ** 20))) writtenMb += 1
      }
      response.on('drain', pour).on('error', () => undefined)
      pour()
    })
    let names = 0
    // The second answer would be another address: it is never asked for.
    const resolve = async () => [names++ === 0 ? '127.0.0.1' : '10.9.9.9']
    const post = guardedPost({ insideHosts: ['hooks.inside'], resolve })
    const what = { headers: { 'content-type': 'application/json' }, body: '{"ø":1}' }
    t.same(await post(`http://hooks.inside:${port}/endless`, what), { status: 200 })
    t.equal(names, 1)
    t.ok(writtenMb < 100, 'nobody read on')
    const literal = guardedPost({ insideHosts: ['127.0.0.1'] })
    t.same(await literal(`http://127.0.0.1:${port}/moved`, what), { status: 307 })
    t.same(asked, [`hooks.inside:${port} /endless`, `127.0.0.1:${port} /moved`])
  },
)

t.test('an answer without an end of its head is cut off', async (t) => {
  const port = await listening(t, (_request, response) => {
    response.writeHead(200, { 'x-much': 'x'.repeat(40_000) }).end()
  })
  const post = guardedPost({ insideHosts: ['127.0.0.1'] })
  await t.rejects(post(`http://127.0.0.1:${port}/`, { headers: {}, body: '' }), { code: 'HPE_HEADER_OVERFLOW' })
})
