/** The staff says something to the screens: only supervisors may, the screens have it at once, and it survives a restart. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { KioskId, SiteId } from '../contract/ids.ts'
import type { NoticeId } from '../contract/notices.ts'
import { eventually, TestSystem } from './harness.ts'

const labels = { da: 'Der er en fejl i MitID', en: 'MitID is out of order' }

t.test('notices of the staff', async (t) => {
  const system = await TestSystem.start(t)
  const [station, library] = [system.kiosk(0), system.kiosk(1)]
  const shownAt = (kiosk: typeof station) => kiosk.snapshot?.view.notices.map((notice) => notice.labels.da)
  await eventually('both to be there', () => station.snapshot !== null && library.snapshot !== null)

  const agent = await system.floor('amal')
  await eventually('the agent to be turned away', () => agent.state.kind === 'refused')
  t.match(agent.state, { code: 'not-allowed' })

  const lone = await system.floor('lone')
  await eventually('the supervisor to be there', () => lone.state.kind === 'online')
  const noticeId = randomUUID() as string as NoticeId
  const city = { noticeId, audience: { kind: 'city' as const }, labels, minutes: 60 }
  const toSite = { kind: 'site' as const, siteId: library.snapshot?.view.siteId as SiteId }
  await t.rejects(lone.request('notice.post', { ...city, minutes: 0 }), { code: 'bad-request' })
  await t.rejects(lone.request('notice.post', { ...city, labels: { da: 'Uden engelsk' } as never }), {
    code: 'bad-request',
  })
  const nowhere = { kind: 'site' as const, siteId: 'moon' as SiteId }
  await t.rejects(lone.request('notice.post', { ...city, audience: nowhere }), { code: 'unknown-place' })
  t.same(shownAt(station), [], 'nothing of it was said')

  const reply = await lone.request('notice.post', city)
  t.match(reply.view.notices, [{ noticeId, labels, postedByName: 'Lone Bruun' }])
  await eventually('all screens to say it', () => shownAt(station)?.length === 1 && shownAt(library)?.length === 1)
  const local = { da: 'Elevatoren er i stykker', en: 'The lift is out of order' }
  await lone.request('notice.post', {
    ...city,
    noticeId: randomUUID() as string as NoticeId,
    audience: toSite,
    labels: local,
  })
  await eventually('one site to say more', () => shownAt(library)?.[0] === local.da)
  t.same(shownAt(station), [labels.da])

  const kioskId = station.snapshot?.view.kioskId as KioskId
  const own = { kioskId, noticeId: randomUUID() as string as NoticeId, words: { da: 'Skærmen ved trappen' } }
  const show = (more: object = {}) => lone.request('kiosk.show-message', { ...own, lasts: 'hour', ...more })
  await t.rejects(show({ kioskId: 'moon' }), { code: 'unknown-place' })
  t.match((await show()).view.notices.at(-1), { audience: { kind: 'kiosk', kioskId }, postedByName: 'Lone Bruun' })
  await eventually('one screen to say its own first', () => shownAt(station)?.[0] === own.words.da)
  t.same(shownAt(library), [local.da, labels.da], 'and no other')

  await system.killServer()
  await system.startServer()
  // Else the page of before comes back too, and of two pages of a screen the newer one has it.
  library.close()
  const after = system.kiosk(1)
  await eventually('it to stand after the restart', () => shownAt(after)?.length === 2)

  const again = await system.floor('lone')
  await eventually('the supervisor to be back', () => again.state.kind === 'online')
  await again.request('notice.take-back', { noticeId })
  await eventually('it to be gone', () => shownAt(after)?.length === 1)
  await eventually('one screen to say its own still', () => shownAt(station)?.[0] === own.words.da)
  await again.request('notice.take-back', { noticeId: own.noticeId })
  await eventually('it to be taken down', () => shownAt(station)?.length === 0)
  const acts = await system.db.selectFrom('kiosk_key_acts').select(['act', 'kiosk_id', 'agent_id']).execute()
  const byLone = { kiosk_id: kioskId, agent_id: 'lone' }
  t.match(acts.slice(-2), [
    { act: 'message-shown', ...byLone },
    { act: 'message-taken-down', ...byLone },
  ])
  const kept = await system.db.selectFrom('notices').select(['notice_id', 'taken_back_at']).execute()
  t.ok(kept.find((row) => row.notice_id === noticeId)?.taken_back_at, 'and noted when')
})
