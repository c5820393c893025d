/** One-way messages to the screens: what stands there now, and a form for the next. */
import { computed, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { Refusal } from '#sfu/contract/wire.ts'
import {
  NOTICE_MINUTES_MAX,
  type NoticeAudience,
  type NoticeId,
  type StandingAudience,
} from '#server/contract/notices.ts'
import type { NoticeForSupervisor, SupervisorView } from '#server/contract/views.ts'
import type { QueueId, SiteId } from '#server/contract/ids.ts'
import { queueText } from '../explanation/names.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag, label, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { askFloor } from './floor-state.ts'

/** How long a notice may stand, in minutes. */
const DURATIONS = [15, 60, 240, NOTICE_MINUTES_MAX] as const
const LETTERS_MAX = 120

const fault = signal<string | null>(null)
const isBusy = signal(false)
/** As the value of the select: `city`, `site <id>` or `queue <id>`. */
const audience = signal('city')
const danish = signal('')
const english = signal('')
const minutes = signal<number>(DURATIONS[1])
const isReady = computed(() => !isBusy.value && danish.value.trim() !== '' && english.value.trim() !== '')

export function NoticesCard({ floor }: { floor: SupervisorView }): JSX.Element {
  // Those of single screens stand among the screens.
  const notices = floor.notices.filter(({ audience: to }) => to.kind !== 'kiosk')
  return (
    <section class="card board-card notices-card" aria-labelledby="notices-title">
      <h2 id="notices-title">{t('notices.title')}</h2>
      {notices.length === 0 ? <p class="quiet">{t('notices.none')}</p> : <Standing notices={notices} floor={floor} />}
      <Post floor={floor} />
    </section>
  )
}

function Standing({ notices, floor }: { notices: readonly NoticeForSupervisor[]; floor: SupervisorView }): JSX.Element {
  return (
    <ul class="notices-list">
      {notices.map((notice) => (
        <li key={notice.noticeId}>
          <div>
            <strong>{label(notice.labels)}</strong>
            <p class="quiet">{factsText(notice, floor)}</p>
          </div>
          <button type="button" disabled={isBusy.value} onClick={() => void takeBack(notice)}>
            {t('notices.takeBack')}
          </button>
        </li>
      ))}
    </ul>
  )
}

function factsText({ audience: to, postedByName, expiresAt }: NoticeForSupervisor, floor: SupervisorView): string {
  const where = audienceText(to, floor)
  return t('notices.facts', { where, name: postedByName, time: clockTimeText(expiresAt, formatTag()) })
}

function audienceText(to: StandingAudience, floor: SupervisorView): string {
  switch (to.kind) {
    case 'city':
      return t('notices.city')
    case 'site':
      return floor.sites.find(({ siteId }) => siteId === to.siteId)?.name ?? to.siteId
    case 'queue':
      return queueText(to.queueId, floor)
    case 'kiosk':
      return to.kioskId
  }
}

function Post({ floor }: { floor: SupervisorView }): JSX.Element {
  return (
    <form class="notices-form" aria-labelledby="notices-new" onSubmit={submit}>
      <h3 id="notices-new">{t('notices.new')}</h3>
      <Words name="da" words={t('notices.danish')} text={danish} />
      <Words name="en" words={t('notices.english')} text={english} />
      <label>
        {t('notices.where')}
        <select value={audience.value} onChange={(event) => (audience.value = event.currentTarget.value)}>
          <option value="city">{t('notices.city')}</option>
          {floor.sites.map(({ siteId, name }) => (
            <option key={siteId} value={`site ${siteId}`}>
              {name}
            </option>
          ))}
          {floor.queues.map(({ queueId }) => (
            <option key={queueId} value={`queue ${queueId}`}>
              {queueText(queueId, floor)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('notices.howLong')}
        <select value={minutes.value} onChange={(event) => (minutes.value = Number(event.currentTarget.value))}>
          {DURATIONS.map((each) => (
            <option key={each} value={each}>
              {each < 60 ? t('notices.minutes', { count: each }) : t('notices.hours', { count: each / 60 })}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="primary" disabled={!isReady.value}>
        {t('notices.post')}
      </button>
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

interface WordsProps {
  readonly name: 'da' | 'en'
  readonly words: string
  readonly text: { value: string }
}

function Words({ name, words, text }: WordsProps): JSX.Element {
  return (
    <label class="notices-words">
      {words}
      <input
        type="text"
        name={name}
        lang={name}
        required
        maxLength={LETTERS_MAX}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
    </label>
  )
}

/** Makes the form ready for a message to the screens of a queue. */
export function writeToQueue(queueId: QueueId): void {
  audience.value = `queue ${queueId}`
}

function chosenAudience(): NoticeAudience {
  const [kind, id = ''] = audience.value.split(' ')
  if (kind === 'site') return { kind: 'site', siteId: id as SiteId }
  return kind === 'queue' ? { kind: 'queue', queueId: id as QueueId } : { kind: 'city' }
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  if (!isReady.value) return
  const labels = { da: danish.value.trim(), en: english.value.trim() }
  const noticeId = crypto.randomUUID() as string as NoticeId
  const post = { noticeId, audience: chosenAudience(), labels, minutes: minutes.value }
  void ask(async () => {
    await askFloor('notice.post', post)
    danish.value = ''
    english.value = ''
  })
}

const takeBack = ({ noticeId }: NoticeForSupervisor): Promise<void> =>
  ask(async () => void (await askFloor('notice.take-back', { noticeId })))

async function ask(what: () => Promise<void>): Promise<void> {
  isBusy.value = true
  fault.value = null
  try {
    await what()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    fault.value = errorText(error.code)
  } finally {
    isBusy.value = false
  }
}
