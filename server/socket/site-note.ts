/** What a city writes of a place stands on its screens beside what the staff says there, as long as nobody calls. */
import { createHash } from 'node:crypto'
import { NOTICES_SHOWN_MAX } from '#server/contract/notices.ts'
import type { NoticeView } from '#server/contract/views.ts'
import type { Site } from '#server/store/directory.ts'
import { branded } from './branded.ts'

/** The notices with the note of the site last, where there is one and room for it. */
export function withSiteNote(notices: readonly NoticeView[], { note, siteId }: Site): readonly NoticeView[] {
  if (note == null || notices.length >= NOTICES_SHOWN_MAX) return notices
  return [...notices, branded<NoticeView>({ noticeId: idOf(siteId, note), labels: note })]
}

/** As ids of notices are written, and another one as soon as the words are other: then it is read aloud again. */
function idOf(siteId: string, note: object): string {
  const digits = createHash('sha256')
    .update(JSON.stringify([siteId, note]))
    .digest('hex')
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(12, 15)}`, `8${digits.slice(15, 18)}`]
  return [...parts, digits.slice(18, 30)].join('-')
}
