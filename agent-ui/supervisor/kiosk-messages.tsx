/** What single screens say, who wrote it and until when; and a form for the next. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { KioskId } from '#server/contract/ids.ts'
import type { MessageLasts } from '#server/contract/kiosk-messages.ts'
import type { NoticeId } from '#server/contract/notices.ts'
import type { NoticeForSupervisor } from '#server/contract/views.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, label, t } from '../text/language.ts'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'
import { all, kioskText } from './kiosk-list.ts'
import { NoticeWords } from './notice-words.tsx'

const { isBusy, fault, ask } = newAsking()
const chosen = signal('')
const danish = signal('')
const english = signal('')
const lasts = signal<MessageLasts>('hour')

const lastsWords = {
  hour: 'kioskMessage.hour',
  day: 'kioskMessage.day',
  'until-taken-down': 'kioskMessage.untilTakenDown',
} as const satisfies Record<MessageLasts, string>

export function KioskMessages({ notices }: { notices: readonly NoticeForSupervisor[] }): JSX.Element {
  const standing = notices.flatMap((notice) =>
    notice.audience.kind === 'kiosk' ? [{ notice, kioskId: notice.audience.kioskId }] : [],
  )
  const isThere = all.value?.some(({ kioskId }) => kioskId === chosen.value) ?? false
  const isReplacing = standing.some(({ kioskId }) => kioskId === chosen.value)
  return (
    <form class="notices-form" aria-labelledby="kiosk-message-title" onSubmit={submit}>
      <h3 id="kiosk-message-title">{t('kioskMessage.title')}</h3>
      {standing.length > 0 && (
        <ul class="notices-list">
          {standing.map((each) => (
            <Standing key={each.notice.noticeId} {...each} />
          ))}
        </ul>
      )}
      <label>
        {t('kioskMessage.kiosk')}
        <select
          disabled={all.value === null}
          value={isThere ? chosen.value : ''}
          onChange={(event) => (chosen.value = event.currentTarget.value)}
        >
          <option value="">{all.value === null ? t('page.loadingTitle') : t('kiosks.choose')}</option>
          {all.value?.map(({ kioskId }) => (
            <option key={kioskId} value={kioskId}>
              {kioskText(kioskId)}
            </option>
          ))}
        </select>
      </label>
      <NoticeWords name="kiosk-da" lang="da" words={t('notices.danish')} text={danish} />
      <NoticeWords name="kiosk-en" lang="en" words={t('kioskMessage.english')} text={english} />
      <label>
        {t('kioskMessage.lasts')}
        <select value={lasts.value} onChange={(event) => (lasts.value = event.currentTarget.value as MessageLasts)}>
          {Object.entries(lastsWords).map(([each, words]) => (
            <option key={each} value={each}>
              {t(words)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="primary" disabled={!isThere || isBusy.value || danish.value.trim() === ''}>
        {t('kioskMessage.show')}
      </button>
      <p class="quiet waiting-hint" aria-live="polite">
        {t(isReplacing ? 'kioskMessage.replaces' : 'kioskMessage.hint')}
      </p>
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

function Standing({ notice, kioskId }: { notice: NoticeForSupervisor; kioskId: KioskId }): JSX.Element {
  const { labels, postedByName, expiresAt, noticeId } = notice
  const where = kioskText(kioskId)
  return (
    <li>
      <div>
        <strong>{label(labels)}</strong>
        <p class="quiet">
          {t('kioskMessage.facts', { where, name: postedByName, time: dayTimeText(expiresAt, formatTag()) })}
        </p>
      </div>
      <button
        type="button"
        disabled={isBusy.value}
        aria-label={`${t('notices.takeBack')}: ${where}`}
        onClick={() => void ask(async () => void (await askFloor('notice.take-back', { noticeId })))}
      >
        {t('notices.takeBack')}
      </button>
    </li>
  )
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  const noticeId = crypto.randomUUID() as string as NoticeId
  const [da, en] = [danish.value.trim(), english.value.trim()]
  const words = { da, ...(en === '' ? {} : { en }) }
  const message = { kioskId: chosen.value as string as KioskId, noticeId, words, lasts: lasts.value }
  void ask(async () => {
    await askFloor('kiosk.show-message', message)
    danish.value = ''
    english.value = ''
  })
}
