/** A message on one screen: one at a time, for an hour, the day or until it is taken down, and who did it is written down. */
import t from 'tap'
import { Value } from 'typebox/value'
import { CLOSED_MINUTES_MAX } from '../contract/floor-sites.ts'
import type { KioskId } from '../contract/ids.ts'
import { KIOSK_MESSAGE_LETTERS_MAX, KioskMessage, type MessageLasts } from '../contract/kiosk-messages.ts'
import { KIOSK_MESSAGES_MAX, NoticePost, NOTICES_MAX, type NoticeId } from '../contract/notices.ts'
import type { Directory, Person } from '../store/directory.ts'
import type { KeptNotice } from '../store/notices.ts'
import { kioskMessageHandlers, type KioskMessageParts } from './kiosk-messages.ts'
import { NoticeBoard } from './notice-board.ts'

const lone = { agentId: 'lone', name: 'Lone Bruun' } as Person
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as NoticeId
/** Half past eleven in the evening in Copenhagen, in winter. */
const LATE = Date.UTC(2026, 10, 27, 22, 30)
const MINUTE_MS = 60_000

function openKiosks(t: { teardown(work: () => void): void }) {
  const rows: KeptNotice[] = []
  const takenBack: string[] = []
  const acts: string[] = []
  const kiosks = new Map(Array.from({ length: KIOSK_MESSAGES_MAX + 1 }, (_, i) => [`k${i}`, {}]))
  const directory = { sites: new Map(), queues: new Map(), kiosks, people: new Map([['lone', lone]]) }
  const notices = new NoticeBoard({
    directory: directory as unknown as Directory,
    now: () => LATE,
    store: {
      standing: async () => rows,
      keep: async (notice) => void rows.push(notice),
      takeBack: async (noticeId) => void takenBack.push(noticeId),
    },
    onChange: () => undefined,
  })
  t.teardown(() => notices.stop())
  const orders = { note: async (...act: unknown[]) => void acts.push(act.slice(0, 2).join(' ')) }
  const wall = { snapshot: () => ({ version: 1, at: 1, view: {} }) }
  const parts = { notices, orders, wall, now: () => LATE } as unknown as KioskMessageParts
  const asked = kioskMessageHandlers(parts)
  const show = async (n: number, { kiosk = 'k1', lasts = 'hour' as MessageLasts, en = '' } = {}) => {
    const words = { da: `Besked ${n}`, ...(en === '' ? {} : { en }) }
    await asked['kiosk.show-message'](lone, { kioskId: kiosk as KioskId, noticeId: idOf(n), words, lasts })
  }
  const takeDown = async (n: number) => await asked['notice.take-back'](lone, { noticeId: idOf(n) })
  const shown = (kioskId: string) =>
    notices.shownAt({ kioskId, siteId: 'airport', queueId: undefined }).map(({ labels }) => labels)
  return { notices, rows, takenBack, acts, show, takeDown, shown }
}

t.test('it stands on its screen alone, and another takes its place', async (t) => {
  const { rows, takenBack, acts, show, takeDown, shown } = openKiosks(t)
  await show(1)
  await show(1)
  t.equal(rows.length, 1, 'asked again it stands once')
  t.same(shown('k1'), [{ da: 'Besked 1', en: 'Besked 1' }], 'in Danish for everybody')
  t.same(shown('k2'), [])
  await show(2, { en: 'Message 2' })
  t.same(shown('k1'), [{ da: 'Besked 2', en: 'Message 2' }])
  t.same(takenBack, [idOf(1)])
  await takeDown(2)
  await takeDown(2)
  t.same(shown('k1'), [])
  t.same(acts, ['message-shown k1', 'message-shown k1', 'message-taken-down k1'])
})

t.test('how long it stands', async (t) => {
  const { rows, show } = openKiosks(t)
  for (const [i, lasts] of (['hour', 'day', 'until-taken-down'] as const).entries()) {
    await show(i, { kiosk: `k${i}`, lasts })
  }
  t.same(
    rows.map(({ expiresAt }) => (expiresAt - LATE) / MINUTE_MS),
    [60, 30, CLOSED_MINUTES_MAX],
  )
})

t.test('what is a message: a line of words in Danish, and for how long', async (t) => {
  const good = { kioskId: 'k1', noticeId: idOf(1), words: { da: 'Skærmen ved trappen virker' }, lasts: 'day' }
  const ofWords = (words: object) => Value.Check(KioskMessage, { ...good, words })
  t.ok(Value.Check(KioskMessage, good))
  t.ok(ofWords({ da: 'x'.repeat(KIOSK_MESSAGE_LETTERS_MAX), en: 'x' }))
  t.notOk(ofWords({ da: 'x'.repeat(KIOSK_MESSAGE_LETTERS_MAX + 1) }))
  for (const da of ['', ' ', 'to\nlinjer', '\u202eskjult']) t.notOk(ofWords({ da }), JSON.stringify(da))
  t.notOk(ofWords({ en: 'English only' }))
  t.notOk(Value.Check(KioskMessage, { ...good, lasts: 'year' }))
  const post = {
    noticeId: idOf(1),
    audience: { kind: 'kiosk', kioskId: 'k1' },
    labels: { da: 'B', en: 'M' },
    minutes: 15,
  }
  t.notOk(Value.Check(NoticePost, post), 'on one screen by its own request alone, which keeps it to one')
})

t.test('what is refused: a kiosk that is not there, and more than a city looks after', async (t) => {
  const { notices, rows, acts, show, shown } = openKiosks(t)
  await t.rejects(show(1, { kiosk: 'moon' }), { code: 'unknown-place' })
  t.same([rows, acts], [[], []], 'nothing of it was done')
  const city = (n: number) =>
    notices.post({ noticeId: idOf(n), audience: { kind: 'city' }, labels: { da: 'B', en: 'M' }, minutes: 15 }, lone)
  for (let n = 0; n < KIOSK_MESSAGES_MAX; n += 1) await show(n, { kiosk: `k${n}` })
  await t.rejects(show(999, { kiosk: `k${KIOSK_MESSAGES_MAX}` }), { code: 'too-many-notices' })
  for (let n = 0; n < NOTICES_MAX; n += 1) await city(1_000 + n)
  await t.rejects(city(2_000), { code: 'too-many-notices' }, 'those for everybody have room of their own')
  t.match(shown('k1'), [{ da: 'Besked 1' }, { da: 'B' }, { da: 'B' }], 'its own comes before what is newer')
})
