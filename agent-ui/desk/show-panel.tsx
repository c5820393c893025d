/** What the citizen is shown, and what they could be: guides, a web page, a phone number. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX, TargetedSubmitEvent } from 'preact'
import { titleOf } from '#server/client/shown-blocks.ts'
import type { Guide } from '#server/contract/guides.ts'
import type { Language } from '#server/contract/ids.ts'
import type { Shown, ShownForAgent } from '#server/contract/shown.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { language as deskLanguage, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { fetchGuides, fetchedGuides, guidesFor, stepToShow } from './guides.ts'
import { isBusy } from './show-busy.ts'
import { showToCitizen, shownNow, stopShowing, type ToShow } from './show-state.ts'
import { ShownCopy } from './shown-copy.tsx'
import { ShareWindow, WindowCopy } from './window-copy.tsx'

export function ShowPanel({ call }: { call: CallForAgent }): JSX.Element {
  const now = shownNow.value
  return (
    <div class="show">
      <p class="show-state" role="status">
        {now === null ? t('show.none') : now.isClosedByCitizen ? t('show.closed') : t('show.now')}
      </p>
      {now !== null && (now.isClosedByCitizen ? <Closed now={now} /> : <Now />)}
      <ShareWindow call={call} />
      <Guides language={call.language} />
      <PageForm language={call.language} />
      <PhoneForm language={call.language} />
    </div>
  )
}

function Now(): JSX.Element | null {
  const now = shownNow.value
  if (now === null) return null
  const { shown, byName } = now
  return (
    <section class="show-now" aria-label={t('show.now')}>
      {shown.kind === 'guide-step' && <Steps shown={shown} />}
      {shown.kind === 'window' ? (
        <WindowCopy key={shown.shownId} now={now} />
      ) : (
        <ShownCopy key={shown.shownId} shown={shown} />
      )}
      <p class="row">
        <button type="button" disabled={isBusy()} onClick={() => void stopShowing()}>
          {t('show.stop')}
        </button>
        <span class="quiet">{t('show.by', { name: byName })}</span>
      </p>
    </section>
  )
}

function Steps({ shown }: { shown: Shown & { kind: 'guide-step' } }): JSX.Element {
  const { guideId, language, step, stepsCount: count } = shown
  const { value } = fetchedGuides
  const guides = value.kind === 'there' ? value.guides : []
  const guide = guides.find((each) => each.guideId === guideId && each.language === language)
  const go = (to: number) => {
    const next = guide === undefined ? null : stepToShow(guide, to)
    if (next !== null) void showToCitizen(next)
  }
  return (
    <p class="row show-steps">
      <button type="button" disabled={isBusy() || guide === undefined || step <= 1} onClick={() => go(step - 1)}>
        {t('show.back')}
      </button>
      <span role="status">{t('show.step', { step, count })}</span>
      <button type="button" disabled={isBusy() || guide === undefined || step >= count} onClick={() => go(step + 1)}>
        {t('show.next')}
      </button>
    </p>
  )
}

/** Theirs to decide; shown again only when they agree to it. */
function Closed({ now: { shown, byName } }: { now: ShownForAgent }): JSX.Element {
  const { shownId: _closed, ...toShow } = shown
  return (
    <section class="show-now" aria-label={t('show.closed')}>
      {shown.kind === 'window' ? (
        <p>{t('show.windowTitle', { name: byName })}</p>
      ) : (
        <p lang={shown.language} dir="auto">
          {titleOf(shown)}
        </p>
      )}
      <p class="row">
        {shown.kind !== 'window' && (
          <button type="button" disabled={isBusy()} onClick={() => void showToCitizen(toShow as ToShow)}>
            {t('show.again')}
          </button>
        )}
        <button type="button" class="plain" disabled={isBusy()} onClick={() => void stopShowing()}>
          {t('show.forget')}
        </button>
      </p>
    </section>
  )
}

function Guides({ language }: { language: Language }): JSX.Element {
  useEffect(() => void fetchGuides(), [])
  const { value } = fetchedGuides
  return (
    <section class="show-guides" aria-labelledby="show-guides">
      <h2 id="show-guides">{t('show.guides')}</h2>
      {value.kind === 'failed' ? (
        <p role="alert" class="row">
          <span>{t('show.guidesFailed')}</span>
          <button type="button" onClick={() => void fetchGuides()}>
            {t('page.tryAgain')}
          </button>
        </p>
      ) : value.kind !== 'there' ? (
        <p role="status">{t('show.guidesLoading')}</p>
      ) : value.guides.length === 0 ? (
        <p class="quiet">{t('show.guidesNone')}</p>
      ) : (
        <ul>
          {guidesFor(value.guides, language).map((guide) => (
            <li key={guide.guideId}>
              <GuideButton guide={guide} name={nameOf(guide, value.guides)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The same guide in the agent's language, for they may not read the citizen's. */
const nameOf = ({ guideId, title }: Guide, all: readonly Guide[]): string =>
  all.find((each) => each.guideId === guideId && each.language === deskLanguage.value)?.title ?? title

/** Says in which language it will be shown. */
function GuideButton({ guide, name }: { guide: Guide; name: string }): JSX.Element {
  const { language } = guide
  const first = stepToShow(guide, 1)
  return (
    <button type="button" disabled={isBusy()} onClick={() => first !== null && void showToCitizen(first)}>
      <Icon name="screen" />
      <span>
        <bdi>{name}</bdi> <span class="quiet">{t(languageWords[language])}</span>
      </span>
    </button>
  )
}

/** What is wrong with what was typed last, by its form. */
const wrongIn = signal<'page' | 'phone' | null>(null)

const URL_PATTERN = /^https:\/\/[A-Za-z0-9.-]+(?:[/?#][!-~]*)?$/
const NUMBER_PATTERN = /^\+?\d(?: ?\d){1,18}$/

function PageForm({ language }: { language: Language }): JSX.Element {
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const said = new FormData(form)
    const typed = String(said.get('url')).trim()
    const url = /^[a-z]+:/i.test(typed) ? typed : `https://${typed}`
    wrongIn.value = URL_PATTERN.test(url) ? null : 'page'
    if (wrongIn.value !== null) return
    void showToCitizen({ kind: 'page', language, title: String(said.get('title')).trim(), url }).then((isShown) => {
      if (isShown) form.reset()
    })
  }
  return (
    <details class="show-form">
      <summary>{t('show.page')}</summary>
      <form onSubmit={submit}>
        <label>
          {t('show.pageTitle')}
          <input name="title" required maxLength={120} pattern=".*\S.*" dir="auto" autocomplete="off" />
        </label>
        <label>
          {t('show.pageUrl')}
          <input name="url" required maxLength={300} inputMode="url" dir="ltr" autocomplete="off" />
        </label>
        <p class="quiet">{t('show.pageHint')}</p>
        <Send isWrong={wrongIn.value === 'page'} words={t('show.pageWrong')} />
      </form>
    </details>
  )
}

function PhoneForm({ language }: { language: Language }): JSX.Element {
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const said = new FormData(form)
    const number = String(said.get('number'))
      .trim()
      .replaceAll(/[\s-]+/g, ' ')
    wrongIn.value = NUMBER_PATTERN.test(number) ? null : 'phone'
    if (wrongIn.value !== null) return
    void showToCitizen({ kind: 'phone', language, label: String(said.get('label')).trim(), number }).then((isShown) => {
      if (isShown) form.reset()
    })
  }
  return (
    <details class="show-form">
      <summary>{t('show.phone')}</summary>
      <form onSubmit={submit}>
        <label>
          {t('show.phoneLabel')}
          <input name="label" required maxLength={120} pattern=".*\S.*" dir="auto" autocomplete="off" />
        </label>
        <label>
          {t('show.phoneNumber')}
          <input name="number" required maxLength={24} inputMode="tel" dir="ltr" autocomplete="off" />
        </label>
        <Send isWrong={wrongIn.value === 'phone'} words={t('show.phoneWrong')} />
      </form>
    </details>
  )
}

function Send({ isWrong, words }: { isWrong: boolean; words: string }): JSX.Element {
  return (
    <>
      {isWrong && (
        <p class="tone-alarm" role="alert">
          {words}
        </p>
      )}
      <button type="submit" disabled={isBusy()}>
        {t('show.send')}
      </button>
    </>
  )
}
