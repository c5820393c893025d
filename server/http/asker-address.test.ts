import type { IncomingMessage } from 'node:http'
import t from 'tap'
import { askerAddress } from './asker-address.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

t.test('whoever asks is who the proxy saw last, and nobody makes themselves another', async (t) => {
  const direct = askerAddress([])
  t.equal(direct(from('192.0.2.7', '198.51.100.1')), '192.0.2.7', 'there is no proxy')
  t.equal(direct(from('::ffff:192.0.2.7')), '192.0.2.7')
  const behind = askerAddress(['127.0.0.1', '10.0.0.2'])
  t.equal(behind(from('127.0.0.1', '198.51.100.1')), '198.51.100.1')
  t.equal(behind(from('::ffff:10.0.0.2', '203.0.113.9, 198.51.100.1')), '198.51.100.1', 'the first may be made up')
  t.equal(behind(from('192.0.2.7', '198.51.100.1')), '192.0.2.7', 'past the proxy')
  t.equal(behind(from('127.0.0.1')), '127.0.0.1', 'the proxy itself')
})
