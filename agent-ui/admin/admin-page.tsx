/** The page of administrators: what there is to set up, a list, and a form. */
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { BoardHeader } from '../components/board-header.tsx'
import { Failed, Loading, Nothing } from '../components/page-state.tsx'
import { RoleGate } from '../session/role-gate.tsx'
import { KioskKeysCard } from '../supervisor/kiosk-keys-card.tsx'
import { isShown, show } from '../supervisor/kiosk-keys-state.ts'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { city, loadCity, type City } from './admin-state.ts'
import { ChangesPage } from './changes-page.tsx'
import { EntryForm, RetentionForm } from './entry-form.tsx'
import { EntryList } from './entry-list.tsx'
import { HoursForm } from './hours-form.tsx'
import { entriesOf, isPart } from './names.ts'
import { Done } from './outcome.tsx'
import { PhonesForm } from './phones-form.tsx'
import { focusHeading, goTo, hrefOf, NEW, place, wanted } from './place.ts'
import { groups, sectionWords } from './section-words.ts'
import { TextPage } from './text-pages.tsx'

export function AdminPage(): JSX.Element {
  document.title = t('title.admin')
  return <RoleGate role="administrator">{() => <Admin />}</RoleGate>
}

function Admin(): JSX.Element {
  return (
    <div class="board">
      <BoardHeader current="admin" />
      <main class="board-main admin">
        <SectionNav />
        <div class="admin-content">
          {city.value.kind !== 'loaded' && <h1 class="visually-hidden">{t('board.admin')}</h1>}
          <Done />
          <Leaving />
          <Content />
        </div>
      </main>
    </div>
  )
}

function SectionNav(): JSX.Element {
  const { section: current } = place.value
  return (
    <nav class="admin-nav" aria-label={t('admin.sections')}>
      {groups.map(({ words, sections }) => (
        <div key={words}>
          <p class="quiet">{t(words)}</p>
          <ul>
            {sections.map((section) => (
              <li key={section}>
                <a href={hrefOf({ section, id: null })} aria-current={section === current ? 'page' : undefined}>
                  {t(sectionWords[section])}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function stay(): void {
  wanted.value = null
  focusHeading()
}

/** Somebody wants to go who has not saved. */
function Leaving(): JSX.Element | null {
  const next = wanted.value
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [next])
  if (next === null) return null
  return (
    <div class="card admin-leaving" role="alertdialog" aria-labelledby="admin-leaving">
      <p id="admin-leaving">{t('admin.leaving')}</p>
      <p class="row">
        <button ref={first} type="button" class="primary" onClick={stay}>
          {t('admin.stay')}
        </button>
        <button type="button" onClick={() => goTo(next)}>
          {t('admin.letGo')}
        </button>
      </p>
    </div>
  )
}

/** Another place is read from its heading. */
function useHeadingFocus(): void {
  const here = hrefOf(place.value)
  const before = useRef(here)
  useEffect(() => {
    if (before.current === here) return
    before.current = here
    focusHeading()
  }, [here])
}

function Content(): JSX.Element {
  const { value } = city
  useHeadingFocus()
  switch (value.kind) {
    case 'loading':
      return <Loading words={t('admin.loading')} />
    case 'failed':
      return (
        <Failed
          code={value.code}
          words={`${t('admin.failed')} ${errorText(value.code)}`}
          onAgain={() => void loadCity()}
        />
      )
    case 'loaded':
      return <Section city={value.reply} />
  }
}

function NotThere(): JSX.Element {
  return (
    <>
      <h1 class="visually-hidden">{t('board.admin')}</h1>
      <Nothing words={t('admin.notThere')} />
    </>
  )
}

/** Screens are set up by the code that they show. */
function Keys(): JSX.Element {
  useEffect(() => {
    // Another screen may be there since.
    if (isShown.peek()) void show()
  }, [])
  return <KioskKeysCard />
}

function Section({ city: reply }: { city: City }): JSX.Element {
  const { section, id } = place.value
  // Another form for another entry, and for the same one as it is after a change.
  const key = `${section}/${id ?? ''}/${reply.version}`
  if (section === 'changes') return <ChangesPage />
  if (section === 'retention') return <RetentionForm key={key} city={reply} />
  if (section === 'phones') return <PhonesForm key={key} city={reply} />
  if (section === 'text' || section === 'policy') return <TextPage key={key} section={section} city={reply} />
  if (id === null) {
    return (
      <>
        <EntryList key={section} section={section} city={reply} />
        {section === 'kiosks' && <Keys />}
      </>
    )
  }
  if (id !== NEW && !Object.hasOwn(entriesOf(section, reply), id)) return <NotThere />
  return isPart(section) ? (
    <EntryForm key={key} part={section} id={id} city={reply} />
  ) : (
    <HoursForm key={key} id={id} city={reply} />
  )
}
