/** [R46] Closing a place with a message on its screens, and opening it again. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { SiteId } from '#server/contract/ids.ts'
import type { NoticeId } from '#server/contract/notices.ts'
import type { SiteForSupervisor } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { closedText } from './city-map.tsx'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'
import { NoticeWords } from './notice-words.tsx'

/** Messages that are ready, each in Danish and English, whatever language the page has. */
const PREPARED = {
  technical: ['siteClose.technical', 'siteClose.technicalDa', 'siteClose.technicalEn'],
  building: ['siteClose.building', 'siteClose.buildingDa', 'siteClose.buildingEn'],
  staff: ['siteClose.noStaff', 'siteClose.noStaffDa', 'siteClose.noStaffEn'],
} as const
type Prepared = keyof typeof PREPARED

const DAY_MINUTES = 1_440
/** In minutes; 0 until somebody opens it. */
const DURATIONS = [0, 60, 240, DAY_MINUTES] as const

const { isBusy, fault, ask } = newAsking()
const siteId = signal('')
const danish = signal('')
const english = signal('')
const minutes = signal<number>(0)

export function SiteForm({ sites }: { sites: readonly SiteForSupervisor[] }): JSX.Element {
  const chosen = sites.find((site) => site.siteId === siteId.value)
  const isClosed = chosen?.closed !== undefined
  const isReady = chosen !== undefined && (isClosed || (danish.value.trim() !== '' && english.value.trim() !== ''))
  return (
    <form class="notices-form" aria-labelledby="of-site" onSubmit={(event) => submit(event, chosen)}>
      <h3 id="of-site">{t('siteClose.title')}</h3>
      <label>
        {t('sites.site')}
        <select
          value={chosen === undefined ? '' : siteId.value}
          onChange={(event) => (siteId.value = event.currentTarget.value)}
        >
          <option value="">{t('siteClose.choose')}</option>
          {sites.map((site) => (
            <option key={site.siteId} value={site.siteId}>
              {site.name}
              {site.closed === undefined ? '' : ` (${t('sites.closed')})`}
            </option>
          ))}
        </select>
      </label>
      {!isClosed && <Message />}
      <button type="submit" disabled={!isReady || isBusy.value}>
        {isClosed ? t('siteClose.open') : t('siteClose.close')}
      </button>
      <p class="quiet waiting-hint" aria-live="polite">
        {chosen?.closed === undefined ? t('siteClose.hint') : closedText(chosen.closed)}
      </p>
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

/** What its screens say, and for how long. */
function Message(): JSX.Element {
  return (
    <>
      <label>
        {t('siteClose.message')}
        <select value="" onChange={(event) => prepare(event.currentTarget.value)}>
          <option value="">{t('siteClose.own')}</option>
          {Object.entries(PREPARED).map(([code, [words]]) => (
            <option key={code} value={code}>
              {t(words)}
            </option>
          ))}
        </select>
      </label>
      <NoticeWords name="da" lang="da" words={t('notices.danish')} text={danish} />
      <NoticeWords name="en" lang="en" words={t('notices.english')} text={english} />
      <label>
        {t('siteClose.howLong')}
        <select value={minutes.value} onChange={(event) => (minutes.value = Number(event.currentTarget.value))}>
          {DURATIONS.map((each) => (
            <option key={each} value={each}>
              {each === 0 ? t('siteClose.untilOpened') : t('notices.hours', { count: each / 60 })}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

function prepare(code: string): void {
  if (!Object.hasOwn(PREPARED, code)) return
  const [, da, en] = PREPARED[code as Prepared]
  danish.value = t(da)
  english.value = t(en)
}

function submit(event: SubmitEvent, site: SiteForSupervisor | undefined): void {
  event.preventDefault()
  if (site === undefined) return
  const id: SiteId = site.siteId
  if (site.closed !== undefined) {
    void ask(async () => void (await askFloor('site.open', { siteId: id })))
    return
  }
  const noticeId = crypto.randomUUID() as string as NoticeId
  const labels = { da: danish.value.trim(), en: english.value.trim() }
  const forMinutes = minutes.value === 0 ? null : minutes.value
  void ask(async () => {
    await askFloor('site.close', { siteId: id, noticeId, labels, minutes: forMinutes })
    danish.value = ''
    english.value = ''
  })
}
