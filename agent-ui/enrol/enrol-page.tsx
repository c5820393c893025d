/** What a screen shows that is no kiosk yet. Staff reads it, so it speaks the languages of the staff. */
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { LanguageSwitch } from '../components/language-switch.tsx'
import { clockText } from '../model/duration.ts'
import { t } from '../text/language.ts'
import { enrolment, nowMs, type Enrolment } from './enrol-state.ts'

/** Letters of a group: eight in a row are lost on the way to a desk. */
const GROUP_LENGTH = 4

export function EnrolPage(): JSX.Element {
  document.title = t('enrol.title')
  return (
    <div class="whole-page enrol">
      <header class="whole-page-top">
        <span class="brand">{t('page.brand')}</span>
        <LanguageSwitch />
      </header>
      <main class="whole-page-main" aria-busy={enrolment.value.kind === 'beginning'}>
        <State state={enrolment.value} />
      </main>
    </div>
  )
}

function State({ state }: { state: Enrolment }): JSX.Element {
  switch (state.kind) {
    case 'beginning':
      return <Words title={t('page.loadingTitle')} text={t('page.loadingText')} />
    case 'waiting':
      return <Code code={state.code} leftMs={Math.max(0, state.until - nowMs.value)} />
    case 'enrolled':
      return <Words title={t('enrol.doneTitle')} text={t('page.loadingText')} />
    case 'unreachable':
      return <Words isFault title={t('page.unreachableTitle')} text={t('page.unreachableText')} />
    case 'too-many':
      return <Words isFault title={t('enrol.title')} text={t('enrol.tooMany')} />
    case 'no-keys':
      return <Words isFault title={t('enrol.noKeysTitle')} text={t('enrol.noKeysText')} />
  }
}

function Words({ title, text, isFault = false }: { title: string; text: string; isFault?: boolean }): JSX.Element {
  return (
    <div class="card enrol-card">
      {isFault && (
        <span class="whole-page-icon">
          <Icon name="warning" />
        </span>
      )}
      <h1>{title}</h1>
      <p role="status">{text}</p>
    </div>
  )
}

function Code({ code, leftMs }: { code: string; leftMs: number }): JSX.Element {
  const groups = [code.slice(0, GROUP_LENGTH), code.slice(GROUP_LENGTH)]
  return (
    <div class="card enrol-card">
      <h1>{t('enrol.title')}</h1>
      <p>{t('enrol.lead')}</p>
      <p class="enrol-code">
        <span class="visually-hidden">
          {t('enrol.code')} {[...code].join(' ')}
        </span>
        {groups.map((group, i) => (
          <span key={i} aria-hidden="true">
            {group}
          </span>
        ))}
      </p>
      <p class="quiet">{t('enrol.left', { time: clockText(leftMs) })}</p>
      <ol class="enrol-steps">
        <li>{t('enrol.step1')}</li>
        <li>{t('enrol.step2')}</li>
        <li>{t('enrol.step3')}</li>
      </ol>
      <p class="quiet">{t('enrol.forCitizens')}</p>
    </div>
  )
}
