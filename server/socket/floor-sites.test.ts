/** [R46] What pages ask of sites: an event each, with a message that stands for as long as the place is closed. */
import t from 'tap'
import { Value } from 'typebox/value'
import { CLOSED_MINUTES_MAX } from '#server/contract/floor-sites.ts'
import { NOTICES_SHOWN_MAX, type NoticeId } from '#server/contract/notices.ts'
import type { SiteId } from '#server/contract/ids.ts'
import { SiteForSupervisor } from '#server/contract/supervisor-views.ts'
import type { RoutingEventBody } from '#server/routing/event.ts'
import { Desk } from '#server/routing/test/desk.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { KeptNotice } from '#server/store/notices.ts'
import { siteHandlers, type SiteParts } from './floor-sites.ts'
import { lineView } from './line-view.ts'
import { NoticeBoard } from './notice-board.ts'
import { sitesForSupervisor } from './site-view.ts'

const HOUR_MS = 3_600_000
const lone = { agentId: 'lone', name: 'Lone Bruun' } as Person
const site = (id: string) => id as SiteId
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as NoticeId

function openFloor(t: { teardown(work: () => void): void }) {
  const desk = new Desk()
  const submitted: RoutingEventBody[] = []
  const rows: KeptNotice[] = []
  let toldCount = 0
  let refused: 'not-ready' | undefined
  const refuse = (code: 'not-ready') => void (refused = code)
  const directory = {
    sites: new Map(['airport', 'library'].map((siteId) => [siteId, { siteId, name: siteId, point: null }])),
    kiosks: new Map(),
    people: new Map([['lone', lone]]),
  } as unknown as Directory
  const takenBack: string[] = []
  const notices = new NoticeBoard({
    directory,
    now: () => desk.at,
    store: {
      standing: async () => rows,
      keep: async (notice) => void rows.push(notice),
      takeBack: async (noticeId) => void takenBack.push(noticeId),
    },
    onChange: () => undefined,
  })
  t.teardown(() => notices.stop())
  const parts = {
    host: {
      get state() {
        return desk.state
      },
      submit: async (event: RoutingEventBody) => {
        if (refused !== undefined) return refused
        const { refusal } = desk.take(event)
        if (refusal === undefined) submitted.push(event)
        return refusal
      },
    },
    directory,
    notices,
    audiences: { refreshNotices: () => void (toldCount += 1) },
    wall: { snapshot: () => ({ version: 1, at: 1, view: {} }) },
    now: () => desk.at,
  }
  const floor = siteHandlers(parts as unknown as SiteParts)
  const close = async (n: number, minutes: number | null, siteId = 'airport') => {
    const labels = { da: `Lukket ${n}`, en: `Closed ${n}` }
    return await floor['site.close'](lone, { siteId: site(siteId), noticeId: idOf(n), labels, minutes })
  }
  const open = async (siteId = 'airport') => await floor['site.open'](lone, { siteId: site(siteId) })
  const shown = () => {
    const closed = desk.state.closedSites.get('airport')
    return notices
      .shownAt({ kioskId: 'one', siteId: 'airport', queueId: undefined }, closed?.noticeId)
      .map(({ labels }) => labels.da)
  }
  const line = (siteId = 'airport') => lineView(desk.state, 'citizen.da', siteId, desk.at, 0)
  const row = () =>
    sitesForSupervisor({ directory, state: desk.state, at: desk.at, isOnline: () => true, troubled: [] })
  return { desk, submitted, takenBack, notices, close, open, shown, line, row, refuse, told: () => toldCount }
}

t.test('[R46] closed until somebody opens it: the screens say why, its line is closed, others are not', async (t) => {
  const { desk, submitted, takenBack, notices, close, open, shown, line, row, told } = openFloor(t)
  await close(1, null)
  await close(1, null)
  t.same(submitted, [{ type: 'site.closed', siteId: 'airport', until: null, noticeId: idOf(1), byId: 'lone' }])
  t.equal(told(), 1)
  t.match(line(), { isOpen: false, opensAt: null, hasPlacesAtOpening: false })
  t.match(line('library'), { isOpen: true })
  t.match(row(), [{ siteId: 'airport', closed: { byName: 'Lone Bruun', until: null } }, { siteId: 'library' }])
  t.notHas(row()[1], { closed: {} })
  for (const each of row()) t.ok(Value.Check(SiteForSupervisor, each))
  for (let n = 0; n < NOTICES_SHOWN_MAX; n += 1) {
    const labels = { da: `Nyere ${n}`, en: 'Newer' }
    await notices.post({ noticeId: idOf(10 + n), audience: { kind: 'city' }, labels, minutes: 15 }, lone)
  }
  t.same(shown(), ['Lukket 1', 'Nyere 2', 'Nyere 1'], 'why it is closed comes before what is newer')
  desk.pass(24 * HOUR_MS)
  t.same(shown(), ['Lukket 1'], 'and stays')
  t.equal(notices.standing()[0]?.expiresAt, 1_000_000 + CLOSED_MINUTES_MAX * 60_000)
  await open()
  await open()
  t.same(submitted.slice(1), [{ type: 'site.opened', siteId: 'airport', byId: 'lone' }])
  t.same(takenBack, [idOf(1)])
  t.match(line(), { isOpen: true })
  t.same(shown(), [])
})

t.test('[R46] closed for a time it opens by itself, and its message is over; what was said last holds', async (t) => {
  const { desk, takenBack, close, open, shown, line, submitted } = openFloor(t)
  await close(1, 60)
  const until = desk.at + HOUR_MS
  t.match(line(), { isOpen: false, opensAt: until, hasPlacesAtOpening: true })
  await close(2, 120)
  t.same(takenBack, [idOf(1)])
  t.same(shown(), ['Lukket 2'])
  desk.pass(2 * HOUR_MS)
  t.match(line(), { isOpen: true })
  t.same(shown(), [])
  await open()
  t.equal(submitted.length, 2, 'it is open already')
})

t.test('[R46] where the engine does not take it, no message stands either', async (t) => {
  const { close, shown, takenBack, refuse } = openFloor(t)
  refuse('not-ready')
  await t.rejects(close(1, 60), { code: 'not-ready' })
  t.same(takenBack, [idOf(1)])
  t.same(shown(), [])
})

t.test('[R46] no such place', async (t) => {
  const { close, open, submitted } = openFloor(t)
  await t.rejects(close(1, 60, 'dentist'), { code: 'unknown-place' })
  await t.rejects(open('dentist'), { code: 'unknown-place' })
  t.same(submitted, [])
})
