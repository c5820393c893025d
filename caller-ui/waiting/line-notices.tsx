/** What somebody in line should know, besides their place: said when it is so, and gone when it is over. */
import type { IconName } from '../components/icon.tsx'
import { Notice } from '../components/notice.tsx'
import { deviceTrouble } from '../model/device-trouble.ts'
import type { WaitingScreen } from '../model/waiting-screen.ts'
import type { MediaControl } from '../session/call-media.ts'
import { label, t } from '../text/language.ts'
import { DeviceNotice } from './device-notice.tsx'

type LineNotice = {
  readonly topic: string
  readonly icon: IconName
  readonly title?: string
  readonly words: string
}

const worseTitles = {
  overtaken: 'worse.place-title',
  'other-line': 'worse.place-title',
  slower: 'worse.time-title',
} as const
const worseWords = {
  overtaken: 'worse.overtaken',
  'other-line': 'worse.other-line',
  slower: 'worse.slower',
} as const

/** The notices that `screen` calls for, the most pressing first. */
export function lineNotices(screen: WaitingScreen): LineNotice[] {
  const { link, place, branch, steppingAway } = screen
  const notices: LineNotice[] = []
  if (screen.isBack && link === 'up' && place !== null) {
    notices.push(notice('back', 'check', t('waiting.back'), t('waiting.back-title')))
  }
  if (link === 'place-kept') {
    notices.push(notice(link, 'no-connection', t('waiting.place-kept'), t('waiting.place-kept-title')))
  }
  if (link === 'place-unsure') {
    notices.push(notice(link, 'no-connection', t('waiting.place-unsure'), t('waiting.place-unsure-title')))
  }
  if (steppingAway === 'failed') {
    notices.push(notice('step-away', 'notice', t('step-away.failed'), t('step-away.failed-title')))
  }
  for (const { noticeId, labels } of screen.notices)
    notices.push(notice(noticeId, 'from-staff', label(labels), t('notice.from-staff')))
  if (screen.isUrgent) notices.push(notice('urgent', 'notice', t('waiting.urgent'), t('idle.emergency')))
  if (place !== null && place.worse !== null) {
    const { worse, worseCount } = place
    notices.push(notice(`worse ${worseCount}`, 'clock', t(worseWords[worse]), t(worseTitles[worse])))
  }
  if (branch === 'interpreter') notices.push(notice(branch, 'interpreter', t('waiting.interpreter')))
  if (branch === 'callback') {
    const words = screen.device === 'phone' ? t('waiting.callback-phone') : t('waiting.callback')
    notices.push(notice(branch, 'ticket', words))
  }
  return notices
}

function notice(topic: string, icon: IconName, words: string, title?: string): LineNotice {
  return { topic, icon, words, ...(title === undefined ? {} : { title }) }
}

type Props = { readonly screen: WaitingScreen; readonly media: MediaControl }

export function LineNotices({ screen, media }: Props) {
  const trouble = deviceTrouble(media.camera.value, media.microphone.value)
  const notices = lineNotices(screen)
  if (notices.length === 0 && trouble === null) return null
  return (
    <div class="troubles">
      {notices.map(({ topic, icon, title, words }) => (
        <Notice key={topic} icon={icon} {...(title === undefined ? {} : { title })}>
          {words}
        </Notice>
      ))}
      <DeviceNotice media={media} />
    </div>
  )
}
