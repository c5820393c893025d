import t from 'tap'
import { fromFragment, readIdentity, readPhoneTicket } from './identity.ts'

/** A browser's storage, as far as it is used. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
    getItem: (name) => kept.get(name) ?? null,
    key: (i) => [...kept.keys()][i] ?? null,
    removeItem: (name) => void kept.delete(name),
    setItem: (name, value) => void kept.set(name, value),
  }
}

const address = (hash: string) => ({ hash, pathname: '/kiosk/', search: '' }) as Location

t.test('takes the identity out of the address and keeps it', async (t) => {
  const kept = storage()
  const shown: string[] = []
  const history = {
    replaceState: (_data: unknown, _title: string, url: string) => shown.push(url),
  } as unknown as History
  t.same(readIdentity(address('#kiosk=sundby-1&key=abc_-9'), history, kept), {
    kioskId: 'sundby-1',
    deviceKey: 'abc_-9',
  })
  t.same(shown, ['/kiosk/'], 'the key is gone from the address')
  t.same(readIdentity(address(''), history, kept), { kioskId: 'sundby-1', deviceKey: 'abc_-9' })
  t.equal(shown.length, 1)
  const enrolled = { kioskId: 'sundby-2', deviceKey: null }
  t.same(
    readIdentity(address('#kiosk=sundby-2'), history, kept),
    enrolled,
    'a key of its own takes the place of the other',
  )
  t.same(readIdentity(address(''), history, kept), enrolled)
})

t.test('without an identity there is none', async (t) => {
  const history = {} as History
  t.equal(readIdentity(address(''), history, storage()), null)
  for (const broken of ['{', 'null', '7', '{"kioskId":"x","deviceKey":"y"}', '#key=abc', '#kiosk=']) {
    const kept = storage()
    kept.setItem('skranke.kiosk', broken)
    t.equal(readIdentity(address(''), history, kept), null, broken)
  }
  t.equal(fromFragment('#key=abc'), null)
})

t.test('a phone has its ticket in the address, and it stays there', async (t) => {
  const at = (search: string) => readPhoneTicket({ ...address(''), search })
  t.same(at('?ticket=K7MQ4X.abcdefghijklmnopqrstu_'), { ticket: 'K7MQ4X', ticketKey: 'abcdefghijklmnopqrstu_' })
  t.equal(at(''), null)
  t.same(at('?ticket=broken'), { ticket: 'broken', ticketKey: '' }, 'the server says what it is worth')
})
