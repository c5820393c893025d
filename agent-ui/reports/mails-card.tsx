/** Reports by e-mail: which are sent to whom and how it went, and a form that has the report on the page sent too. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import {
  MAIL_EVERY,
  MAIL_TITLE_LENGTH_MAX,
  type MailEvery,
  type ReportMailView,
} from '#server/contract/report-mails.ts'
import { Icon } from '../components/icons.tsx'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { mailWords, questionIn, REPORT_DIMENSIONS, type ReportQuestion } from '../model/report-question.ts'
import { formatTag, t } from '../text/language.ts'
import { dimensionWords, nameText } from '../text/report-text.ts'
import { errorText } from '../text/words.ts'
import { intervalWords } from './choice-form.tsx'
import { dropMail, isChanging, loadMails, mailFault, mails, setMail } from './mails-state.ts'
import { names, question } from './reports-state.ts'

const everyWords = { day: 'mail.everyDay', week: 'mail.everyWeek', month: 'mail.everyMonth' } as const satisfies Record<
  MailEvery,
  string
>
const firstWords = { day: 'mail.afterDay', week: 'mail.afterWeek', month: 'mail.afterMonth' } as const satisfies Record<
  MailEvery,
  string
>

/** Closed at first: it is asked for when somebody wants to see it. */
export function MailsCard(): JSX.Element {
  return (
    <details
      class="card report-fold report-mails"
      onToggle={({ currentTarget }) => currentTarget.open && void loadMails()}
    >
      <summary>
        <h2>{t('mail.title')}</h2>
      </summary>
      <Content />
    </details>
  )
}

function Content(): JSX.Element {
  const { value } = mails
  switch (value.kind) {
    case 'loading':
      return (
        <p class="chart-missing quiet" role="status">
          <span class="spinner" aria-hidden="true" /> {t('mail.loading')}
        </p>
      )
    case 'failed':
      return (
        <div class="chart-missing" role="alert">
          <Icon name={value.code === 'no-answer' ? 'offline' : 'warning'} />
          <p>{errorText(value.code)}</p>
          <button type="button" onClick={() => void loadMails()}>
            {t('page.tryAgain')}
          </button>
        </div>
      )
    case 'loaded':
      return (
        <div class="report-mails-content">
          {!value.canSend && (
            <p class="mail-warning">
              <Icon name="warning" /> {t('mail.cannotSend')}
            </p>
          )}
          {value.mails.length === 0 ? (
            <p class="quiet">{t('mail.none')}</p>
          ) : (
            <ul class="mail-list">
              {value.mails.map((mail) => (
                <Mail key={mail.mailId} mail={mail} />
              ))}
            </ul>
          )}
          <MailForm />
          {mailFault.value !== null && (
            <p class="fault" role="alert">
              {mailFault.value === 'bad-request' ? t('mail.notSet') : errorText(mailFault.value)}
            </p>
          )}
        </div>
      )
  }
}

function Mail({ mail }: { mail: ReportMailView }): JSX.Element {
  const { mailId, title, every, recipients } = mail
  const search = new URLSearchParams(mail.question)
  if (!search.has('group')) search.set('group', 'none')
  return (
    <li>
      <div>
        <h3>{title}</h3>
        <p>
          {t(everyWords[every])} · {recipients.join(', ')}
        </p>
        <p class="quiet">{contentText(questionIn(`?${search}`, Date.now()))}</p>
        <MailState mail={mail} />
      </div>
      <p class="row">
        <a class="button" href={`/agent/reports.html?${search}`} aria-label={t('mail.openOf', { title })}>
          {t('mail.open')}
        </a>
        <button
          type="button"
          disabled={isChanging.value}
          aria-label={t('mail.dropOf', { title })}
          onClick={() => void dropMail(mailId)}
        >
          {t('mail.drop')}
        </button>
      </p>
    </li>
  )
}

/** By sign and words: whether it is sent, and if not, since when. */
function MailState({ mail: { sentAt, failingSince, refusedCount, every } }: { mail: ReportMailView }): JSX.Element {
  const time = (at: number): string => dayTimeText(at, formatTag())
  if (failingSince !== null) {
    return (
      <p class="mail-warning">
        <Icon name="warning" /> {t('mail.failing', { time: time(failingSince) })}
      </p>
    )
  }
  if (sentAt === null) {
    return (
      <p class="mail-state">
        <Icon name="clock" /> {t(firstWords[every])}
      </p>
    )
  }
  return (
    <>
      <p class="mail-state">
        <Icon name="check" /> {t('mail.sent', { time: time(sentAt) })}
      </p>
      {refusedCount > 0 && (
        <p class="mail-warning">
          <Icon name="warning" /> {t('mail.refused', { count: refusedCount })}
        </p>
      )}
    </>
  )
}

/** What a report is of, but for its days. */
function contentText({ interval, groups, filters }: ReportQuestion): string {
  const parts = [
    t(intervalWords[interval]),
    ...groups.map((dimension) => t(dimensionWords[dimension])),
    ...REPORT_DIMENSIONS.flatMap((dimension) => {
      const ids = filters[dimension] ?? []
      if (ids.length === 0) return []
      return [`${t(dimensionWords[dimension])}: ${ids.map((id) => nameText(names.value, dimension, id)).join(', ')}`]
    }),
  ]
  return parts.join(' · ')
}

/** Has the report that is on the page sent. */
function MailForm(): JSX.Element {
  const mailId = useSignal<string>(crypto.randomUUID())
  const title = useSignal('')
  const every = useSignal<MailEvery>('week')
  const recipients = useSignal('')
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const to = recipients.value.split(/[,;\s]+/).filter((address) => address !== '')
    const mail = { title: title.value.trim(), question: mailWords(question.value), every: every.value, recipients: to }
    if (!(await setMail(mailId.value, mail))) return
    mailId.value = crypto.randomUUID()
    title.value = ''
    recipients.value = ''
  }
  return (
    <form class="mail-form" aria-labelledby="mail-new" onSubmit={(event) => void submit(event)}>
      <h3 id="mail-new">{t('mail.new')}</h3>
      <p class="quiet">
        {contentText(question.value)}. {t('mail.days')}
      </p>
      <label class="mail-words">
        {t('mail.subject')}
        <input
          name="mail-title"
          required
          maxLength={MAIL_TITLE_LENGTH_MAX}
          value={title.value}
          onInput={({ currentTarget }) => (title.value = currentTarget.value)}
        />
      </label>
      <label class="mail-words">
        {t('mail.to')}
        <input
          type="email"
          multiple
          name="mail-to"
          required
          autocomplete="off"
          value={recipients.value}
          onInput={({ currentTarget }) => (recipients.value = currentTarget.value)}
        />
      </label>
      <label>
        {t('mail.when')}
        <select
          name="mail-every"
          value={every.value}
          onChange={({ currentTarget }) =>
            (every.value = MAIL_EVERY.find((each) => each === currentTarget.value) ?? 'week')
          }
        >
          {MAIL_EVERY.map((each) => (
            <option key={each} value={each}>
              {t(everyWords[each])}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="primary" disabled={isChanging.value}>
        {t('mail.set')}
      </button>
    </form>
  )
}
