/** What the staff says on the screens where nobody is yet. In line it stands among what else there is to know. */
import type { NoticeView } from '#server/contract/views.ts'
import { label, t } from '../text/language.ts'
import { Notice } from './notice.tsx'

export function StaffNotices({ notices }: { readonly notices: readonly NoticeView[] }) {
  return notices.map(({ noticeId, labels }) => (
    <Notice key={noticeId} icon="from-staff" title={t('notice.from-staff')}>
      <span dir="auto">{label(labels)}</span>
    </Notice>
  ))
}
