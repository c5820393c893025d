/** What a city writes of a place: on its idle screens, after what is of today. */
import t from 'tap'
import { Value } from 'typebox/value'
import { NOTICES_SHOWN_MAX, NoticeView } from '../contract/notices.ts'
import type { Site } from '../store/directory.ts'
import { withSiteNote } from './site-note.ts'

const notice = (n: number) =>
  ({ noticeId: `00000000-0000-4000-8000-00000000000${n}`, labels: { da: `Besked ${n}`, en: 'M' } }) as NoticeView
const site = (da?: string) =>
  ({ siteId: 'library', note: da === undefined ? null : { da, en: 'The library is open until 22' } }) as Site

t.test('it stands last, and gives way to what is of today', async (t) => {
  t.same(withSiteNote([notice(1)], site()), [notice(1)])
  const shown = withSiteNote([notice(1)], site('Biblioteket har åbent til 22'))
  t.same(
    shown.map(({ labels }) => labels.da),
    ['Besked 1', 'Biblioteket har åbent til 22'],
  )
  for (const each of shown) t.ok(Value.Check(NoticeView, each))
  const many = Array.from({ length: NOTICES_SHOWN_MAX }, (_, i) => notice(i))
  t.same(withSiteNote(many, site('Åbent')), many)
})

t.test('it is the same one until its words are other', async (t) => {
  const idOf = (da: string) => withSiteNote([], site(da))[0]?.noticeId
  t.equal(idOf('Åbent til 22'), idOf('Åbent til 22'))
  t.not(idOf('Åbent til 22'), idOf('Åbent til 20'))
})
