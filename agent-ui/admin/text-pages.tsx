/** The city, or its policy alone, as text: written here or chosen as a file, looked at as differences, and then done. */
import { useSignal, type Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CityFault, Wish } from '#server/contract/admin.ts'
import { t } from '../text/language.ts'
import { change, checkWish, type City, type Result } from './admin-state.ts'
import { Differences } from './differences.tsx'
import { Outcome } from './outcome.tsx'
import { focusHeading, isDirty } from './place.ts'
import { sectionWords } from './section-words.ts'

type TextPageProps = { readonly city: City; readonly section: 'text' | 'policy' }

export function TextPage({ city, section }: TextPageProps): JSX.Element {
  const before = section === 'text' ? city.text : city.policyText
  const text = useSignal(before)
  const result = useSignal<Result | null>(null)
  /** The text whose differences are on the screen. */
  const checked = useSignal<string | null>(null)
  const isBusy = useSignal(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const isChanged = text.value !== before
  useEffect(() => void (isDirty.value = isChanged), [isChanged])
  const wish = (): Wish => (section === 'text' ? { text: text.value } : { policyText: text.value })
  const ask = async (act: () => Promise<Result>): Promise<void> => {
    isBusy.value = true
    const asked = text.value
    result.value = await act()
    checked.value = result.value.kind === 'done' ? asked : null
    isBusy.value = false
  }
  const { value } = result
  const isShown = value?.kind === 'done' && value.outcome.changeId === null && checked.value === text.value
  return (
    <section class="card admin-card" aria-labelledby="admin-title">
      <div class="admin-head">
        <h1 id="admin-title" tabIndex={-1}>
          {t(sectionWords[section])}
        </h1>
        {section === 'text' && <Files text={text} />}
      </div>
      <p class="quiet">{t(section === 'text' ? 'admin.textHow' : 'admin.policyHow')}</p>
      <label class="admin-text">
        <span class="visually-hidden">{t(sectionWords[section])}</span>
        <textarea
          ref={area}
          rows={24}
          spellcheck={false}
          autocapitalize="off"
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
      </label>
      <Outcome result={value} onFault={(fault) => goToLine(area.current, fault)} />
      <div class="admin-actions">
        <button
          type="button"
          class="primary"
          disabled={isBusy.value || !isChanged}
          onClick={() => void ask(() => checkWish(wish()))}
        >
          {t('admin.showDifferences')}
        </button>
        {isChanged && <span class="quiet">{t('admin.unsaved')}</span>}
      </div>
      {isShown && (
        <div class="admin-shown">
          <h2 tabIndex={-1}>{t('admin.differences', { count: value.outcome.differences.length })}</h2>
          <Differences differences={value.outcome.differences} />
          {value.outcome.differences.length > 0 && (
            <button
              type="button"
              class="primary"
              disabled={isBusy.value}
              onClick={() => void ask(() => change(wish(), value.outcome.version)).then(focusHeading)}
            >
              {t('admin.doIt')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

function Files({ text }: { readonly text: Signal<string> }): JSX.Element {
  return (
    <p class="row">
      <a class="button" href="/api/v1/admin/city.yaml" download="city.yaml">
        {t('admin.download')}
      </a>
      <label class="button admin-file">
        {t('admin.chooseFile')}
        <input
          type="file"
          accept=".yaml,.yml"
          class="visually-hidden"
          onChange={async ({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file !== undefined) text.value = await file.text()
          }}
        />
      </label>
    </p>
  )
}

/** The line of a fault is selected, and in sight. */
function goToLine(area: HTMLTextAreaElement | null, { line }: CityFault): void {
  if (area === null) return
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  area.focus()
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  area.scrollTop = ((line - 4) / lines.length) * area.scrollHeight
}
