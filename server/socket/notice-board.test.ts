/** What the staff says: to whom, for how long, and what stands after a restart. */
import t from 'tap'
import type { NoticeAudience, NoticeId, NoticePost } from '../contract/notices.ts'
import { NOTICES_MAX, NOTICES_SHOWN_MAX } from '../contract/notices.ts'
import type { Directory, Person } from '../store/directory.ts'
import type { KeptNotice } from '../store/notices.ts'
import { NoticeBoard } from './notice-board.ts'

const lone = { agentId: 'lone', name: 'Lone Bruun' } as Person
const directory = {
  sites: new Map([['library', {}]]),
  queues: new Map([['citizen.da', {}]]),
  people: new Map([['lone', lone]]),
} as unknown as Directory

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as NoticeId
const CITY: NoticeAudience = { kind: 'city' }
const post = (n: number, audience: NoticeAudience = CITY, minutes = 15): NoticePost => {
  return { noticeId: idOf(n), audience, labels: { da: `Besked ${n}`, en: `Message ${n}` }, minutes }
}

function boardWith(rows: KeptNotice[] = []) {
  const clock = { at: 1_000_000, changesCount: 0 }
  const takenBack: string[] = []
  const board = new NoticeBoard({
    directory,
    now: () => clock.at,
    store: {
      standing: async (at) => rows.filter(({ noticeId, expiresAt }) => expiresAt > at && !takenBack.includes(noticeId)),
      keep: async (notice) => void rows.push(notice),
      takeBack: async (noticeId) => void takenBack.push(noticeId),
    },
    onChange: () => void (clock.changesCount += 1),
  })
  return { board, clock, rows }
}

const shown = (board: NoticeBoard, siteId: string, queueId?: string) =>
  board.shownAt({ kioskId: `${siteId}-1`, siteId, queueId }).map(({ labels }) => labels.da)

t.test('each reaches the screens it is for, the newest first', async (t) => {
  const { board, clock } = boardWith()
  t.teardown(() => board.stop())
  await board.post(post(1), lone)
  await board.post(post(2, { kind: 'site', siteId: 'library' as never }), lone)
  await board.post(post(3, { kind: 'queue', queueId: 'citizen.da' as never }), lone)
  t.equal(clock.changesCount, 3)
  t.same(shown(board, 'library', 'citizen.da'), ['Besked 3', 'Besked 2', 'Besked 1'])
  t.same(shown(board, 'airport', 'library.da'), ['Besked 1'])
  t.same(shown(board, 'airport'), ['Besked 1'], 'a screen of no queue')
  await board.post(post(4), lone)
  t.equal(shown(board, 'library', 'citizen.da').length, NOTICES_SHOWN_MAX, 'no more than one reads')
  t.match(board.forSupervisor()[0], { postedByName: 'Lone Bruun', postedAt: 1_000_000, expiresAt: 1_900_000 })
})

t.test(
  'asked again with the same id it stands once; taken back it is gone, and taking back again changes nothing',
  async (t) => {
    const { board, clock, rows } = boardWith()
    t.teardown(() => board.stop())
    await board.post(post(1), lone)
    await board.post(post(1), lone)
    t.equal(rows.length, 1)
    await board.takeBack(idOf(1))
    await board.takeBack(idOf(1))
    await board.takeBack(idOf(9))
    t.same(shown(board, 'library'), [])
    t.equal(clock.changesCount, 2)
  },
)

t.test('it is over when its time is, and a restart neither forgets nor revives', async (t) => {
  const { board, clock, rows } = boardWith()
  t.teardown(() => board.stop())
  await board.post(post(1, CITY, 15), lone)
  await board.post(post(2, CITY, 60), lone)
  await board.post(post(3, CITY, 60), lone)
  await board.takeBack(idOf(3))
  clock.at += 15 * 60_000 - 1
  t.same(shown(board, 'library'), ['Besked 2', 'Besked 1'])
  clock.at += 1
  t.same(shown(board, 'library'), ['Besked 2'])
  const again = boardWith(rows.filter(({ noticeId }) => noticeId !== idOf(3)))
  t.teardown(() => again.board.stop())
  again.clock.at = clock.at
  await again.board.start()
  t.same(shown(again.board, 'library'), ['Besked 2'])
})

t.test('refused: a place that is not there, and more than anybody reads', async (t) => {
  const { board, rows } = boardWith()
  t.teardown(() => board.stop())
  const nowhere = post(1, { kind: 'site', siteId: 'moon' as never })
  await t.rejects(board.post(nowhere, lone), { code: 'unknown-place' })
  await t.rejects(board.post(post(1, { kind: 'queue', queueId: 'moon.da' as never }), lone), { code: 'unknown-place' })
  for (let n = 1; n <= NOTICES_MAX; n += 1) await board.post(post(n), lone)
  await t.rejects(board.post(post(99), lone), { code: 'too-many-notices' })
  t.equal(rows.length, NOTICES_MAX, 'nothing of it was kept')
})
